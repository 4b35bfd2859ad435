"""Tests, by what they prove: the house, the architecture, each context, the journeys."""
