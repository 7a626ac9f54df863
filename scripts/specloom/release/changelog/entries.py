"""Turn the changes of a release into items of a changelog."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from specloom.release.changelog.reading import GROUPS, Section
from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.writing.grouping import sentence
from specloom.spec import Api

_LED_BY_GROUP: Final = re.compile(rf"(?P<group>{'|'.join(GROUPS)}):\s*(?P<text>.+)", re.DOTALL)
_OPERATION: Final = re.compile(r"[A-Z]+ /.*")
_NOTHING: Final = "Only words of the documentation; what is sent, received and imported stays."


def first_entries(api: Api) -> dict[str, list[str]]:
    """Return the items of the first release: what the package can do."""
    return {"Added": [f"`{each.label}`: {sentence(each.summary.strip())}" for each in api.operations]}


def change_entries(changes: Iterable[Change], unreleased: Section | None) -> dict[str, list[str]]:
    """Return the items for what changed, the breaking ones first and marked with the rules that they break.

    What the author has announced already in the section of what is not released yet is not told again.
    """
    entries: dict[str, list[str]] = {}
    for change in sorted(_told(list(changes)), key=lambda each: -each.severity):
        if not is_acknowledged(change, unreleased):
            entries.setdefault(_group(change), []).append(change_entry(change))
    return entries


def change_entry(change: Change) -> str:
    """Return the item for a change, which announces it where it breaks: `**Breaking** (`rule`): …`."""
    mark = f"**Breaking** (`{change.rule}`): " if change.severity is Severity.BREAKING else ""
    place = ", ".join(_place(change))
    said = sentence(change.message.strip())
    why = f" {sentence(change.why.strip())}" if change.why and mark else ""
    return " ".join(f"{mark}{place}{': ' if place else ''}{said}{why}".split())


def line_entries(line: str) -> dict[str, list[str]]:
    """Return the item for a line of the author; `Fixed: …` says what kind of change it is, otherwise it is Changed."""
    text = " ".join(line.split())
    if not text:
        return {}
    led = _LED_BY_GROUP.fullmatch(text)
    return {led["group"]: [led["text"]]} if led else {"Changed": [text]}


def merged(*parts: Mapping[str, Sequence[str]], unreleased: Section | None) -> dict[str, list[str]]:
    """Return the items of all `parts` by kind of change; one that says so when there is nothing to tell."""
    entries: dict[str, list[str]] = {}
    for part in parts:
        for group, items in part.items():
            entries.setdefault(group, []).extend(item for item in items if item not in entries.get(group, ()))
    return entries if entries or (unreleased is not None and unreleased.groups) else {"Changed": [_NOTHING]}


def is_acknowledged(change: Change, unreleased: Section | None) -> bool:
    """Return whether an item of what is not released yet announces `change`.

    It does when it has the id of the rule as code. If it has operations as code too, it speaks of these, and of what
    belongs to no operation.
    """
    return any(_announces(item.codes, change) for item in ([] if unreleased is None else unreleased.items))


def _announces(codes: frozenset[str], change: Change) -> bool:
    operations = {code for code in codes if _OPERATION.fullmatch(code)}
    return change.rule in codes and (not operations or change.operation in {None, *operations})


def _told(changes: Sequence[Change]) -> Iterator[Change]:
    """Yield what is worth telling: what the package gains by what is new on the wire is told by that."""
    on_wire = any(each.side is not Side.CLIENT and each.severity > Severity.NONE for each in changes)
    for change in changes:
        least = Severity.ADDITIVE if on_wire and change.side is Side.CLIENT else Severity.NONE
        if change.severity > least:
            yield change


def _group(change: Change) -> str:
    if change.revision is None or change.rule.endswith("-removed"):
        return "Removed"
    if change.rule.endswith("deprecated") and not change.rule.startswith("no-longer"):
        return "Deprecated"
    return "Added" if change.base is None or change.rule.endswith("-added") else "Changed"


def _place(change: Change) -> Iterator[str]:
    if change.operation:
        yield f"`{change.operation}`"
    if change.where and change.where not in change.message:
        yield f"`{change.where}`" if change.side is Side.CLIENT else change.where
