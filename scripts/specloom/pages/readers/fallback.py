"""Any page: samples, curl lines and statuses alone."""

from __future__ import annotations

from collections.abc import Sequence

from specloom.pages.capture import Capture
from specloom.pages.readers.layout import Head, Section
from specloom.pages.tokens import Token


class Fallback:
    """Pages whose layout is not known."""

    name = "fallback"
    has_samples_last = False
    labels: dict[str, Section] = {  # noqa: RUF012 - a constant
        "request": "request",
        "request body": "request",
        "request example": "request",
        "example request": "request",
        "response": "responses",
        "responses": "responses",
        "response body": "responses",
        "example response": "responses",
    }

    def score(self, capture: Capture, found: Sequence[Token]) -> int:
        """Return 1: it reads every page, and any other layout reads it better."""
        del capture, found
        return 1

    def split(self, found: Sequence[Token]) -> list[Token]:
        """Return the tokens as they are."""
        return list(found)

    def head(self, found: Sequence[Token], at: int, names: set[str]) -> Head | None:
        """Return None: members are not read."""
        del found, at, names
        return None
