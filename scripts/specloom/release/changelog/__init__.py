"""Read and write changelogs in the format of keepachangelog.com 1.1.0."""

from specloom.release.changelog.reading import Changelog, Item, Section, parse_changelog, read_changelog

__all__ = ["Changelog", "Item", "Section", "parse_changelog", "read_changelog"]
