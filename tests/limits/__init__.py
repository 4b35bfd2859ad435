"""Limits: meters, networks, headers, bad input, outgoing requests."""
