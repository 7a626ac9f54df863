"""A directory of specs is made alike each time, generated here and on a cluster, and told as a table."""

from __future__ import annotations

import statistics
from pathlib import Path

import attrs
import pytest
import yaml

from bench.directory import command
from bench.directory.documents import make_spec, operations_of, sizes
from bench.directory.measuring import Taken, generate
from bench.directory.report import limits, scaling
from specloom.spec import load_api

RUN = Taken("all", 100, 0, 500, 50.0, 2.0, 90.0, 300.0, 40.0, 120.0, 90.0, ("one", 3.0))


def test_sizes_are_spread_as_in_a_directory() -> None:
    found = sorted(sizes(command.COUNT))
    assert statistics.median(found) == 5
    assert found[0] == 1
    assert sum(each > 100 for each in found) > 20
    assert 400 < found[-1] <= 800


@pytest.mark.parametrize("index", range(8))
def test_a_spec_is_the_same_each_time_and_can_be_loaded(index: int, tmp_path: Path) -> None:
    spec = make_spec(index)
    assert spec == make_spec(index) != make_spec(index, seed=1)
    path = tmp_path / spec.name / "openapi.yaml"
    path.parent.mkdir()
    path.write_text(yaml.dump(spec.data, Dumper=yaml.CSafeDumper, sort_keys=False), "utf-8")
    assert len(load_api(path).operations) == spec.operations == operations_of(index)


def test_what_is_there_is_not_written_again(tmp_path: Path) -> None:
    size = command.write_specs(tmp_path / "all", 3, 0)
    before = [path.stat().st_ino for path in sorted(tmp_path.rglob("openapi.yaml"))]
    assert (command.write_specs(tmp_path / "all", 3, 0), len(before)) == (size, 3)
    assert [path.stat().st_ino for path in sorted(tmp_path.rglob("openapi.yaml"))] == before


def test_a_directory_is_measured_here_and_on_a_cluster(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "FOLDER", tmp_path)
    monkeypatch.setattr("bench.directory.documents.MOST_OPERATIONS", 2)
    assert command.main(["--count", "2", "--on-clusters", "1", "--workers", "1"]) == 0
    shown = capsys.readouterr().out
    assert shown == (tmp_path / "directory.md").read_text("utf-8")
    rows = [line.split(" | ") for line in shown.splitlines() if line.startswith("| ")]
    assert [row[0] for row in rows[2:]] == [
        "| here, all from nothing",
        "| here, nothing changed",
        "| here, the part for the clusters",
        "| Dask, workers: 1",
    ]
    assert [row[1:3] for row in rows[2:]] == [["2", "0"], ["2", "0"], ["1", "0"], ["1", "0"]]
    assert "- 1 worker: " in shown


def test_a_spec_that_fails_is_counted(tmp_path: Path) -> None:
    command.write_specs(tmp_path, 1, 5)
    (tmp_path / "specs" / "broken").mkdir()
    (tmp_path / "specs" / "broken" / "openapi.yaml").write_text("openapi: [\n", "utf-8")
    taken = generate(tmp_path, "both", "--jobs", "1")
    assert (taken.specs, taken.failed) == (1, 1)
    assert taken.own_peak > 20


def test_workers_beyond_the_cores_are_said_so() -> None:
    two = attrs.evolve(RUN, seconds=25.0)
    lines = list(scaling([(1, RUN), (2, two), (4, two)], 2))
    assert "2 workers: 25.0 s, 2.00 times as fast as one, efficiency 1.00" in lines[1]
    assert "there are 2 cores, so no more than 2 can work at once" in lines[2]


def test_the_limit_that_comes_first_is_named_first() -> None:
    small = attrs.evolve(RUN, specs=50, own_peak=35.0)
    workers, memory, *_ = limits(small, RUN, [(1, RUN)], 0.1)
    assert workers.index("on 30 workers") < workers.index("can feed 45 workers")
    assert "grew by 100 kB a spec: 4000 MB at 40,000 specs" in memory
