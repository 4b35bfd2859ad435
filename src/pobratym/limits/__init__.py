"""How often, how much and from where: meters that all web processes share, and the client's network."""
