"""Pobratym takes communities from a first contact to twin cities."""
