"""What our campaign misses is measured beside what plain schemathesis misses, on the same mutants."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import proof


def test_both_are_measured_on_the_same_mutants(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "ppl").symlink_to(root / "specs" / "ppl")
    monkeypatch.setenv("SPECLOOM_SPECS", str(tmp_path))
    missed, seconds = proof.measure(sample=2, jobs=1)
    assert missed.what == "ppl: of 2 mutants missed"
    assert missed.sample.values == (0.0,)
    assert missed.peer is not None
    assert set(missed.peer.values) <= {0.0, 50.0, 100.0}
    assert (seconds.unit, seconds.limit) == ("s", 10)
