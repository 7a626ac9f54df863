"""Compatibility verdicts, versions, changelogs, wheels and the package index."""

from specloom.release.distributions import build_sdist, build_wheel

__all__ = ["build_sdist", "build_wheel"]
