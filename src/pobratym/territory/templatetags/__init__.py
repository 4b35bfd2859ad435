"""Template tags for places."""
