"""Enumerate every rule that a spec states."""

from specloom.fuzz.rules.enumerating import rules
from specloom.fuzz.rules.rule import Rule

__all__ = ["Rule", "rules"]
