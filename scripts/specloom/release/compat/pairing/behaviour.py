"""Read what the `x-` vocabulary says of an operation, in a form that two documents can be compared in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from specloom.release.compat.change import Side
from specloom.release.compat.pairing.match import Match, matched
from specloom.release.compat.pairing.operations import variables
from specloom.release.compat.pairing.parts import child, elements, fields, members, strings
from specloom.release.compat.pairing.responses import answers
from specloom.release.compat.pairs import OperationPair, Part

_PATH_VARIABLE: Final = re.compile(r"\$request\.path\.([^\s#}\"\\\\]+)")
# Texts for people: what a fault says in words, and notes on the spec.
_WORDS: Final = {"fault", "x-conflict", "x-inferred"}


def keyword(pair: OperationPair, name: str, side: Side = Side.API) -> Match:
    """Return what stands under an `x-` keyword of an operation."""
    return Match(side, pair.label, name, child(pair.base, name), child(pair.revision, name))


def stated(value: Any, path: str) -> str:
    """Return a value as text that is equal for what means the same: path variables by their position."""
    positions = {name: str(index) for index, name in enumerate(variables(path))}
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return _PATH_VARIABLE.sub(lambda found: f"$request.path.{positions.get(found[1], found[1])}", text)


def selection(transition: Part | None, path: str) -> str:
    """Return by what a transition finds its records: the elements of the batch, and the expressions compared."""
    found = fields(transition)
    match = found.get("match")
    compared = match.values() if isinstance(match, Mapping) else [match]
    return " ".join(sorted(stated(each, path) for each in [found.get("each"), *compared]))


def effects(pair: OperationPair) -> Iterator[Match]:
    """Yield what else a transition sets, by pointer; one that is set to something else is removed and added."""
    old = _effects(pair.base, pair.base_path)
    new = _effects(pair.revision, pair.revision_path)
    for (pointer, _), base, revision in matched(old, new):
        yield Match(Side.API, pair.label, f"x-transition, {pointer}", base, revision)


def _effects(operation: Part, path: str) -> dict[tuple[str, str], Part]:
    found = members(operation, "x-transition", "set")
    return {(pointer, stated(template.value, path)): template for pointer, template in found}


def outcomes(pair: OperationPair) -> Iterator[Match]:
    """Yield the answers to each outcome of an operation (`x-answers`)."""
    old, new = dict(members(pair.base, "x-answers")), dict(members(pair.revision, "x-answers"))
    if old and new:
        for outcome, base, revision in matched(old, new):
            yield Match(pair.received, pair.label, f"x-answers, {outcome}", base, revision)


def ensures(pair: OperationPair) -> Iterator[Match]:
    """Yield what a success ensures, line by line."""
    old, new = _lines(pair.base, pair.base_path), _lines(pair.revision, pair.revision_path)
    for _, base, revision in matched(old, new):
        yield Match(pair.received, pair.label, "x-ensures", base, revision)


def _lines(operation: Part, path: str) -> dict[str, Part]:
    return {" ".join(stated(each.value, path).split()): each for each in elements(operation, "x-ensures")}


def constraints(pair: OperationPair) -> Iterator[Match]:
    """Yield each constraint that does not follow from one of the other document.

    Of those that only the base has, each was dropped or loosened; of those that only the revision has, each was added.
    """
    old, new = _constraints(pair.base, pair.base_path), _constraints(pair.revision, pair.revision_path)
    for left, right, part in ((old, new, "base"), (new, old, "revision")):
        for rule, place in left:
            if not any(_follows(rule, other) for other, _ in right):
                base, revision = (place, None) if part == "base" else (None, place)
                yield Match(pair.sent, pair.label, "x-constraints", base, revision)


def _constraints(operation: Part, path: str) -> list[tuple[dict[str, Any], Part]]:
    return [
        ({key: value for key, value in json.loads(stated(each.value, path)).items() if key not in _WORDS}, each)
        for each in elements(operation, "x-constraints")
        if isinstance(each.value, Mapping)
    ]


def _follows(rule: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether all that satisfies `other` satisfies `rule`: one of fewer is one of more; all of more, all of fewer."""
    if rule.keys() != other.keys():
        return False
    wider = {
        "any-given": lambda: set(strings(other["any-given"])) <= set(strings(rule["any-given"])),
        "members": lambda: set(strings(rule["members"])) <= set(strings(other["members"])),
    }
    return all(wider[key]() if key in wider else rule[key] == other[key] for key in rule)


def shown(value: Any) -> str:
    """Return a value as a person would quote it: text as it is, other values as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def condition(constraint: Mapping[str, Any]) -> str:
    """Return a constraint in words."""
    kinds = ("any-given", "distinct", "within")
    kind = next((each for each in kinds if each in constraint), "x-constraints")
    values = constraint.get(kind)
    listed = ", ".join(map(shown, values)) if isinstance(values, list) else shown(values)
    return f"{kind} {listed}" + (f" of {shown(constraint['of'])}" if "of" in constraint else "")


def faults(pair: OperationPair) -> Iterator[Match]:
    """Yield where the errors of an operation name what is at fault (`x-faults`)."""
    for answer in answers(pair):
        base, revision = child(answer.match.base, "x-faults"), child(answer.match.revision, "x-faults")
        if answer.match.both and (base or revision):
            yield attrs.evolve(answer.match, where=f"{answer.status} fault", base=base, revision=revision)
