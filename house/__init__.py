"""What do.py does, in parts; standard library only."""
