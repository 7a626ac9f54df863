"""One spec among many that fails costs no other its package, whether it is broken, breaks the generator or kills it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from specloom.cli import main
from specloom.generate import building, generate, timing, working
from specloom.generate.result import Counts
from specloom.spec import SpecloomError

Write = Callable[..., Path]

BUILD = timing.build_timed


def _generate(specs: list[Path], output: Path, **how: Any) -> tuple[list[str], dict[str, str]]:
    """Return the names of what was generated, and what was said of the specs that failed."""
    failures: dict[str, str] = {}

    def failed(spec: Path, error: SpecloomError) -> None:
        failures[spec.parent.name] = str(error)

    results = generate(specs, output, failed=failed, **how)
    return [each.api for each in results if each.changed], failures


@pytest.fixture
def broken(write: Write, specs: list[Path]) -> list[Path]:
    return [*specs, write("broken", "openapi: 3.1.0\ninfo: [\n"), write("No Name")]


def _threads() -> Executor:
    return ThreadPoolExecutor(2)


@pytest.mark.parametrize(
    "how",
    [lambda: {"jobs": 1}, lambda: {"jobs": 2}, lambda: {"executor": _threads()}],
    ids=["here", "in processes", "by an executor"],
)
def test_the_others_are_generated(broken: list[Path], output: Path, how: Callable[[], dict[str, Any]]) -> None:
    made, failures = _generate(broken, output, **how())
    assert made == ["pets", "toys"]
    assert sorted(path.name for path in output.iterdir()) == ["pets", "toys"]
    assert failures.keys() == {"broken", "No Name"}
    assert "not YAML" in failures["broken"]
    assert "no package can be named after" in failures["No Name"]
    assert {path.name for path in output.parent.iterdir()} == {"specs", "generated"}


def test_the_package_of_a_spec_that_fails_stays_as_it_was(specs: list[Path], output: Path, write: Write) -> None:
    generate(specs, output, jobs=1)
    before = (output / "pets" / ".specloom.json").read_bytes()
    write("pets", "openapi: 3.1.0\ninfo: [\n")
    write("toys", lambda document: document["info"].update(version="2.0.0"))
    assert _generate(specs, output, jobs=2)[0] == ["toys"]
    assert (output / "pets" / ".specloom.json").read_bytes() == before


def test_nothing_is_made_when_all_fail(output: Path, write: Write) -> None:
    made, failures = _generate([write("broken", "openapi: [\n")], output)
    assert (made, list(failures)) == ([], ["broken"])
    assert not output.exists()


def test_a_fault_of_the_generator_is_that_of_one_spec(
    specs: list[Path], output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = building.build

    def fail(spec: Path, *more: Any, **how: Any) -> Counts:
        if spec.parent.name == "pets":
            raise RecursionError("too deep")
        return build(spec, *more, **how)

    monkeypatch.setattr(building, "build", fail)
    made, failures = _generate(specs, output, jobs=1)
    assert made == ["toys"]
    assert "pets/openapi.yaml: the generator broke down on it: RecursionError: too deep (test_" in failures["pets"]


def test_a_full_disk_is_no_fault_of_the_generator(
    specs: list[Path], output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> Counts:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(building, "build", fail)
    made, failures = _generate(specs, output, jobs=1)
    assert made == []
    assert "the package cannot be written: No space left on device\n  make room" in failures["pets"]


def _killed(spec: Path, folder: Path, made_of: Mapping[str, str], **more: Any) -> tuple[Counts, float]:
    """Build, unless it is the spec that a process dies of."""
    if spec.parent.name == "pets":
        folder.mkdir(parents=True)
        os._exit(9)
    return BUILD(spec, folder, made_of, **more)


def test_a_process_that_dies_costs_the_package_that_it_died_of(
    specs: list[Path], output: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "build_timed", _killed)
    more = [write(f"more-{number}") for number in range(5)]
    made, failures = _generate([*specs, *more], output, jobs=2)
    assert made == ["toys", *(path.parent.name for path in more)]
    assert list(failures) == ["pets"]
    assert "the process that generated the package was killed" in failures["pets"]


class _Dying(ThreadPoolExecutor):
    """An executor whose workers die of one spec, or that is lost."""

    def __init__(self, error: Exception) -> None:
        super().__init__(1)
        self._error = error

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if args[0].path.parent.name != "pets":
            return super().submit(fn, *args, **kwargs)
        future: Future[Any] = Future()
        future.set_exception(self._error)
        return future


def test_workers_that_die_cost_the_package_that_they_died_of(specs: list[Path], output: Path) -> None:
    with _Dying(OSError("killed four times")) as workers:
        made, failures = _generate(specs, output, executor=workers)
    assert made == ["toys"]
    assert "pets/openapi.yaml: no worker could build the package: OSError: killed four times" in failures["pets"]


def test_a_cluster_that_is_lost_is_said_so(specs: list[Path], output: Path) -> None:
    with (
        _Dying(CancelledError()) as workers,
        pytest.raises(SpecloomError, match="the scheduler of the cluster was lost"),
    ):
        _generate(specs, output, executor=workers)
    assert not output.exists()


@pytest.fixture
def _here(broken: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    del broken
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_here")
def test_the_verb_says_which_failed_and_ends_with_2(output: Path) -> None:
    done = CliRunner().invoke(main, ["generate", "--keep-going", "--jobs", "1"])
    assert done.exit_code == 2
    assert sorted(path.name for path in output.iterdir()) == ["pets", "toys"]
    assert done.stderr.count("error: ") == 3
    assert done.stderr.endswith("error: 2 of 4 specs could not be generated, as said above\n")


@pytest.mark.usefixtures("_here")
def test_without_the_option_nothing_is_changed(output: Path) -> None:
    done = CliRunner().invoke(main, ["generate", "--jobs", "1"])
    assert (done.exit_code, done.stderr.count("error: "), output.exists()) == (2, 1, False)
