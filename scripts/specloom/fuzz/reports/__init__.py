"""Write what came out of a campaign for people and for programs."""

from specloom.fuzz.reports.plain import plain

__all__ = ["plain"]
