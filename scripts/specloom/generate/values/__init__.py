"""How a value of JSON becomes a value of Python, and comes back as it was."""

from specloom.generate.values.checking import integer, mistyped, number, unmatched
from specloom.generate.values.texts import Identifier, Timestamp, read_date

__all__ = ["Identifier", "Timestamp", "integer", "mistyped", "number", "read_date", "unmatched"]
