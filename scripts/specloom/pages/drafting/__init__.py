"""Write the first draft of a spec from the facts on a documentation page."""

from specloom.pages.drafting.draft import draft

__all__ = ["draft"]
