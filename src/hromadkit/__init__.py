"""Algorithms and tables about Ukrainian communities that need neither Django nor a network."""
