"""State what a part of a page says of members and parameters as facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from specloom.pages.collecting import Collector
from specloom.pages.constraints import Constraint, constraints, looks_like_one, sentences, value_of
from specloom.pages.facts import EXISTS, Subject
from specloom.pages.items import Item, Items
from specloom.pages.nesting import Nesting, flat
from specloom.pages.paths import Step, Steps, write_path
from specloom.pages.type_words import Type

_ARRAY_WORDS: Final = ("array of", "list of", "an array", "a list")


class Stater:
    """Adds facts that one reader found."""

    def __init__(self, facts: Collector, reader: str) -> None:
        self._facts = facts
        self._reader = reader

    def parameters(self, place: str, items: Items) -> None:
        """State the parameters of a place: path, query, header or cookie."""
        for item in items.items:
            subject = Subject("parameter", place, item.head.name)
            self._says(subject, item, item.head.type)

    def headers(self, body: str, items: Items) -> None:
        """State the headers of an answer."""
        for item in items.items:
            self._says(Subject("header", body, item.head.name), item, item.head.type)

    def members(self, body: str, items: Items, nesting: Nesting) -> None:
        """State the members of a body."""
        names = [item.head.name for item in items.items]
        depths = {item.depth for item in items.items}
        has_depth = len(depths) > 1 and None not in depths
        paths: list[Steps] = []
        guessed: set[Steps] = set()
        for index, item in enumerate(items.items):
            path, is_guess = nesting.place(
                item.head.name, item.depth if has_depth else None, names[index + 1 : index + 51]
            )
            paths.append(path)
            if is_guess and path[:-1] not in guessed:
                guessed.add(path[:-1])
                self._facts.remark(item.line, item.head.name, f"the samples of {body} have it as {write_path(path)}")
            self._member(body, path, item, nesting)
        known = {flat(path) for path in paths}
        for path, item in zip(paths, items.items, strict=True):
            self._condition(Subject("member", body, write_path(path)), path, item, known)

    def _member(self, body: str, path: Steps, item: Item, nesting: Nesting) -> None:
        type_ = item.head.type
        if type_ is not None and type_.is_container:
            type_ = _settled(type_, nesting.is_array(path), " ".join(text for text, _ in item.text))
            inside = nesting.open(is_array=type_.names == ("array",))
            items, at = type_.items, path
            while items is not None and len(inside) >= len(at):
                at = (*at, Step.ITEMS)
                self._type(Subject("member", body, write_path(at)), items, item.line)
                items = items.items
        elif type_ is not None and type_.items is not None:
            self._type(Subject("member", body, write_path((*path, Step.ITEMS))), type_.items, item.line)
        self._says(Subject("member", body, write_path(path)), item, type_)

    def _says(self, subject: Subject, item: Item, type_: Type | None) -> None:
        """State what an item says of its subject."""
        self._add(subject, EXISTS, True, item.line)  # noqa: FBT003 - the fact's value
        if type_ is not None:
            self._type(subject, type_, item.line)
        if item.head.is_required is not None:
            self._add(subject, "required", item.head.is_required, item.line)
        if item.head.is_nullable:
            self._add(subject, "nullable", True, item.line)  # noqa: FBT003 - the fact's value
        types = type_.names if type_ is not None else ()
        self._values(subject, item, types)
        for sentence, line in _sentences(item.text):
            said = constraints(sentence, types)
            for each in said:
                if each.attribute not in {"condition", "either"}:
                    self._constraint(subject, each, line)
            if not said and looks_like_one(sentence):
                self._facts.remark(line, sentence, f"not understood, of {subject.name}")

    def _values(self, subject: Subject, item: Item, types: tuple[str, ...]) -> None:
        """State the example, the default and the values that an item lists."""
        for attribute, given in (("example", item.examples), ("default", item.defaults)):
            for value, line in given[:1]:
                self._add(subject, attribute, value_of(value, types) if isinstance(value, str) else value, line)
        if item.values:
            listed = dict.fromkeys(value for value, _ in item.values)
            self._add(subject, "enum", [value_of(value, types) for value in listed], item.values[0][1])

    def _constraint(self, subject: Subject, constraint: Constraint, line: int) -> None:
        """State a constraint unless the page has stated the same attribute by other means."""
        if self._facts.get(subject, constraint.attribute) is None:
            self._add(subject, constraint.attribute, constraint.value, line)

    def _condition(self, subject: Subject, path: Steps, item: Item, known: set[Steps]) -> None:
        """State when a member is required; the member that this depends on is the nearest one of its name."""
        for sentence, line in _sentences(item.text):
            for each in constraints(sentence):
                if each.attribute != "condition":
                    continue
                name = each.value["member"]
                for length in range(len(path) - 1, -1, -1):
                    other = (*path[:length], name)
                    if flat(other) in known:
                        value = {"member": write_path(other), "equals": each.value["equals"]}
                        self._add(subject, "condition", value, line)
                        break
                else:
                    self._facts.remark(line, sentence, f"not understood, of {subject.name}: there is no member {name}")

    def _type(self, subject: Subject, type_: Type, line: int) -> None:
        self._add(subject, "type", type_.value, line)
        if type_.format:
            self._add(subject, "format", type_.format, line)
        if type_.is_nullable:
            self._add(subject, "nullable", True, line)  # noqa: FBT003 - the fact's value
        if type_.member_count is not None:
            self._add(subject, "member-count", type_.member_count, line)

    def _add(self, subject: Subject, attribute: str, value: Any, line: int) -> None:
        self._facts.add(subject, attribute, value, line, self._reader)


def _sentences(texts: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return (sentence, line) of texts; one that goes on in the next text is put together."""
    made: list[tuple[str, int]] = []
    for text, line in texts:
        if (
            made
            and not made[-1][0].endswith((".", "!", ":", ";"))
            and made[-1][0].rstrip().lower().endswith(("when", "if"))
        ):
            made[-1] = (f"{made[-1][0]} {text}", made[-1][1])
        else:
            made.append((text, line))
    return list(dict.fromkeys((sentence, line) for text, line in made for sentence in sentences(text)))


def _settled(type_: Type, is_array: bool | None, words: str) -> Type:  # noqa: FBT001 - three answers: yes, no, unknown
    """Return the type with array or object decided where its name leaves that open."""
    if set(type_.names) != {"array", "object"}:
        return type_
    if is_array is None and any(word in words.lower() for word in _ARRAY_WORDS):
        is_array = True
    if is_array is None:
        return type_
    return Type(("array",) if is_array else ("object",), is_nullable=type_.is_nullable)
