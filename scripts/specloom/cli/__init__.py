"""The verbs, progress and tables; no logic."""

from specloom.cli.main import main

__all__ = ["main"]
