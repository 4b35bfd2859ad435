"""Pages of the newsroom: reading, writing, reviewing."""
