"""Tell a capture that shows the page from one that shows something else in its place."""

from __future__ import annotations

import re
from typing import Final

from specloom.pages.facts import Fact, Page, Subject

# What a capture is called that has none of the facts; the first pattern that the words match names it.
_KINDS: Final = (
    ("it asks whether you are a human", r"captcha|verify (?:that )?you are|are you (?:a )?human|checking your browser"),
    ("it is a login page", r"\b(?:log|sign)[ -]?in\b|password|single sign-on|forgot your"),
    ("it asks for consent", r"cookie|consent|accept all|gdpr"),
    (
        "it is an error page",
        r"\b(?:404|403|500|502|503)\b|not found|does not exist|access denied|forbidden|unavailable",
    ),
    ("it is drawn by scripts, which are not run: save it from a browser", r"javascript|loading"),
)
_REACH: Final = 20_000
# These change with every capture, or say what others say in more detail.
_LIGHT: Final = frozenset({"title", "operation", "curl", "sample"})


def refusal(page: Page, text: str, locked: tuple[Fact, ...] | None, *, is_same_operation: bool) -> str | None:
    """Return why a capture says nothing about the page it should show; None when it does show it.

    `text` holds its words, `locked` the facts that were read from the page before. A page that documents another
    operation is another page unless most of its facts are still there.
    """
    if not text.strip():
        return "it is empty"
    found = _subjects(page.facts)
    if not found:
        words = text[:_REACH].lower()
        kind = next((name for name, pattern in _KINDS if re.search(pattern, words)), None)
        return kind or "it states nothing about an API"
    wanted = _subjects(locked or ())
    left = len(wanted & found)
    if not is_same_operation and (not wanted or 2 * left < len(wanted)):
        others = ", ".join(page.operations) or "no operation"
        return f"it is another page: it documents {others}"
    if 2 * left < len(wanted):
        return f"only {left} of {len(wanted)} things that the page told of are left: it seems to be cut off"
    return None


def _subjects(facts: tuple[Fact, ...]) -> set[Subject]:
    return {fact.subject for fact in facts if fact.subject.kind not in _LIGHT}
