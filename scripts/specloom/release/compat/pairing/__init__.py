"""Pair the parts of two documents: operations, parameters, bodies, media types, responses, headers, credentials."""
