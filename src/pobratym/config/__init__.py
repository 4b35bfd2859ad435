"""Settings, addresses and start: what an operator configures."""
