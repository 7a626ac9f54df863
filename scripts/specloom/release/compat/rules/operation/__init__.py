"""Rules about an operation: parameters, bodies, responses, credentials, behaviour, deprecation."""
