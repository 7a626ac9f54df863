"""Measure the sandbox beside Prism, which serves the same specs without state."""

from bench.sandbox.measuring import measure
from bench.sandbox.soaking import soak

__all__ = ["measure", "soak"]
