"""The figures say what was measured, beside what, and which targets are missed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.figure import Figure, Sample, missed
from bench.table import table


@pytest.mark.parametrize(
    ("figure", "target", "meets"),
    [
        (Figure("a", "b", "kB", Sample((60.0,)), limit=60.0), "≤ 60 kB", True),
        (Figure("a", "b", "kB", Sample((60.1,)), limit=60.0), "≤ 60 kB", False),
        (Figure("a", "b", "s", Sample((1.0, 5.0, 2.0)), "c", Sample((4.0,)), times=0.5), "≤ 0.5 times c", True),
        (Figure("a", "b", "s", Sample((3.0,)), "c", Sample((4.0,)), times=0.5), "≤ 0.5 times c", False),
        (Figure("a", "b", "/s", Sample((8.0,)), "c", Sample((4.0,)), reach=2.0), "≥ 2 times c", True),
        (Figure("a", "b", "/s", Sample((7.0,)), "c", Sample((4.0,)), reach=2.0), "≥ 2 times c", False),
        (Figure("a", "b", "s", Sample((3.0,)), "c", Sample((4.0,))), "", None),
        (Figure("a", "b", "", Sample((0.0,)), limit=0.0), "≤ 0", True),
        (Figure("a", "b", "/s", Sample((7.0,)), "c", reach=2.0, peer_missing="it is not there"), "≥ 2 times c", None),
    ],
)
def test_a_target_is_met_by_the_median(figure: Figure, target: str, meets: object) -> None:
    assert (figure.target, figure.meets_target) == (target, meets)
    assert missed([figure]) == ([figure] if meets is False else [])
    written = json.loads(json.dumps(figure.as_json()))
    assert written["meets_target"] is meets
    assert Figure.from_json(written) == figure


def test_a_table_has_a_row_for_each_figure() -> None:
    figures = [
        Figure("wheel", "one", "kB", Sample((70.0,)), "stock", Sample((20.0,)), limit=60.0),
        Figure("import", "one", "ms", Sample((1.0, 2.0, 3.0)), "stock", Sample((4.0, 4.0)), times=1.1),
    ]
    lines = table(figures, ["a machine"]).splitlines()
    assert lines[:3] == ["## Figures", "", "- a machine"]
    assert lines[-2] == "| wheel: one | 70.0 kB | stock | 20.0 kB | 3.50 | ≤ 60 kB | **MISSED** |"
    assert lines[-1] == (
        "| import: one | 2.0 ms (1.5 to 2.5) | stock | 4.0 ms (4.0 to 4.0) | 0.50 | ≤ 1.1 times stock | met |"
    )


def _bench(root: Path, *line: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(root / "scripts")}
    command = [sys.executable, "-m", "bench", *line]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_each_package_is_measured_beside_the_stock_client(root: Path) -> None:
    done = _bench(root, "wheels", "overhead", "--quick", "--json")
    assert done.returncode == 0
    figures = json.loads(done.stdout)["figures"]
    apis = sorted(path.parent.name for path in root.glob("specs/*/openapi.yaml"))
    assert [each["what"] for each in figures] == [*apis, *apis]
    assert all(each["median"] > 0 and each["peer_median"] > 0 for each in figures if each["group"] == "wheel")
    assert [each["what"] for each in figures[len(apis) :] if each["limit"]] == ["ppl"]


def test_a_figure_that_is_none_is_said_so(root: Path) -> None:
    done = _bench(root, "colour")
    assert done.returncode == 2
    assert "there is no figure colour; there are overhead" in done.stderr
