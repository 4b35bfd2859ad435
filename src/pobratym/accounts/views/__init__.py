"""Pages of accounts, a module for each of their rooms."""
