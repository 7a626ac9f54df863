"""Peers have the versions that are named, and share the tools that judge with us."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from bench.peers import peer_python
from bench.peers.jar import GENERATOR
from bench.peers.python import LOCK
from specloom.spec import SpecloomError


def _locked(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", path.read_text("utf-8"), re.MULTILINE))


def test_what_judges_is_the_same_for_all(root: Path) -> None:
    ours, theirs = _locked(root / "scripts" / "requirements.lock"), _locked(LOCK)
    assert theirs["openapi-generator-cli"] == GENERATOR
    assert {name: theirs[name] for name in ("mypy", "pydantic")} == {name: ours[name] for name in ("mypy", "pydantic")}


def test_an_environment_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run: list[str] = []

    def note(program: str, *arguments: str) -> None:
        run.append(arguments[1])
        if arguments[1] == "venv":
            Path(arguments[2]).mkdir()
        else:
            assert program.startswith(str(tmp_path))

    monkeypatch.setattr("bench.peers.python._run", note)
    assert peer_python(tmp_path) == peer_python(tmp_path)
    assert run == ["venv", "pip"]


def test_it_is_said_that_peers_cannot_be_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    with pytest.raises(SpecloomError, match=r"the Python peers cannot be installed: .*no-python"):
        peer_python(tmp_path)
