"""Pages that show several contexts: home, community, partnership, desk, tour."""
