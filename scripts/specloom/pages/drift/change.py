"""A change on a page, as people think of it."""

from __future__ import annotations

from typing import Any, Literal

import attrs

from specloom.pages.facts import Subject

Breaks = Literal["yes", "perhaps", "no"]
"""Whether a client made from the spec as it is would stop working."""


@attrs.frozen
class Change:
    """What changed of one subject: `what` in words, such as `became required`, and the values where there are two.

    `attribute` is `exists` for what was added, removed or renamed. `below` counts what was added or removed inside it.
    """

    subject: Subject
    attribute: str
    what: str
    before: Any = None
    after: Any = None
    below: int = 0

    def __str__(self) -> str:
        """Return the change on one line."""
        words = f"{self.subject}: {self.what}"
        return f"{words}, with {self.below} inside" if self.below else words


@attrs.frozen
class Finding:
    """A change, where the spec has to be edited for it, and what it means for clients.

    `line` is that of `pointer` in the spec. `also` are other places of the page where the same thing changed.
    """

    change: Change
    pointer: str
    line: int
    breaks: Breaks
    why: str
    also: tuple[Subject, ...] = ()
