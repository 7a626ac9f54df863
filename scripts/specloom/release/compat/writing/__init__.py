"""Write a verdict for people and programs."""

from specloom.release.compat.writing.markdown import markdown
from specloom.release.compat.writing.plain import plain

__all__ = ["markdown", "plain"]
