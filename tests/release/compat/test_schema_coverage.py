from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.release.compat.documents import of_operation

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.wire import wire_changes
from specloom.spec import Document, load

HERE = Path(__file__).parent
SIDES = load(HERE / "coverage/schema.yaml").data
CHECKS: dict[str, Mapping[str, Any]] = {
    name: {**check, "side": side} for side, checks in SIDES.items() for name, check in checks.items()
}


def document(side: str, schema: Any) -> Document:
    """Return a whole document with a schema in the body of a request or a response."""
    body = {"content": {"application/json": {"schema": schema}}}
    return of_operation({"requestBody": body} if side == "request" else {"responses": {"200": body}})


def found(check: Mapping[str, Any]) -> tuple[Change, ...]:
    if "pair" in check:
        folder = HERE / "rules" / check["pair"]
        return wire_changes(load(folder / "base.yaml"), load(folder / "revision.yaml"))
    schemas = check.get("body") or [{"type": "object", "properties": {"value": schema}} for schema in check["property"]]
    base, revision = (document(check["side"], schema) for schema in schemas)
    return wire_changes(base, revision)


@pytest.mark.parametrize("name", [name for name, check in CHECKS.items() if "ours" in check])
def test_a_break_that_oasdiff_reports_is_one_of_ours(name: str) -> None:
    breaking = {each.rule for each in found(CHECKS[name]) if each.severity is Severity.BREAKING}

    assert breaking == {CHECKS[name]["ours"]}


@pytest.mark.parametrize("name", [name for name, check in CHECKS.items() if "ours" not in check])
def test_what_we_do_not_call_a_break_is_none(name: str) -> None:
    assert CHECKS[name]["differs"]
    assert all(each.severity < Severity.BREAKING for each in found(CHECKS[name]))


def test_no_check_is_left_out() -> None:
    assert len(CHECKS) == 168
