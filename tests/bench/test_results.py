"""Figures are kept as they come: one that fails costs no other, and one that is measured again replaces its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from bench import __main__ as command
from bench.figure import Figure, Sample
from bench.results import Result, Results, report

ONE = Figure("wheel", "one", "kB", Sample((70.0,)), "stock", Sample((20.0,)), limit=60.0)
TWO = Figure("rate", "two", "/s", Sample((7.0, 8.0)), "Prism", peer_missing="there is no Node", reach=3.0)


def _result(name: str, *figures: Figure, missing: str = "") -> Result:
    return Result(name, figures, missing, "2026-01-02 03:04 (load 0)", "2026-01-02 03:05 (load 1)", "abc")


def test_results_are_kept_and_replaced_by_name(tmp_path: Path) -> None:
    order = ["first", "second"]
    Results(tmp_path / "new").put(_result("second", TWO), ["a machine"], order)
    Results(tmp_path / "new").put(_result("first", ONE), ["a machine"], order)
    again = attrs.evolve(TWO, sample=Sample((9.0,)))
    Results(tmp_path / "new").put(_result("second", again), ["a machine"], order)
    kept = [Result.from_json(each) for each in json.loads((tmp_path / "new" / "figures.json").read_text("utf-8"))]
    assert kept == [_result("first", ONE), _result("second", again)]
    assert (tmp_path / "new" / "figures.md").read_text("utf-8") == report(kept, ["a machine"])


def test_a_figure_that_is_none_any_more_is_left_out(tmp_path: Path) -> None:
    Results(tmp_path).put(_result("old", ONE), [], ["old"])
    Results(tmp_path).put(_result("new", TWO), [], ["new"])
    assert [each["name"] for each in json.loads((tmp_path / "figures.json").read_text("utf-8"))] == ["new"]


@pytest.mark.parametrize("content", ["", "[1]", '{"name": 1}', '[{"colour": 2}]'])
def test_a_file_of_another_version_is_an_empty_one(content: str, tmp_path: Path) -> None:
    (tmp_path / "figures.json").write_text(content, "utf-8")
    Results(tmp_path).put(_result("first", ONE), [], ["first"])
    assert len(json.loads((tmp_path / "figures.json").read_text("utf-8"))) == 1


def test_what_is_missing_is_said_and_never_a_zero() -> None:
    text = report([_result("rates", TWO), _result("other", missing="wrk is not there")], ["a machine"])
    assert "| rate: two | 7.5 /s (7.2 to 7.8) | Prism | missing (there is no Node) |  | ≥ 3 times Prism |  |" in text
    assert "| other | missing (wrk is not there) |  |  |  |  | **MISSING** |" in text
    assert "0 of 1 figures miss their target; 1 could not be measured in full." in text
    assert "- rates: from 2026-01-02 03:04 (load 0) to 2026-01-02 03:05 (load 1), commit abc" in text


def _good(folder: Path, quick: bool) -> Iterator[Figure]:
    assert not folder.exists()
    del quick
    yield ONE


def _bad(_: Path, quick: bool) -> Iterator[Figure]:
    del quick
    yield TWO
    raise ZeroDivisionError("a fault")


@pytest.fixture
def _figures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "FIGURES", {"bad": _bad, "good": _good})


@pytest.mark.usefixtures("_figures")
def test_a_figure_that_fails_costs_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 1
    shown = capsys.readouterr()
    assert "bad could not be measured: a fault" in shown.err
    assert shown.out == (tmp_path / ".cache/bench/figures.md").read_text("utf-8")
    assert [line.split(" | ")[0] for line in shown.out.splitlines() if line.startswith("| ")][2:] == [
        "| rate: two",
        "| wheel: one",
        "| bad",
    ]


@pytest.mark.usefixtures("_figures")
def test_one_figure_is_measured_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 1
    capsys.readouterr()
    assert command.main(["good"]) == 0
    assert "bad" not in capsys.readouterr().out
    kept = json.loads((tmp_path / ".cache/bench/figures.json").read_text("utf-8"))
    assert [each["name"] for each in kept] == ["bad", "good"]


@pytest.mark.usefixtures("_figures")
def test_a_quick_look_is_not_kept(tmp_path: Path) -> None:
    assert command.main(["good", "--quick"]) == 0
    assert not (tmp_path / ".cache").exists()
