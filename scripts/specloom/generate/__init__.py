"""Make the client packages in generated/ from the specs."""

from specloom.generate.checking import check
from specloom.generate.regenerating import generate
from specloom.generate.result import Difference, Generated

__all__ = ["Difference", "Generated", "check", "generate"]
