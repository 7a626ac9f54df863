"""Name places in a page, such that no two of them share a name."""

from __future__ import annotations

import re
from typing import Final

_KEPT: Final = re.compile(r"[^A-Za-z0-9_]", re.ASCII)


def anchor(*parts: str) -> str:
    """Return the id of what `parts` name, as in `operation-cancelOrder-404`; it needs no escape in a URL.

    A part that starts with `~` is a keyword, which no name of a spec can be mistaken for.
    """
    return "-".join(_written(part) for part in parts)


def _written(part: str) -> str:
    keyword = "~" if part.startswith("~") else ""
    return keyword + _KEPT.sub(lambda match: f".{ord(match[0]):x}.", part.removeprefix(keyword))
