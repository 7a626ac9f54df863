"""Rewrite anybody's document so that openapi-python-client reads all of it."""

from specloom.generate.normalising.document import normalise
from specloom.generate.normalising.lessening import lessen

__all__ = ["lessen", "normalise"]
