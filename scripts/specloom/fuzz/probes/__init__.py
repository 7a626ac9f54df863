"""Deterministic cases, each one fault away from a valid request for a live record, or one step away and still valid."""
