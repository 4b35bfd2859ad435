"""Tests of the context."""
