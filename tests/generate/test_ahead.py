"""The models of a large spec are made in another process, and nobody can tell but by the clock."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from specloom.generate import ahead, generate, working
from specloom.generate.ahead import made_ahead
from specloom.generate.building import build
from specloom.generate.finishing import finished_models
from specloom.generate.models import Models
from specloom.generate.naming import names_of
from specloom.generate.preparing import prepare
from specloom.spec import SpecloomError, load_api

Write = Callable[..., Path]
Tree = Callable[[Path], dict[str, bytes]]

HERE = os.getpid()
LINUX = sys.platform == "linux"


@pytest.fixture
def makers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], list[bool]]:
    """Say of each time that models were made whether that was here."""
    noted = tmp_path / "made"
    noted.touch()

    def note(*given: Any) -> Models:
        with noted.open("a") as file:
            file.write(f"{os.getpid()}\n")
        return finished_models(*given)

    monkeypatch.setattr(ahead, "finished_models", note)
    return lambda: [int(line) == HERE for line in noted.read_text().splitlines()]


def test_the_package_is_the_same(write: Write, tmp_path: Path, tree: Tree, makers: Callable[[], list[bool]]) -> None:
    spec = write("pets")
    build(spec, tmp_path / "alone", {})
    assert makers() == []
    build(spec, tmp_path / "helped", {}, spare=True)
    assert makers() == [not LINUX]
    assert tree(tmp_path / "alone") == tree(tmp_path / "helped")
    assert multiprocessing.active_children() == []


def test_ctrl_c_is_for_the_process_that_waits(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = tmp_path / "blocked"

    def note(*given: Any) -> Models:
        noted.write_text(str(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])))
        return finished_models(*given)

    monkeypatch.setattr(ahead, "finished_models", note)
    build(write("pets"), tmp_path / "helped", {}, spare=True)
    assert noted.read_text() == str(LINUX)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_nothing_to_build_is_built() -> None:
    done: list[object] = []
    working.work([], lambda *given: done.append(given), jobs=2)
    assert done == []


def _die(*given: Any) -> None:
    os._exit(9 if given else 0)


def _fail(*given: Any) -> Models:
    if os.getpid() != HERE:
        raise RecursionError(given)
    return finished_models(*given)


@pytest.mark.parametrize(("name", "happens"), [("_send", _die), ("finished_models", _fail)])
def test_models_that_the_other_process_cannot_make_are_made_here(
    write: Write, tmp_path: Path, tree: Tree, monkeypatch: pytest.MonkeyPatch, name: str, happens: Any
) -> None:
    spec = write("pets")
    build(spec, tmp_path / "alone", {})
    monkeypatch.setattr(ahead, name, happens)
    build(spec, tmp_path / "helped", {}, spare=True)
    assert tree(tmp_path / "alone") == tree(tmp_path / "helped")


def test_models_are_made_again_when_the_client_leaves_an_operation_out(write: Write) -> None:
    spec = write("pets", lambda document: document.update({"x-foreign": True}))
    api, names = prepare(load_api(spec)).api, names_of(spec)
    less = attrs.evolve(api, operations=())
    for each in (api, less):
        with made_ahead(api, names) as made:
            assert made.models(each) == finished_models(each, names)
    assert finished_models(api, names) != finished_models(less, names)


def test_the_other_process_ends_with_what_failed_here(write: Write) -> None:
    spec = write("pets")

    def fail() -> None:
        with made_ahead(load_api(spec), names_of(spec)):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert multiprocessing.active_children() == []


@pytest.fixture
def _each_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "LARGE", 0)


@pytest.mark.usefixtures("_each_is_large")
def test_generating_one_large_spec_gives_the_same_package(write: Write, tmp_path: Path, tree: Tree) -> None:
    spec = write("pets")
    generate([spec], tmp_path / "alone", jobs=1)
    generate([spec], tmp_path / "helped", jobs=2)
    assert tree(tmp_path / "alone") == tree(tmp_path / "helped")


@pytest.mark.usefixtures("_each_is_large")
def test_a_large_spec_that_is_wrong_is_told(write: Write, output: Path) -> None:
    spec = write("pets", lambda document: document["components"]["schemas"]["Kind"].update({"$ref": "#/nowhere"}))
    with pytest.raises(SpecloomError, match="nowhere"):
        generate([spec], output, jobs=2)
    assert not output.exists()
