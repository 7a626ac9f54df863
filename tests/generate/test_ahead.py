"""The models of a large spec are made in another process, and nobody can tell but by the clock."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from specloom.generate import building, finishing, generate, working
from specloom.generate.ahead import Ahead, working_ahead
from specloom.generate.building import build
from specloom.generate.client import make_client
from specloom.generate.finishing import finished_schemas
from specloom.generate.naming import names_of
from specloom.generate.preparing import for_models, prepare
from specloom.spec import SpecloomError, load_api

Write = Callable[..., Path]
Tree = Callable[[Path], dict[str, bytes]]
Make = Callable[..., str]

HERE = os.getpid()
LINUX = sys.platform == "linux"


def _helped(spec: Path, folder: Path) -> None:
    with working_ahead() as ahead:
        build(spec, folder, {}, ahead)


def _let(monkeypatch: pytest.MonkeyPatch, make: Make) -> None:
    """Let models be made by `make`, wherever that is."""
    monkeypatch.setattr(building, "finished_schemas", make)
    monkeypatch.setattr(finishing, "finished_schemas", make)


@pytest.fixture
def makers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], list[bool]]:
    """Say of each time that models were made whether that was here."""
    noted = tmp_path / "made"
    noted.touch()

    def note(*given: Any) -> str:
        with noted.open("a") as file:
            file.write(f"{os.getpid()}\n")
        return finished_schemas(*given)

    _let(monkeypatch, note)
    return lambda: [int(line) == HERE for line in noted.read_text().splitlines()]


def test_the_package_is_the_same(write: Write, tmp_path: Path, tree: Tree, makers: Callable[[], list[bool]]) -> None:
    spec = write("pets")
    build(spec, tmp_path / "alone", {})
    assert makers() == []
    _helped(spec, tmp_path / "helped")
    assert makers() == [not LINUX]
    assert tree(tmp_path / "alone") == tree(tmp_path / "helped")
    assert multiprocessing.active_children() == []


def test_ctrl_c_is_for_the_process_that_waits(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = tmp_path / "blocked"

    def note(*given: Any) -> str:
        noted.write_text(str(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])))
        return finished_schemas(*given)

    _let(monkeypatch, note)
    _helped(write("pets"), tmp_path / "helped")
    assert noted.read_text() == str(LINUX)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_nothing_to_build_is_built() -> None:
    done: list[object] = []
    working.work([], lambda *given: done.append(given), jobs=2)
    assert done == []


def _die(*given: Any) -> str:
    if os.getpid() != HERE:
        os._exit(9)
    return finished_schemas(*given)


def _fail(*given: Any) -> str:
    if os.getpid() != HERE:
        raise RecursionError(given)
    return finished_schemas(*given)


@pytest.mark.parametrize("make", [_die, _fail])
def test_models_that_the_other_process_cannot_make_are_made_here(
    write: Write, tmp_path: Path, tree: Tree, monkeypatch: pytest.MonkeyPatch, make: Make
) -> None:
    spec = write("pets")
    build(spec, tmp_path / "alone", {})
    _let(monkeypatch, make)
    _helped(spec, tmp_path / "helped")
    assert tree(tmp_path / "alone") == tree(tmp_path / "helped")


def test_a_process_that_died_before_it_was_asked_is_not_missed(write: Write, tmp_path: Path, tree: Tree) -> None:
    spec = write("pets")
    build(spec, tmp_path / "alone", {})
    with working_ahead() as ahead:
        for process in multiprocessing.active_children():
            process.kill()
            process.join()
        build(spec, tmp_path / "helped", {}, ahead)
    assert tree(tmp_path / "alone") == tree(tmp_path / "helped")


def _unreadable(document: dict[str, Any]) -> None:
    """Add an operation that openapi-python-client cannot read, with a body that is a model of its own."""
    document["x-foreign"] = True
    body = {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}}
    responses = {"200": {"description": "Done."}}
    document["paths"]["/odd"] = {"post": {"operationId": "odd", "requestBody": body, "responses": responses}}


def test_models_are_made_again_when_the_client_leaves_an_operation_out(
    write: Write, tmp_path: Path, tree: Tree, monkeypatch: pytest.MonkeyPatch, makers: Callable[[], list[bool]]
) -> None:
    spec = write("pets", _unreadable)
    less = prepare(load_api(write("fewer", lambda document: document.update({"x-foreign": True}))))
    assert for_models(less.api).document != for_models(load_api(spec)).document

    def lessened(_: Any, *given: Any) -> Any:
        return make_client(less, *given)

    monkeypatch.setattr(building, "make_client", lessened)
    build(spec, tmp_path / "alone", {})
    _helped(spec, tmp_path / "helped")
    assert makers()[-1] is True
    assert tree(tmp_path / "alone") == tree(tmp_path / "helped")


def test_without_such_a_process_there_is_nothing_ahead(write: Write) -> None:
    spec = write("pets")
    alone = Ahead(None)
    alone.begin(for_models(load_api(spec)), names_of(spec), spec)
    assert alone.schemas() is None


def test_the_other_process_ends_with_what_failed_here() -> None:
    def fail() -> None:
        with working_ahead():
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
