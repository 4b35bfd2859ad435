"""Papers between bodies: texts, council decisions, signatures."""
