"""Hold pages and specs against each other, in both directions."""

from specloom.pages.checking.report import CheckedPage, Report, check
from specloom.pages.checking.verdict import Claim, Judgement, Outcome, Support

__all__ = ["CheckedPage", "Claim", "Judgement", "Outcome", "Report", "Support", "check"]
