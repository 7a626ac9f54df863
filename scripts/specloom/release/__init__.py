"""Wheels of the generated packages."""

from specloom.release.wheels import build_wheel

__all__ = ["build_wheel"]
