"""Tests of the house: do.py, the locks, the accounting of what did not run, the texts."""
