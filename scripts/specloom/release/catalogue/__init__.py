"""The catalogue: a static site that shows each API, its operations, its package, and how far it can be trusted."""

from specloom.release.catalogue.reading import Sources
from specloom.release.catalogue.writing import write_site

__all__ = ["Sources", "write_site"]
