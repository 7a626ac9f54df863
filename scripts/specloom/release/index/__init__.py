"""The static package index: made from the tags of releases, and read by pip."""

from specloom.release.index.building import Indexed, write_index

__all__ = ["Indexed", "write_index"]
