"""Readers of the layouts that pages have; each knows the headings and the writing of one."""

from typing import Final

from specloom.pages.readers.apidog import Apidog
from specloom.pages.readers.docusaurus import Docusaurus
from specloom.pages.readers.fallback import Fallback
from specloom.pages.readers.fumadocs import Fumadocs
from specloom.pages.readers.layout import Layout

READERS: Final[tuple[Layout, ...]] = (Fallback(), Apidog(), Docusaurus(), Fumadocs())
"""All layouts; of two that fit a page equally, the one that comes first is taken."""

__all__ = ["READERS", "Apidog", "Docusaurus", "Fallback", "Fumadocs", "Layout"]
