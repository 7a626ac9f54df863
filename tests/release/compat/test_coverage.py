from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.wire import wire_changes
from specloom.spec import load
from specloom.spec.reading import parse

HERE = Path(__file__).parent
CHECKS: dict[str, Mapping[str, Any]] = {
    name: check for checks in load(HERE / "coverage/operations.yaml").data.values() for name, check in checks.items()
}
PATH = "/parcels/{number}/hold"


def merged(value: Any, patch: Any) -> Any:
    """Merge as RFC 7396 does."""
    if not (isinstance(value, dict) and isinstance(patch, dict)):
        return patch
    kept = {key: each for key, each in value.items() if patch.get(key, each) is not None}
    return {**kept, **{key: merged(value.get(key), each) for key, each in patch.items() if each is not None}}


def document(kind: str, value: Any) -> Any:
    """Return a whole document with one version of what a check is about."""
    base: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Parcels", "version": "1.0.0"},
        "paths": {PATH: {"post": {"operationId": "holdParcel", "responses": {"200": {"description": "Held."}}}}},
    }
    if kind == "documents":
        return merged(base, value)
    operation = {
        "operation": lambda: value,
        "parameter": lambda: {"parameters": [] if value is None else [{"name": "depot", "in": "query", **value}]},
        "header": lambda: {"responses": {"200": {"headers": {"X-Depot": value}}}},
        "body": lambda: {"requestBody": {"content": {"text/plain": {"schema": value}}}},
    }[kind]()
    return merged(base, {"paths": {PATH: {"post": operation}}})


def found(check: Mapping[str, Any]) -> tuple[Change, ...]:
    if "pair" in check:
        folder = HERE / "rules" / check["pair"]
        return wire_changes(load(folder / "base.yaml"), load(folder / "revision.yaml"))
    kind = next(kind for kind in ("documents", "operation", "parameter", "header", "body") if kind in check)
    base, revision = (parse(json.dumps(document(kind, value)), Path("spec.yaml")) for value in check[kind])
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
