"""Write what came out of a campaign for people and for programs."""

from specloom.fuzz.plain import plain
from specloom.fuzz.reports.folder import write_reports
from specloom.fuzz.reports.junit import junit
from specloom.fuzz.reports.page import page
from specloom.fuzz.reports.terminal import show, show_replay

__all__ = ["junit", "page", "plain", "show", "show_replay", "write_reports"]
