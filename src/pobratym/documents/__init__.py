"""Papers rendered as DOCX from templates."""
