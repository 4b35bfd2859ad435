"""Publications, happenings, quotations and their places."""
