"""Bodies that act for a territory for a period, and their office-holders."""
