"""A book to hold: EPUB, PDF, DOCX and HTML of a finished book. Asks no model."""
