"""Put the facts about the members of a body together as a tree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import attrs

from specloom.pages.facts import EXISTS, Fact
from specloom.pages.memberfacts import LIMITS
from specloom.pages.paths import Step, read_path
from specloom.pages.sampling import READER
from specloom.spec.equality import equal

_BINDING: Final = ("required", "nullable", "enum", "condition", *LIMITS)


@attrs.define
class Node:
    """A member: what the page says of it, by attribute, and the members and elements inside.

    `is_listed` says that the page names it outside its samples.
    """

    said: dict[str, Any] = attrs.field(factory=dict)
    inside: dict[str | Step, Node] = attrs.field(factory=dict)
    is_listed: bool = False

    @property
    def types(self) -> set[str]:
        """The types that the page's words name; without any, those of its samples; null is none of them."""
        return self.named_types or self.sampled_types

    @property
    def named_types(self) -> set[str]:
        """The types that the page's words name, without null."""
        return _names(self.said.get("type")) - {"null"}

    @property
    def sampled_types(self) -> set[str]:
        """The types that its samples have, without null."""
        return _names(self.said.get("sample-type")) - {"null"}

    @property
    def is_nullable(self) -> bool:
        """Whether words or samples have it as null."""
        names = _names(self.said.get("type")) | _names(self.said.get("sample-type"))
        return self.said.get("nullable") is True or "null" in names

    @property
    def members(self) -> dict[str, Node]:
        """What is inside by a name of its own."""
        return {step: node for step, node in self.inside.items() if isinstance(step, str)}


def tree(facts: Iterable[Fact], where: str) -> Node:
    """Return the body called `where`: `request`, a status, or `response 1` and so on."""
    root = Node()
    for fact in facts:
        if fact.subject.kind != "member" or fact.subject.where != where:
            continue
        node = root
        for step in read_path(fact.subject.name):
            node = node.inside.setdefault(step, Node())
        if fact.attribute == EXISTS:
            node.is_listed |= fact.reader != READER
        else:
            node.said[fact.attribute] = fact.value
    return root


def are_alike(one: Node, other: Node) -> bool:
    """Return whether two bodies may be of one kind: they share members, and nothing is said of one and not of both."""
    return bool(one.members.keys() & other.members.keys()) and _agree(one, other)


def _agree(one: Node, other: Node) -> bool:
    is_one_type = not one.types or not other.types or bool(one.types & other.types)
    is_told_alike = not (one.is_listed and other.is_listed) or all(
        equal(one.said.get(attribute), other.said.get(attribute)) for attribute in _BINDING
    )
    common = one.inside.keys() & other.inside.keys()
    return is_one_type and is_told_alike and all(_agree(one.inside[step], other.inside[step]) for step in common)


def merged(nodes: Iterable[Node]) -> Node:
    """Return one tree for bodies of one kind: what a body lacks is in its samples only sometimes."""
    kept = list(nodes)
    made = Node(is_listed=any(node.is_listed for node in kept))
    for node in kept:
        for attribute, value in node.said.items():
            if attribute == "sample-type":
                value = sorted(_names(value) | _names(made.said.get(attribute)))  # noqa: PLW2901 - a union
            if attribute == "sample-type" or attribute not in made.said:
                made.said[attribute] = value
    for step in dict.fromkeys(step for node in kept for step in node.inside):
        having = [node.inside[step] for node in kept if step in node.inside]
        child = merged(having)
        shown = [node for node in kept if "sample-type" in node.said]
        seen = [node.inside[step] for node in shown if step in node.inside]
        if len(seen) < len(shown) or (shown and any(each.said.get("in-sample") != "always" for each in seen)):
            child.said["in-sample"] = "sometimes"
        made.inside[step] = child
    return made


def _names(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else set(value or ())
