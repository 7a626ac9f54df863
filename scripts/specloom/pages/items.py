"""Gather what a part of a page says of each member or parameter: its head, values, examples and descriptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import attrs

from specloom.pages.constraints import listed, plain
from specloom.pages.readers.layout import Head, Layout
from specloom.pages.tables import Column, answer, cells, columns, is_rule
from specloom.pages.tokens import Token
from specloom.pages.type_words import read_type

_EXAMPLE: Final = frozenset({"example", "examples"})
_DEFAULT: Final = frozenset({"default", "default value"})
_ENUM: Final = frozenset(
    {"supported values", "possible values", "allowed values", "allowed value", "enum", "enum values", "values"}
)
_VALUE_LABELS: Final = frozenset(f"{label}:" for label in _EXAMPLE | _DEFAULT)
_MAX_VALUE: Final = 80


@attrs.define
class Item:
    """A member or parameter as the page presents it; `text` holds (words, line) of its descriptions."""

    head: Head
    line: int
    depth: int | None
    text: list[tuple[str, int]] = attrs.field(factory=list)
    examples: list[tuple[Any, int]] = attrs.field(factory=list)
    defaults: list[tuple[Any, int]] = attrs.field(factory=list)
    values: list[tuple[str, int]] = attrs.field(factory=list)


@attrs.define
class Items:
    """The items of a part, text that stands before the first, and (status, text, line) of tables of statuses."""

    items: list[Item] = attrs.field(factory=list)
    text: list[tuple[str, int]] = attrs.field(factory=list)
    statuses: list[tuple[str, str, int]] = attrs.field(factory=list)


def gather(found: Sequence[Token], layout: Layout, names: set[str]) -> Items:
    """Return what the tokens of a part say; `names` are those of the members that samples of the same body have."""
    return _Gatherer(found, layout, names).gather()


def is_value_of_item(found: Sequence[Token], at: int) -> bool:
    """Return whether the sample at a position is the example or default of a member, not of a body.

    The labels of members have a colon, those of bodies have none.
    """
    return at > 0 and found[at].sample is not None and found[at - 1].words.lower() in _VALUE_LABELS


class _Gatherer:
    def __init__(self, found: Sequence[Token], layout: Layout, names: set[str]) -> None:
        self._found = found
        self._layout = layout
        self._names = names
        self._made = Items()
        self._columns: list[Column | None] | None = None
        self._expected = ""  # what the label before announced: example, default or enum

    def gather(self) -> Items:
        """Walk the tokens once."""
        at = 0
        while at < len(self._found):
            at += self._step(at)
        return self._made

    def _step(self, at: int) -> int:
        """Read what begins at a token; return how many tokens that is."""
        token = self._found[at]
        if not token.is_text:
            if is_value_of_item(self._found, at):
                self._value(token.sample.value if token.sample else None, token.line)
            self._expected = ""
            return 1
        if self._label(token) or self._row(token):
            return 1
        head = self._layout.head(self._found, at, self._names)
        if head is None or (self._expected in {"example", "default"} and not head.before):
            self._plain(token)
            return 1
        if head.before:
            self._plain(attrs.evolve(token, text=head.before))
        self._expected = ""
        self._columns = None
        item = Item(head, token.line, token.depth)
        if head.after:
            item.text.append((head.after, token.line))
        self._made.items.append(item)
        return head.length

    def _label(self, token: Token) -> bool:
        """Return whether the token announces a value, which may stand behind it."""
        word, colon, rest = token.words.partition(":")
        name = word.strip().lower()
        kind = "example" if name in _EXAMPLE else "default" if name in _DEFAULT else "enum" if name in _ENUM else ""
        if not kind or not (colon or len(token.words) == len(word.strip())) or (not colon and word[:1].islower()):
            return False
        self._expected = kind
        self._columns = None
        if rest.strip():
            self._plain(attrs.evolve(token, text=rest))
        return True

    def _plain(self, token: Token) -> None:
        """Read text: the value that was announced, or a description."""
        item = self._made.items[-1] if self._made.items else None
        if self._expected and item is not None:
            if self._expected != "enum":
                self._value(token.words, token.line)
                return
            values = listed(token.words)
            if values and all(len(value) <= _MAX_VALUE and " " not in value for value in values):
                item.values += [(value, token.line) for value in values]
                return
        self._expected = ""
        (self._made.text if item is None else item.text).append((token.words, token.line))

    def _value(self, value: Any, line: int) -> None:
        if self._made.items:
            item = self._made.items[-1]
            (item.examples if self._expected == "example" else item.defaults).append((value, line))
        self._expected = ""

    def _row(self, token: Token) -> bool:
        """Read a row of a table."""
        row = cells(token.text)
        if is_rule(token.text):
            return True
        if len(row) < 2:  # noqa: PLR2004 - what has one cell is no row
            self._columns = None
            return False
        head = columns(row)
        if head is not None:
            self._columns = head
            return True
        if self._columns is None:
            return False
        by_column = {column: cell for column, cell in zip(self._columns, row, strict=False) if column}
        if "name" in by_column:
            self._item(by_column, token)
        elif "status" in by_column:
            self._made.statuses.append((by_column["status"], by_column.get("description", ""), token.line))
        elif self._made.items:
            self._made.items[-1].values.append((plain(by_column["value"]), token.line))
        self._expected = ""
        return True

    def _item(self, row: dict[Column, str], token: Token) -> None:
        name = row["name"].strip("`* ")
        required = answer(row["required"]) if "required" in row else None
        type_ = read_type(row.get("type", ""))
        item = Item(Head(name, type_, required), token.line, None)
        if type_ is None and row.get("type"):
            item.text.append((f"type {row['type']}", token.line))
        if "required" in row and required is None:
            item.text.append((row["required"], token.line))
        for column, kept in (("example", item.examples), ("default", item.defaults)):
            value = plain(row.get(column, "")) if column in row else ""
            if value and value not in {"-", "\u2013", "\u2014"}:
                kept.append((value, token.line))
        if row.get("description"):
            item.text.append((row["description"], token.line))
        self._made.items.append(item)
