"""Make a release: prepared and tried aside, then recorded in git at once, then published."""

from specloom.release.releasing.preparing import Order
from specloom.release.releasing.release import Outcome, Workshop, publish, release, yank

__all__ = ["Order", "Outcome", "Workshop", "publish", "release", "yank"]
