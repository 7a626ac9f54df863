"""Layouts of pages: each writes a made-up operation as HTML, and as the text that a capture leaves of it."""
