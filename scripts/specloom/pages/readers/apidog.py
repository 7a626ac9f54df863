"""The layout that gives each name, type and mark a line of its own, with coloured statuses below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from specloom.pages.capture import Capture
from specloom.pages.readers.layout import Head, Section, plain_head
from specloom.pages.tokens import Token

_STATUS: Final = re.compile(r"[🟢🟠🔴🔵🟡⚪]\s*(?:[1-5]\d\d|$)")
_PARAMS: Final = re.compile(r"(?:path|query|header|body|cookie) params\b", re.IGNORECASE)


class Apidog:
    """Pages made with Apidog."""

    name = "apidog"
    has_samples_last = False
    labels: dict[str, Section] = {  # noqa: RUF012 - a constant
        "request": "intro",
        "authorization": "security",
        "path params": "path",
        "query params": "query",
        "header params": "header",
        "cookie params": "cookie",
        "body params": "request",
        "request samples": "request-sample",
        "request code samples": "request-sample",
        "request request example": "request-sample",
        "request example": "request-sample",
        "responses": "responses",
        "headers": "response-headers",
        "body": "response",
        "modified at": "end",
    }

    def score(self, capture: Capture, found: Sequence[Token]) -> int:
        """Count coloured statuses and `… Params` headings."""
        del capture
        words = [token.words for token in found if token.is_text]
        return sum(
            2 * bool(_STATUS.match(word)) + 2 * bool(_PARAMS.match(word)) + word.startswith("Modified at")
            for word in words
        )

    def split(self, found: Sequence[Token]) -> list[Token]:
        """Return the tokens as they are."""
        return list(found)

    def head(self, found: Sequence[Token], at: int, names: set[str]) -> Head | None:
        """Return the member or parameter that begins at a token."""
        del names
        return plain_head(found, at)
