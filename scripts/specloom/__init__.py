"""Typed clients, models, a sandbox and a fuzz campaign from hand-written OpenAPI 3.1 specs."""
