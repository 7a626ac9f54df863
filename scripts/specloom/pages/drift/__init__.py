"""Say what changed on a page since its facts were locked, where the spec follows, and whether clients break."""

from specloom.pages.drift.change import Breaks, Change, Finding
from specloom.pages.drift.comparing import changes
from specloom.pages.drift.watching import Outcome, Watched, drift, watch

__all__ = ["Breaks", "Change", "Finding", "Outcome", "Watched", "changes", "drift", "watch"]
