"""How pages answer and look: decorators, components, static files."""
