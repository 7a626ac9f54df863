"""Try a built package where it alone is installed, against a sandbox."""

from specloom.release.trial.trying import Tried, try_wheel

__all__ = ["Tried", "try_wheel"]
