"""Write a verdict as Markdown, for the description of a pull request or a comment on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.verdict import Verdict
from specloom.release.compat.writing.grouping import Group, grouped, sentence, summary

_TITLES: Final = {Severity.BREAKING: "Breaking", Severity.ADDITIVE: "Additive", Severity.NONE: "Without effect"}
_BUMPS: Final = {
    "major": "a major version",
    "minor": "a minor version",
    "patch": "a patch version",
    None: "no new version: nothing changed",
}
# What Markdown or HTML would read as markup.
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>|#~])")


def markdown(verdict: Verdict, api: str = "") -> str:
    """Return `verdict` as GitHub Flavored Markdown; `api` names the API in its title."""
    return "\n".join(_lines(verdict, api)) + "\n"


def _lines(verdict: Verdict, api: str) -> Iterator[str]:
    client = "not judged" if verdict.client is None else summary(verdict.client)
    yield f"## Compatibility{f' of {_text(api)}' if api else ''}"
    yield ""
    yield "| on the wire | in the client package | asks for |"
    yield "|---|---|---|"
    yield f"| {summary(verdict.wire)} | {client} | {_BUMPS[verdict.bump]} |"
    if verdict.problem is not None:
        yield ""
        place = str(verdict.problem.place)
        yield f"There is no client verdict: {_text(verdict.problem.message)}{f' ({_code(place)})' if place else ''}."
    yield from _findings("On the wire", verdict.wire)
    yield from _findings("In the client package", verdict.client or ())


def _findings(title: str, changes: Iterable[Change]) -> Iterator[str]:
    groups = grouped(changes)
    for severity in sorted(Severity, reverse=True):
        of_severity = [group for group in groups if group.change.severity is severity]
        if not of_severity:
            continue
        yield ""
        yield f"### {title}: {_TITLES[severity].lower()}"
        yield ""
        for group in of_severity:
            yield from _group(group)


def _group(group: Group) -> Iterator[str]:
    change = group.change
    operations = f" in {', '.join(map(_code, group.operations))}" if group.operations else ""
    yield f"- **{_text(change.where)}: {_text(change.message)}**{operations} ({_code(change.rule)})"
    if change.why:
        yield f"  - why: {_text(sentence(change.why))}"
    if change.remedy:
        yield f"  - how to avoid it: {_remedy(sentence(change.remedy))}"
    for name, place in (("before", change.base), ("after", change.revision)):
        if place is not None:
            yield f"  - {name}: {_code(str(place))}"


def _remedy(text: str) -> str:
    """Escape a remedy of ours, in which backquotes mark code already."""
    return "`".join(part if index % 2 else _text(part) for index, part in enumerate(text.split("`")))


def _text(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _code(text: str) -> str:
    """Return text as code, between more backquotes than it has in a row."""
    text = " ".join(text.split())
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{padding}{text}{padding}{fence}"
