"""Judge what a page says of one value, a member or a parameter, by the schemas that a spec has for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from specloom.pages.checking.verdict import Outcome
from specloom.pages.facts import Fact
from specloom.pages.memberfacts import constants, enumerated, schema_statements
from specloom.pages.paths import Step, read_path
from specloom.pages.schema_members import Alternative, Member, types
from specloom.pages.specview import SpecView
from specloom.spec.equality import equal

Said = tuple[Outcome, str]
"""An outcome and why."""

_AGREES: Final[Said] = ("agrees", "")
_SHOWN: Final = 5


def judge_value(view: SpecView, member: Member, fact: Fact) -> Said:
    """Judge a fact about a value; whether it is required is asked elsewhere."""
    if fact.attribute == "exists":
        return _AGREES
    if fact.attribute in {"sample", "example"}:
        return _values(view, member, fact.value if fact.attribute == "sample" else [fact.value])
    return _JUDGES[fact.attribute](member, fact.value) if fact.attribute in _JUDGES else _keyword(member, fact)


def _nullable(member: Member, value: Any) -> Said:
    own = any("null" in types(each) or not types(each) for each in member.alternatives)
    return _AGREES if own == value else _other("the spec allows null" if own else "the spec does not allow null")


def _type(member: Member, value: Any) -> Said:
    """Judge types: a page's list of them means one of them; a spec may be narrower then, and never wider."""
    said = {value} if isinstance(value, str) else set(value)
    own = {name for each in member.alternatives for name in types(each)}
    if not own or said == {"null"}:
        return _AGREES if not own or own == {"null"} else _other(f"{_listed(own)}")
    own -= {"null"}
    if own == said or (len(said) > 1 and own <= said):
        return _AGREES
    return _other(_listed(own))


def _sample_type(member: Member, value: Any) -> Said:
    seen = {value} if isinstance(value, str) else set(value)
    allowed = [types(each) for each in member.alternatives]
    if not all(allowed):
        return _AGREES
    own = {name for each in allowed for name in each}
    unknown = seen - own - ({"integer"} if "number" in own else set())
    return _other(_listed(own)) if unknown else _AGREES


def _enum(member: Member, value: Any) -> Said:
    known = [each for each, _ in enumerated(member)]
    if not known:
        return "missing", "the spec lists no values"
    unknown = [each for each in value if not any(equal(each, other) for other in known)]
    return _other(f"the spec does not list {_values_listed(unknown)}") if unknown else _AGREES


def _values(view: SpecView, member: Member, values: list[Any]) -> Said:
    """Judge values, which have to be valid; of arrays and objects the facts have only that they are empty."""
    scalars = [value for value in values if not isinstance(value, list | dict)]
    refused = [value for value in scalars if not view.accepts(member, value)]
    return _other(f"the spec refuses {_values_listed(refused)}") if refused else _AGREES


def _count(member: Member, value: Any) -> Said:
    names = {name for each in member.alternatives for part in each for name in part.schema.get("properties", {})}
    return _AGREES if len(names) == value else _other(f"the spec has {len(names)}")


def _keyword(member: Member, fact: Fact) -> Said:
    stated = next((each for each in schema_statements(member) if each.attribute == fact.attribute), None)
    if stated is None:
        return "missing", f"the spec has no {fact.attribute}"
    return _AGREES if equal(stated.value, fact.value) else _other(f"the spec has {stated.value!r}")


def judge_condition(view: SpecView, where: str, member: Member, fact: Fact) -> Said:
    """Judge that a member is required when another one has a value: then, and only then, what is around it is too."""
    try:
        steps = read_path(str(fact.value["member"]))
    except (KeyError, TypeError, ValueError):
        return "outside", "the condition names no member"
    around = next((body.members.get(steps[:-1]) for body in view.bodies(where)), None)
    inner = member.steps[len(steps) - 1 :]
    if around is None or not inner or member.steps[: len(steps) - 1] != steps[:-1]:
        return "missing", "the spec has no such condition"
    if not isinstance(steps[-1], str):
        return "outside", "the condition names no member"
    required = {True: 0, False: 0}
    for alternative in around.alternatives:
        constant = constants(alternative).get(steps[-1], ...)
        meant = constant is not ... and equal(constant, fact.value["equals"])
        if _demands(alternative, inner[0]) != meant:
            return _other("the spec requires it in other cases")
        required[meant] += 1
    return _AGREES if required[True] else ("missing", "the spec has no such condition")


def _demands(alternative: Alternative, name: str | Step) -> bool:
    return any(name in part.schema.get("required", ()) for part in alternative)


def _other(words: str) -> Said:
    return "contradicts", words if words.startswith("the spec") else f"the spec says {words}"


def _listed(names: set[str]) -> str:
    return " or ".join(sorted(names))


def _values_listed(values: list[Any]) -> str:
    return ", ".join(repr(value) for value in values[:_SHOWN]) + (" …" if len(values) > _SHOWN else "")


_JUDGES: Final[dict[str, Callable[[Member, Any], Said]]] = {
    "type": _type,
    "sample-type": _sample_type,
    "nullable": _nullable,
    "enum": _enum,
    "member-count": _count,
}
