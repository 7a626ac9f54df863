"""Each figure can be measured, a few times and on little."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import campaigns, comparing, paging
from bench.machine import commit, programs


@pytest.fixture
def _one_api(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "ppl").symlink_to(root / "specs" / "ppl")
    monkeypatch.setenv("SPECLOOM_SPECS", str(tmp_path / "specs"))


def test_a_large_page_is_read(tmp_path: Path) -> None:
    found = list(paging.measure(tmp_path / "new", 0.02))
    assert [(each.what, each.unit) for each in found] == [
        ("reading 0.02 MB of txt", "s"),
        ("reading 0.02 MB of txt, memory", "MB"),
        ("reading 0.02 MB of html", "s"),
        ("reading 0.02 MB of html, memory", "MB"),
    ]
    assert all(each.sample.median > 0 for each in found)


@pytest.mark.usefixtures("_one_api")
def test_specs_are_held_against_their_pages() -> None:
    (found,) = paging.check(2)
    assert (found.unit, len(found.sample.values)) == ("s", 2)


@pytest.mark.usefixtures("_one_api")
def test_verdicts_are_measured_beside_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    wire, both = comparing.measure(tmp_path / "new", 1)
    assert (wire.what, both.what) == ("ppl: wire verdict", "ppl: wire and client verdict")
    assert (wire.peer, wire.peer_missing[:20]) == (None, "there is no oasdiff,")


@pytest.mark.usefixtures("_one_api")
def test_campaigns_are_counted(tmp_path: Path) -> None:
    alarms, rate = campaigns.measure(tmp_path, 1)
    assert alarms.what.endswith(" cases of 1 campaigns")
    assert (alarms.sample.values, alarms.meets_target) == ((0.0,), True)
    assert (rate.what, rate.unit) == ("ppl: cases", "/s")


def test_programs_that_are_not_there_are_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert programs() == "node missing, npm missing, java missing, wrk missing"
    assert commit() == "unknown"
