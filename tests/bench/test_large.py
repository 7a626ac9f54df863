"""The large spec that figures are taken with is valid, of one size, and the same each time; so are copies of specs."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.generating import copies
from bench.large import OPERATIONS, large_spec
from specloom.spec import load_api
from specloom.spec.loading import read_api
from specloom.spec.reading import parse
from specloom.spec.validity import findings


def test_the_large_spec_is_valid_and_of_the_size_that_is_promised() -> None:
    text = large_spec()
    document = parse(text, Path("large/openapi.yaml"))
    assert list(findings(document)) == []
    assert len(read_api(document, "large").operations) == OPERATIONS
    assert 1_350_000 < len(text) < 1_450_000


def test_the_large_spec_is_the_same_for_a_seed() -> None:
    assert large_spec() == large_spec()
    assert large_spec(1) != large_spec()


def test_copies_are_specs_of_other_names(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    specs = copies(tmp_path, 6)
    assert len({load_api(spec).name for spec in specs}) == len(specs)
