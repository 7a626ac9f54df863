from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.release.compat.documents import of_operation, parcels

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.wire import wire_changes
from specloom.spec import Document, load

HERE = Path(__file__).parent
CHECKS: dict[str, Mapping[str, Any]] = {
    name: check for checks in load(HERE / "coverage/operations.yaml").data.values() for name, check in checks.items()
}


def document(kind: str, value: Any) -> Document:
    """Return a whole document with one version of what a check is about."""
    if kind == "documents":
        return parcels(value)
    parameters = [] if value is None else [{"name": "depot", "in": "query"} | value]
    operations: dict[str, Any] = {
        "operation": value,
        "parameter": {"parameters": parameters},
        "header": {"responses": {"200": {"headers": {"X-Depot": value}}}},
        "body": {"requestBody": {"content": {"text/plain": {"schema": value}}}},
    }
    return of_operation(operations[kind])


def found(check: Mapping[str, Any]) -> tuple[Change, ...]:
    if "pair" in check:
        folder = HERE / "rules" / check["pair"]
        return wire_changes(load(folder / "base.yaml"), load(folder / "revision.yaml"))
    kind = next(kind for kind in ("documents", "operation", "parameter", "header", "body") if kind in check)
    base, revision = (document(kind, value) for value in check[kind])
    return wire_changes(base, revision)


@pytest.mark.parametrize("name", [name for name, check in CHECKS.items() if "ours" in check])
def test_a_break_that_oasdiff_reports_is_one_of_ours(name: str) -> None:
    breaking = {each.rule for each in found(CHECKS[name]) if each.severity is Severity.BREAKING}

    assert CHECKS[name]["ours"] in breaking


@pytest.mark.parametrize("name", [name for name, check in CHECKS.items() if "ours" not in check])
def test_what_we_do_not_call_a_break_is_none(name: str) -> None:
    assert CHECKS[name]["differs"]
    assert max(each.severity for each in found(CHECKS[name])) < Severity.BREAKING


def test_no_check_is_left_out() -> None:
    assert len(CHECKS) == 75
