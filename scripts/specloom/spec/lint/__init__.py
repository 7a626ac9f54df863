"""The numbered rules that every spec follows (specs/README.md)."""

from specloom.spec.lint.linter import lint
from specloom.spec.lint.rules import RULES, Rule

__all__ = ["RULES", "Rule", "lint"]
