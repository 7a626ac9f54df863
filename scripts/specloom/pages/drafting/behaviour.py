"""Draft the behaviour of an operation: which outcome has which answer, and, where a page tells, what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import attrs

from specloom.pages.drafting.naming import Names
from specloom.pages.drafting.schemas import Schema
from specloom.pages.drafting.tree import Node, tree
from specloom.pages.facts import REQUEST, Fact
from specloom.pages.memberfacts import LIMITS
from specloom.pages.paths import Step

_HANDLES: Final = ("id", "number", "handle", "reference", "code", "key")
_INVALID: Final = ("400", "422")


@attrs.frozen
class Handle:
    """What names the record in a request: its name, an expression that finds it, and one for the batch it stands in."""

    name: str
    expression: str
    limits: dict[str, Any]
    each: str = ""


def handle(facts: Sequence[Fact]) -> Handle | None:
    """Return what most likely names the record: the last path parameter, or a required string such as order_id."""
    said: dict[str, dict[str, Any]] = {}
    for fact in facts:
        if fact.subject.kind == "parameter" and fact.subject.where == "path":
            said.setdefault(fact.subject.name, {})[fact.attribute] = fact.value
    if said:
        name, attributes = list(said.items())[-1]
        is_text = attributes.get("type", "string") == "string"
        return Handle(name, f"$request.path.{name}", _limits(attributes)) if is_text else None
    body = tree(facts, REQUEST)
    own = _named(body)
    if own is not None:
        return Handle(own, f"$request.body#/{own}", _limits(body.members[own].said))
    for name, node in body.members.items():
        items = node.inside.get(Step.ITEMS)
        own = _named(items) if items is not None else None
        if items is not None and own is not None:
            return Handle(own, f"$item#/{own}", _limits(items.members[own].said), f"$request.body#/{name}/*")
    return None


def _named(node: Node) -> str | None:
    fitting = (
        name
        for name, child in node.members.items()
        if name.lower().endswith(_HANDLES) and child.said.get("required") is True and child.types == {"string"}
    )
    return next(fitting, None)


def _limits(said: dict[str, Any]) -> dict[str, Any]:
    return {keyword: said[keyword] for keyword in LIMITS if keyword in said}


def state(facts: Sequence[Fact], where: str) -> tuple[str, str] | None:
    """Return the pointer, with wildcards, and the value of the last status in the samples of an answer."""
    found = list(_states(tree(facts, where), ""))
    return found[-1] if found else None


def _states(node: Node, at: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for step, child in node.inside.items():
        pointer = f"{at}/{step}" if isinstance(step, str) else f"{at}/*"
        shown = child.said.get("sample", [])
        if isinstance(step, str) and step.lower().endswith(("status", "state")) and len(shown) == 1:
            found += [(pointer, shown[0])] if isinstance(shown[0], str) else []
        found += _states(child, pointer)
    return found


def transition(names: Names, key: Handle, end: str) -> Schema:
    """Return the transition of a record from a made-up state to the one that the sample shows."""
    return {
        "record": names.thing.lower(),
        **({"each": key.each} if key.each else {}),
        "match": {f"/{key.name}": key.expression},
        "from": ["open"],
        "to": end,
        "x-inferred": f"The page does not say from which states it goes to {end}; ours is called open. Which are they?",
    }


def records(names: Names, key: Handle, end: str) -> Schema:
    """Return the kind of record that an operation moves, and what a fresh sandbox has of it."""
    digits = "1{$n}" if "pattern" in key.limits else f"{names.thing.upper()}-{{$n}}"
    record = {key.name: digits, "state": "open"}
    schema = {
        "type": "object",
        "required": [key.name, "state"],
        "properties": {key.name: {"type": "string"}, "state": {"type": "string", "enum": ["open", "closed", end]}},
    }
    return {
        names.thing.lower(): {
            "description": f"What {names.operation} acts on.",
            "schema": schema,
            "keys": [f"/{key.name}"],
            "state": "/state",
            "seeds": [
                {"tenant": "north", "count": 200, "start": "0001", "record": record},
                {"tenant": "north", "count": 5, "start": "0301", "state": "closed", "record": record},
                {"tenant": "south", "count": 10, "start": "9001", "record": record},
            ],
            "x-inferred": "The page does not say which records there are; these are made up for the sandbox.",
        }
    }


def outcomes(statuses: Sequence[str], *, has_security: bool, has_record: bool) -> tuple[Schema, list[str]]:
    """Return the answers by outcome, and the statuses that they need and the page does not list."""
    lacking: list[str] = []
    success = next((status for status in statuses if status.startswith("2")), "200")
    invalid = next((status for status in _INVALID if status in statuses), "400")
    made: Schema = {"success": {"status": success}, "invalid": {"status": invalid}}
    wanted = [("unauthenticated", "401", has_security), ("forbidden", "403", has_security and "403" in statuses)]
    for outcome, status, happens in wanted:
        if happens:
            made[outcome] = {"status": status}
    if has_record:
        made["unknown-record"] = {"status": "404" if "404" in statuses else invalid}
        made["wrong-state"] = {"status": "409" if "409" in statuses else invalid}
    for outcome, answer in made.items():
        if outcome != "success":
            answer["x-inferred"] = f"The page does not say what is sent for {outcome}; we answer {answer['status']}."
        if answer["status"] not in statuses and answer["status"] not in lacking:
            lacking.append(answer["status"])
    return made, lacking
