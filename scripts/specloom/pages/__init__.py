"""Facts that documentation pages state: read, compared with the specs, and kept."""

from specloom.pages.facts import EXISTS, REQUEST, Fact, Kind, Page, Remark, Subject
from specloom.pages.paths import Step, Steps, read_path, write_path

__all__ = ["EXISTS", "REQUEST", "Fact", "Kind", "Page", "Remark", "Step", "Steps", "Subject", "read_path", "write_path"]
