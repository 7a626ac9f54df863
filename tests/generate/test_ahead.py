"""The models of a large spec are made in another process, and nobody can tell but by the clock."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from specloom.generate import ahead, generate, working
from specloom.generate.ahead import Ahead, made_ahead
from specloom.generate.models import Models, make_models
from specloom.generate.naming import names_of
from specloom.generate.preparing import prepare
from specloom.spec import SpecloomError, load_api

Write = Callable[..., Path]
Tree = Callable[[Path], dict[str, bytes]]


@pytest.fixture(autouse=True)
def _each_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "LARGE", 0)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Models | None]:
    """Keep what the other process had made, or None, each time that models are asked for."""
    found: list[Models | None] = []
    models = Ahead.models

    def note(self: Ahead, *given: Any) -> Models | None:
        found.append(models(self, *given))
        return found[-1]

    monkeypatch.setattr(Ahead, "models", note)
    return found


def test_the_package_is_the_same(write: Write, tmp_path: Path, tree: Tree, asked: list[Models | None]) -> None:
    spec = write("pets")
    generate([spec], tmp_path / "alone", jobs=1)
    assert asked == []
    generate([spec], tmp_path / "helped", jobs=2)
    assert [bool(each) for each in asked] == [True]
    assert tree(tmp_path / "alone") == tree(tmp_path / "helped")
    assert multiprocessing.active_children() == []


def test_a_small_spec_gets_no_other_process(
    write: Write, output: Path, asked: list[Models | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    spec = write("pets")
    assert spec.stat().st_size < working.LARGE
    generate([spec], output, jobs=2)
    assert (asked, (output / "pets").is_dir()) == ([], True)


def _die(spec: Path) -> None:
    os._exit(spec is not None)


def _fail(spec: Path) -> None:
    raise RecursionError(spec)


@pytest.mark.parametrize("happens", [_die, _fail])
def test_models_that_the_other_process_cannot_make_are_made_here(
    write: Write,
    tmp_path: Path,
    tree: Tree,
    asked: list[Models | None],
    monkeypatch: pytest.MonkeyPatch,
    happens: Callable[[Path], None],
) -> None:
    spec = write("pets")
    generate([spec], tmp_path / "alone", jobs=1)
    monkeypatch.setattr(ahead, "_make", happens)
    generate([spec], tmp_path / "helped", jobs=2)
    assert asked == [None]
    assert tree(tmp_path / "alone") == tree(tmp_path / "helped")


def test_models_are_made_again_when_the_client_leaves_an_operation_out(write: Write) -> None:
    spec = write("pets", lambda document: document.update({"x-foreign": True}))
    api = prepare(load_api(spec)).api
    with made_ahead(spec) as made:
        assert made.models(api) == make_models(api, names_of(spec))
        assert made.models(attrs.evolve(api, operations=())) is None


def test_a_spec_that_is_wrong_is_told_once_and_leaves_no_process(write: Write, output: Path) -> None:
    spec = write("pets", lambda document: document["components"]["schemas"]["Kind"].update({"$ref": "#/nowhere"}))
    with pytest.raises(SpecloomError, match="nowhere"):
        generate([spec], output, jobs=2)
    assert not output.exists()
    assert multiprocessing.active_children() == []
