"""The command line of an API; which commands there are stands in `commands.py` beside it."""
