"""Notices to people with accounts: what they want to hear of, at once or in a digest."""
