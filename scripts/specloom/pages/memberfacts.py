"""What the schemas of a member state of it: type, limits, values, and whether it is required."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from specloom.pages.facts import EXISTS, Subject
from specloom.pages.paths import Step, write_path
from specloom.pages.schema_members import Alternative, Member, Part, types
from specloom.spec.equality import equal

LIMITS: Final = (
    "pattern", "format", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "default",
)  # fmt: skip
"""Keywords of JSON Schema that facts have as attributes under their own name."""


@attrs.frozen
class Statement:
    """An attribute and its value; `pointer`, `own` and `around` as for SpecFact."""

    attribute: str
    value: Any
    pointer: str
    own: tuple[str, ...]
    around: tuple[str, ...] = ()


def member_statements(where: str, member: Member) -> Iterator[tuple[Subject, Statement]]:
    """Yield what is stated of a member of the body `where`, with its subject."""
    subject = Subject("member", where, write_path(member.steps))
    own = tuple(part.pointer for part in member.holders)
    yield subject, Statement(EXISTS, value=True, pointer=own[0], own=own)
    yield from ((subject, each) for each in _requirement(member, own))
    yield from ((subject, each) for each in schema_statements(member))


def _requirement(member: Member, own: tuple[str, ...]) -> Iterator[Statement]:
    """Yield whether the member is required, and when, where that depends on what else an object around it holds."""
    if member.container is None or isinstance(member.steps[-1], Step):
        return
    requiring = member.requiring()
    around = tuple(part.pointer for part in member.container.holders)
    pointer = min((_required_keyword(each, required) for each, required in requiring.items()), default=(1, around[-1]))[
        1
    ]
    yield Statement("required", member.is_required, pointer, own, around)
    if sum(requiring.values()) == 1 and len(requiring) > 1:
        condition = condition_of(member, requiring)
        if condition is not None:
            yield Statement("condition", condition, pointer, own, around)


def condition_of(member: Member, requiring: dict[Alternative, bool]) -> dict[str, Any] | None:
    """Return {"member": path, "equals": value} of what sets the one alternative that requires the member apart."""
    chosen = next(alternative for alternative, required in requiring.items() if required)
    for name, value in constants(chosen).items():
        others = [constants(each).get(name, ...) for each in requiring if each is not chosen]
        if all(other is not ... and not equal(other, value) for other in others):
            return {"member": write_path((*member.steps[:-1], name)), "equals": value}
    return None


def constants(alternative: Alternative) -> dict[str, Any]:
    """Return the members that have to have one value in an object, and that value."""
    return {
        name: schema["const"]
        for part in alternative
        for name, schema in part.schema.get("properties", {}).items()
        if isinstance(schema, dict) and "const" in schema
    }


def _required_keyword(alternative: Alternative, required: bool) -> tuple[int, str]:  # noqa: FBT001 - as the caller has it
    """Return where an object says what it requires, after 0 if it does, 1 for a list without it, 2 for none."""
    part = next((part for part in alternative if "required" in part.schema), None)
    if part is None:
        return 2, alternative[0].pointer if alternative else ""
    return (0 if required else 1), f"{part.pointer}/required"


def schema_statements(member: Member) -> Iterator[Statement]:
    """Yield what the schemas state of a value by themselves."""
    own = tuple(part.pointer for part in member.holders)
    allowed = list(dict.fromkeys(name for each in member.alternatives for name in types(each)))
    named = sorted(name for name in allowed if name != "null")
    typed = next((part for part in member.holders if "type" in part.schema), None)
    if named and all(types(each) for each in member.alternatives):
        pointer = f"{typed.pointer}/type" if typed else own[-1]
        yield Statement("type", named[0] if len(named) == 1 else named, pointer, own)
    if "null" in allowed:
        yield Statement("nullable", value=True, pointer=own[0], own=own)
    values = enumerated(member)
    if values:
        yield Statement("enum", [value for value, _ in values], values[0][1], own)
    for keyword in LIMITS:
        yield from _limit(member, keyword, own)
    for part in member.holders:
        if part.schema.get("examples"):
            yield Statement("example", part.schema["examples"][0], f"{part.pointer}/examples/0", own)
            break


def enumerated(member: Member) -> list[tuple[Any, str]]:
    """Return the values that enums and consts list, each with the pointer of what lists it; null is none of them."""
    found: list[tuple[Any, str]] = []
    for part in _parts(member):
        keyword = "enum" if "enum" in part.schema else "const"
        values = part.schema.get("enum", [part.schema["const"]] if "const" in part.schema else [])
        for value in values:
            if value is not None and not any(equal(value, other) for other, _ in found):
                found.append((value, f"{part.pointer}/{keyword}"))
    return found


def _limit(member: Member, keyword: str, own: tuple[str, ...]) -> Iterator[Statement]:
    """Yield a limit that holds whichever alternative a value takes; null is not asked."""
    limiting: list[Part] = []
    for alternative in member.alternatives:
        if types(alternative) == ("null",):
            continue
        part = next((part for part in alternative if keyword in part.schema), None)
        if part is None:
            return
        limiting.append(part)
    if limiting and all(equal(part.schema[keyword], limiting[0].schema[keyword]) for part in limiting):
        yield Statement(keyword, limiting[0].schema[keyword], f"{limiting[0].pointer}/{keyword}", own)


def _parts(member: Member) -> Iterator[Part]:
    yield from dict.fromkeys(part for alternative in member.alternatives for part in alternative)
