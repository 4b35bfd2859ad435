"""Stored files: type by content, checksum, visibility."""
