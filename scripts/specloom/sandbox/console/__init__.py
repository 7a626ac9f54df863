"""The console: one page of forms, records and journal, and the reference of each API, without a build step."""

from specloom.sandbox.console.forms import Snippets, forms
from specloom.sandbox.console.pages import ASSETS, Pages, wants_page

__all__ = ["ASSETS", "Pages", "Snippets", "forms", "wants_page"]
