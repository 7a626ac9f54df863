"""What the front page shows of an API: little enough to be kept for all of them."""

from __future__ import annotations

import attrs

from specloom.release.catalogue.entry import Entry


@attrs.frozen
class Outcome:
    """What a report says in a word, and whether that is good, bad, or open."""

    tone: str
    word: str


@attrs.frozen
class Card:
    """An API on the front page. `operations` are method, words and id of each; `released` is None before a release."""

    name: str
    title: str
    version: str
    released: str | None
    summary: str
    operations: tuple[tuple[str, str, str], ...]
    outcomes: tuple[Outcome, ...]


def card_of(entry: Entry) -> Card:
    """Return what the front page shows of an API."""
    operations = [(each.operation, each.anchor) for each in entry.operations]
    return Card(
        name=entry.api.name,
        title=entry.api.title,
        version=entry.api.version,
        released=entry.released,
        summary=entry.summary,
        operations=tuple((each.method.upper(), each.summary or each.path, place) for each, place in operations),
        outcomes=tuple(Outcome(each.tone, each.word) for each in (entry.proof, entry.campaign)),
    )
