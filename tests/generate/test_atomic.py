"""An error, a broken spec or Ctrl-C at any point leaves the packages as they were, and nothing beside them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from specloom.generate import Generated, generate
from specloom.spec import SpecloomError

Tree = Callable[[Path], dict[str, bytes]]
Write = Callable[..., Path]

# Generates with one process per API, says when the first package is ready, and waits there for a signal.
WAITING = """
import signal, sys
from pathlib import Path
from specloom.generate import generate

def wait(_):
    print("ready", flush=True)
    signal.pause()

if __name__ == "__main__":
    try:
        generate([*map(Path, sys.argv[2:])], Path(sys.argv[1]), jobs=2, report=wait)
    except KeyboardInterrupt:
        sys.exit("interrupted")
"""


@pytest.fixture
def standing(specs: list[Path], output: Path, tree: Tree, write: Write) -> dict[str, bytes]:
    """Make packages, change both specs since, and return what stands in the whole folder."""
    generate(specs, output, jobs=1)
    for name in ("pets", "toys"):
        write(name, lambda document: document["info"].update(version="2.0.0"))
    return tree(output.parent)


def test_a_broken_spec_among_good_ones(
    specs: list[Path], output: Path, standing: dict[str, bytes], tree: Tree, write: Write
) -> None:
    broken = "openapi: 3.1.0\ninfo: [\n"
    write("toys", broken)
    with pytest.raises(SpecloomError, match="not YAML"):
        generate(specs, output, jobs=2)
    assert tree(output.parent) == {**standing, "specs/toys/openapi.yaml": broken.encode()}


def test_the_first_of_several_broken_specs_is_named(specs: list[Path], output: Path, write: Write) -> None:
    for name in ("pets", "toys"):
        write(name, "openapi: 3.0.0\n")
    with pytest.raises(SpecloomError, match=r"pets.openapi\.yaml:1"):
        generate(specs, output, jobs=2)
    assert not output.exists()


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_midway(
    specs: list[Path],
    output: Path,
    standing: dict[str, bytes],
    tree: Tree,
    error: type[BaseException],
    jobs: int,
) -> None:
    def fail(_: Generated) -> None:
        raise error

    with pytest.raises(error):
        generate(specs, output, jobs=jobs, report=fail)
    assert tree(output.parent) == standing


def test_ctrl_c_midway(specs: list[Path], output: Path, standing: dict[str, bytes], tree: Tree, tmp_path: Path) -> None:
    script = tmp_path / "specs" / "waiting.py"
    script.write_text(WAITING)
    with subprocess.Popen(
        [sys.executable, str(script), str(output), *map(str, specs)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the command
        _, errors = process.communicate(timeout=60)
    script.unlink()
    assert (process.returncode, errors) == (1, "interrupted\n")
    assert tree(output.parent) == standing


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", range(4))
def test_any_step_of_the_swap_that_fails(
    specs: list[Path],
    output: Path,
    standing: dict[str, bytes],
    tree: Tree,
    monkeypatch: pytest.MonkeyPatch,
    step: int,
    after: bool,
    error: type[BaseException],
) -> None:
    """Four renames swap two packages; each fails in turn, before or after it is done."""
    rename, steps = Path.rename, iter(range(99))

    def rename_until(self: Path, target: Any) -> Any:
        now = next(steps)
        if now == step and not after:
            raise error(5, "it fails")
        result = rename(self, target)
        if now == step:
            raise error(5, "it fails")
        return result

    monkeypatch.setattr(Path, "rename", rename_until)
    with pytest.raises(SpecloomError if error is OSError else error, match="it fails"):
        generate(specs, output, jobs=1)
    assert tree(output.parent) == standing


def test_a_swap_that_fails_the_first_time_leaves_no_package(
    specs: list[Path], output: Path, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refuse_toys(self: Path, target: Any) -> Any:
        if Path(target) == output / "toys":
            raise OSError(30, "Read-only file system")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_toys)
    with pytest.raises(SpecloomError, match=r"generated: the packages cannot be written: Read-only file system"):
        generate(specs, output, jobs=1)
    assert tree(output) == {}


def test_a_file_in_place_of_the_output_folder(specs: list[Path], output: Path, tree: Tree) -> None:
    output.write_text("kept")
    before = tree(output.parent)
    with pytest.raises(SpecloomError, match="cannot be written") as raised:
        generate(specs, output, jobs=1)
    assert raised.value.place.path == output
    assert raised.value.remedy
    assert tree(output.parent) == before


def test_a_file_in_place_of_the_folder_around_it(specs: list[Path], tmp_path: Path, tree: Tree) -> None:
    (tmp_path / "file").write_text("kept")
    before = tree(tmp_path)
    with pytest.raises(SpecloomError, match="cannot be written"):
        generate(specs, tmp_path / "file" / "generated", jobs=1)
    assert tree(tmp_path) == before
