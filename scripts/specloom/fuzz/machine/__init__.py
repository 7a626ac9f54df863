"""A state machine with a reference model made from the spec: what a server holds after each of many requests."""
