"""The conventions of the house as tests: each ratchet runs over the tree, and over a planted violation."""
