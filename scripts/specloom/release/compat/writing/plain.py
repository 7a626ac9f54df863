"""Write a verdict as JSON values."""

from __future__ import annotations

from typing import Any

from specloom.release.compat.change import Change
from specloom.release.compat.verdict import Verdict
from specloom.spec import Place


def plain(verdict: Verdict) -> dict[str, Any]:
    """Return `verdict` as JSON values; `client` is null when there is no client verdict, and `problem` says why."""
    return {
        "severity": verdict.severity.label,
        "bump": verdict.bump,
        "wire": [_change(each) for each in verdict.wire],
        "client": None if verdict.client is None else [_change(each) for each in verdict.client],
        "problem": None if verdict.problem is None else str(verdict.problem),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "rule": change.rule,
        "severity": change.severity.label,
        "side": change.side.value,
        "operation": change.operation,
        "where": change.where,
        "message": change.message,
        "why": change.why,
        "remedy": change.remedy,
        "base": _place(change.base),
        "revision": _place(change.revision),
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"file": str(place.path), "line": place.line, "pointer": place.pointer}
