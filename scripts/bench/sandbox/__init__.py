"""Measure the sandbox beside Prism, which serves the same specs without state."""
