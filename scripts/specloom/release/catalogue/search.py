"""Write the index that the search of the site looks through."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final

from specloom.release.catalogue.anchors import anchor
from specloom.release.catalogue.entry import Entry
from specloom.release.catalogue.operations import ShownAnswer, ShownMember, ShownOperation

KINDS: Final = ("API", "operation", "parameter", "status", "error", "schema", "member", "question")
"""What can be found; of equally good finds, the kinds that come first are shown first."""

_LONGEST: Final = 300
Row = tuple[int, str, str, str, str]
"""The index of its kind, what is found, where that is, the id in the page of the API, and further text to search."""


def rows(entry: Entry) -> list[Row]:
    """Return what can be found in the page of an API."""
    return list(dict.fromkeys(_rows(entry)))


def index(apis: Sequence[tuple[str, str, list[Row]]]) -> str:
    """Return a script that hands the index to the page, which a page opened from a file could not fetch.

    `apis` has the name, the title and the rows of each.
    """
    found = {"kinds": KINDS, "apis": apis}
    return f"window.catalogueIndex = {json.dumps(found, ensure_ascii=False, separators=(',', ':'))};\n"


def _rows(entry: Entry) -> Iterator[Row]:
    yield _row("API", entry.api.title, entry.names.distribution, "main", entry.summary)
    for operation in entry.operations:
        yield from _operation(operation)
    for schema in entry.schemas:
        text = " ".join((schema.description, *schema.values))
        yield _row("schema", schema.name, "", schema.anchor, text)
        for member in schema.members:
            yield _member("member", member, schema.name)
    for number, question in enumerate(entry.questions, 1):
        yield _row("question", question.where, question.kind, anchor("question", str(number)), question.text)


def _operation(shown: ShownOperation) -> Iterator[Row]:
    operation = shown.operation
    name = operation.summary or operation.label
    yield _row("operation", name, operation.label, shown.anchor, f"{operation.id} {operation.description}")
    for location, member in shown.parameters:
        yield _member("parameter", member, f"{name}, {location}")
    for body in shown.bodies:
        yield from (_member("member", member, f"{name}, request") for member in body.members)
    for answer in shown.answers:
        yield from _answer(answer, name)


def _answer(answer: ShownAnswer, name: str) -> Iterator[Row]:
    yield _row("status", f"{answer.status} {answer.phrase}".strip(), name, answer.anchor, answer.description)
    for body in answer.bodies:
        yield from (_member("member", member, f"{name}, {answer.status}") for member in body.members)
    for header in answer.headers:
        yield _member("member", header, f"{name}, header of {answer.status}")
    for example in answer.examples if answer.is_error else ():
        for word in example.words:
            yield _row("error", word, f"{name}, {answer.status}", answer.anchor, "")


def _member(kind: str, shown: ShownMember, where: str) -> Row:
    member = shown.member
    return _row(kind, member.path, where, shown.anchor, " ".join((member.description, *member.values)))


def _row(kind: str, name: str, where: str, place: str, text: str) -> Row:
    return (KINDS.index(kind), _short(name), where, place, _short(text))


def _short(text: str) -> str:
    """Return `text` on one line, cut at a length that keeps the index small."""
    return " ".join(text.split())[:_LONGEST]
