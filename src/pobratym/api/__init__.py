"""The read API over public records."""
