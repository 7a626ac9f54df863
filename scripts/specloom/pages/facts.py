"""Facts that a documentation page states, as plain values."""

from __future__ import annotations

from typing import Any, Final, Literal

import attrs

Kind = Literal[
    "title",
    "operation",
    "server",
    "security",
    "parameter",
    "media-type",
    "member",
    "status",
    "header",
    "sample",
    "curl",
]
"""What a fact may be about."""

EXISTS: Final = "exists"
"""The attribute of a subject that the page names, whatever else it says of it; its value is True."""

REQUEST: Final = "request"
"""Where the body of the request stands."""


@attrs.frozen(order=True)
class Subject:
    """What a fact is about.

    | kind | where | name |
    |---|---|---|
    | title | | |
    | operation | | `POST /orders/{id}/cancel` |
    | server | | `https://api.example.com/v1` |
    | security | | `bearer`, `basic`, or `apiKey header X-Key` |
    | parameter | path, query, header or cookie | its name |
    | media-type | body | `application/json` |
    | member | body | its JSON path, as in `$.data.orders[].order_id`; see paths.py |
    | status | | `200` |
    | header | status | name of a header of the answer |
    | sample | body | its number among the samples of that body, from 0 |
    | curl | | its number on the page, from 0 |

    A body is `request`, a status such as `200`, or `response 1`, `response 2`, … for the answers, in their order on the
    page, of a page that does not say their statuses. It is "" for samples of which the page does not say whose they
    are.
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

    | subject | attributes |
    |---|---|
    | all but title | `exists`: true |
    | title | `text` |
    | security | `format`, as in "JWT" |
    | parameter, member | `type`: a type of JSON Schema or a sorted list of them; `required`: true or false; |
    | | `nullable`: true; `enum`: a list; `example`; `default`; `format`; `pattern`; `minLength`, `maxItems` and other |
    | | keywords of JSON Schema; `condition`: when it is required, as {"member": path, "equals": value}; |
    | | `either`: the names of those of which one must be given; `member-count`: how many members it has |
    | member | `sample`: the distinct values in the samples, of arrays and objects only [] and {}; `sample-type`: |
    | | as `type`; `in-sample`: "always" or "sometimes", of the elements and samples that have the member's container |
    | status | `text`: the words beside it |
    | sample | `value`; `fault`: `broken` or `truncated` where its text is not JSON |
    | curl | `method`, `url`, `headers` (name → value or null), `body` (JSON, or text that is none) |

    What a page says only by omission, such as that a member is not required, is no fact. The `value` of a sample and
    what a curl line says are told over again by the members' `sample…` attributes and by parameters: a change of one
    member is a change there, and one of the whole sample besides. A member that only samples show has `exists` and
    `sample…` alone.
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


@attrs.frozen
class Remark:
    """A line that looks like it states something and was not understood, or that contradicts an earlier one."""

    line: int
    text: str
    reason: str


@attrs.frozen
class Page:
    """What was read from a page: its facts in the order of their lines, and what was not understood.

    `reader` is the layout that was recognised (`fallback` for none of them), `digest` the SHA-256 of the page's words.
    """

    facts: tuple[Fact, ...]
    remarks: tuple[Remark, ...]
    reader: str
    digest: str

    @property
    def title(self) -> str | None:
        """The page's title, if it has one."""
        return next((str(fact.value) for fact in self.facts if fact.subject.kind == "title"), None)

    @property
    def operations(self) -> tuple[str, ...]:
        """The operations that the page documents, as in `POST /orders/{id}/cancel`."""
        return tuple(fact.subject.name for fact in self.facts if fact.subject.kind == "operation")
