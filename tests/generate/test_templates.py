"""Templates are compiled once, whoever comes first, and kept where openapi-python-client looks for them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment

from specloom.generate import keeping
from specloom.generate.building import build
from specloom.generate.templates import FACADE, OVERRIDES, TOOLING, compile_all

Write = Callable[..., Path]
Tree = Callable[[Path], dict[str, bytes]]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep compiled templates in a folder of the test alone."""
    folder = tmp_path / "store"
    folder.mkdir()
    monkeypatch.setattr(keeping.COMPILED, "directory", str(folder))
    return folder


def _build(spec: Path, folder: Path) -> None:
    """Build in a process that has filled in no template yet."""
    code = (
        "import sys; from pathlib import Path; from specloom.generate import keeping;"
        "keeping.COMPILED.directory = sys.argv[1];"
        "from specloom.generate.building import build; build(Path(sys.argv[2]), Path(sys.argv[3]), {})"
    )
    subprocess.run([sys.executable, "-c", code, str(folder.parent / "store"), str(spec), str(folder)], check=True)


def test_all_that_a_package_needs_is_compiled_beforehand(
    store: Path, write: Write, tmp_path: Path, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = write("pets")
    compile_all()
    kept = {path.name: path.read_bytes() for path in store.iterdir()}
    assert len(kept) >= sum(1 for folder in (FACADE, OVERRIDES, TOOLING) for _ in folder.rglob("*.jinja"))
    _build(spec, tmp_path / "later")
    assert {path.name: path.read_bytes() for path in store.glob("*.cache")} == kept
    monkeypatch.setattr(keeping.COMPILED, "directory", str(tmp_path))
    build(spec, tmp_path / "at-once", {})
    assert tree(tmp_path / "later") == tree(tmp_path / "at-once")


def test_what_is_kept_is_not_compiled_again(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_all()
    compiled: list[str] = []
    monkeypatch.setattr(Environment, "compile", lambda *given: compiled.append(given[2]))
    compile_all()
    assert compiled == []
    next(store.glob("*.cache")).unlink()
    with pytest.raises(TypeError):  # what the stand-in returns is no code
        compile_all()
    assert len(compiled) == 1


def test_no_generator_is_imported_for_it(store: Path) -> None:
    code = (
        "import sys; from specloom.generate import keeping; keeping.COMPILED.directory = sys.argv[1];"
        "from specloom.generate.preloading import _make_common; _make_common();"
        "print([name for name in ('openapi_python_client', 'datamodel_code_generator') if name in sys.modules])"
    )
    line = [sys.executable, "-c", code, str(store)]
    assert subprocess.run(line, check=True, capture_output=True, text=True).stdout == "[]\n"
    assert {path.suffix for path in store.iterdir()} == {".cache", ".json"}
