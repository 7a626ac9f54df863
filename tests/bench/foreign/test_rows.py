"""Rows are kept as they come, resumed, and told as a table."""

from __future__ import annotations

import json
from pathlib import Path

import attrs

from bench.foreign.report import lost_alone, report
from bench.foreign.row import Row
from bench.foreign.store import Store

OURS = Row(
    name="pets",
    tool="specloom",
    made_of="1",
    size=1.5,
    version="3.0.3",
    operations=("GET /pets", "POST /pets"),
    kept=("GET /pets",),
    lost=("POST /pets: a reason",),
    type_errors=0,
    import_errors=0,
    asked=2,
    answered=1,
    seconds=1.25,
    processor_seconds=1.0,
    peak=80.0,
    changes=0,
)
OTHER = attrs.evolve(
    OURS, tool="other", kept=("GET /pets", "POST /pets"), lost=(), type_errors=None, asked=None, changes=None
)


def test_a_row_is_kept_and_found_again(tmp_path: Path) -> None:
    Store(tmp_path / "new" / "rows.json").put(OURS)
    store = Store(tmp_path / "new" / "rows.json")
    store.put(OTHER)
    assert store.get("pets", "specloom") == OURS
    assert Store(tmp_path / "new" / "rows.json").rows == [OTHER, OURS]


def test_rows_of_another_version_are_none(tmp_path: Path) -> None:
    (tmp_path / "rows.json").write_text(json.dumps([{"colour": "blue"}]), "utf-8")
    assert Store(tmp_path / "rows.json").rows == []


def test_what_another_tool_keeps_is_told() -> None:
    assert lost_alone(OURS, [OURS, OTHER]) == ["POST /pets"]
    assert lost_alone(OTHER, [OURS, OTHER]) == []
    assert lost_alone(OURS, [OURS, attrs.evolve(OTHER, name="dogs")]) == []


def test_the_table_has_a_row_for_each_and_never_a_zero_for_what_is_not_known() -> None:
    lines = report([OURS, OTHER], ["a machine"]).splitlines()
    assert lines[:3] == ["## Foreign specs", "", "- a machine"]
    assert "| pets | 2 | 3.0.3 | 2 | specloom | **1** | 1 |  | 0 | 0 | 1 of 2 |  | 0 | 1.2 | 1.0 | 80.0 |" in lines
    assert "| pets | 2 | 3.0.3 | 2 | other | 2 | 0 |  | not known | 0 |  |  |  | 1.2 | 1.0 | 80.0 |" in lines
    assert any(line.startswith("- specloom: 1 of 2 operations of 1 specs, 1 lost that another keeps") for line in lines)
    assert "- pets, specloom: POST /pets: a reason" in lines
