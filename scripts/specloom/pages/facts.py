"""Facts that a documentation page states, as plain values."""

from __future__ import annotations

from typing import Any, Final, Literal

import attrs

Kind = Literal["title", "operation", "security", "parameter", "media-type", "member", "status", "sample", "curl"]
"""What a fact may be about."""

EXISTS: Final = "exists"
"""The attribute of a subject that the page names, whatever else it says of it; its value is True."""


@attrs.frozen(order=True)
class Subject:
    """What a fact is about.

    | kind | where | name |
    |---|---|---|
    | operation | | `POST /orders/{id}/cancel` |
    | title | | |
    | security | | `bearer`, `basic`, or `apiKey` with its place, as in `apiKey header X-Key` |
    | parameter | path, query, header or cookie | its name |
    | media-type | request or a status | the media type |
    | member | request or a status | its JSON path, as in `$.data.orders[].order_id` |
    | status | | `200` |
    | sample | request or a status | its number on the page, from 0 |
    | curl | | its number on the page, from 0 |
    """

    kind: Kind
    where: str = ""
    name: str = ""

    def __str__(self) -> str:
        """Return the three parts that are there, with spaces between them."""
        return " ".join(part for part in (self.kind, self.where, self.name) if part)


@attrs.frozen
class Fact:
    """One fact: `value` is the JSON value of an attribute of a subject; it stands at `line`, where `reader` found it.

    Attributes are `exists`; `type`, `required`, `nullable`, `enum`, `example` and keywords of JSON Schema for
    parameters and members; `text` for a title and the words beside a status; `value` and `fault` for a sample, whose
    fault is `broken` or `truncated`; `method`, `url`, `headers` and `body` for a curl line; `condition` for what is
    required only sometimes, as {"member": …, "equals": …}.
    """

    subject: Subject
    attribute: str
    value: Any
    line: int = attrs.field(default=0, eq=False)
    reader: str = attrs.field(default="", eq=False)

    @property
    def key(self) -> tuple[Subject, str]:
        """What the fact says something about; a page has one fact for each key."""
        return self.subject, self.attribute
