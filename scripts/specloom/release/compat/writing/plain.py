"""Write a verdict as JSON values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from specloom.release.compat.change import Change
from specloom.release.compat.verdict import Verdict
from specloom.release.compat.writing.grouping import Group, grouped
from specloom.spec import Place


def plain(verdict: Verdict) -> dict[str, Any]:
    """Return `verdict` as JSON values; `client` is null when there is no client verdict, and `problem` says why.

    What has one cause is one finding, which lists the operations and the parts of them where it shows: a schema that
    hundreds of operations share would else be told hundreds of times.
    """
    return {
        "severity": verdict.severity.label,
        "bump": verdict.bump,
        "wire": _findings(verdict.wire),
        "client": None if verdict.client is None else _findings(verdict.client),
        "problem": None if verdict.problem is None else str(verdict.problem),
    }


def _findings(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [_finding(each) for each in grouped(changes)]


def _finding(group: Group) -> dict[str, Any]:
    change = group.change
    return {
        "rule": change.rule,
        "severity": change.severity.label,
        "side": change.side.value,
        "message": change.message,
        "why": change.why,
        "remedy": change.remedy,
        "base": _place(change.base),
        "revision": _place(change.revision),
        "occurrences": [{"operation": each.operation, "where": each.where} for each in group.changes],
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"file": str(place.path), "line": place.line, "pointer": place.pointer}
