"""Wheels are built from the generated packages, the same bytes each time."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path

import pytest

from specloom.release import build_wheel
from specloom.spec import SpecloomError


def test_a_wheel_holds_the_package_and_its_types(root: Path, tmp_path: Path) -> None:
    wheel = build_wheel(root / "generated/fastpod", tmp_path)
    assert wheel == tmp_path / "fastpod_client-1.0.0-py3-none-any.whl"
    names = zipfile.ZipFile(wheel).namelist()
    assert {"fastpod_client/__init__.py", "fastpod_client/py.typed", "fastpod_client/schemas.py"} <= set(names)
    assert not any(name.startswith(("tests/", "specloom")) for name in names)


def test_the_same_package_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "generated/ppl", tmp_path / "ppl")
    digests = [
        hashlib.sha256(build_wheel(source, tmp_path / name).read_bytes()).hexdigest()
        for name, source in (("one", root / "generated/ppl"), ("two", tmp_path / "ppl"))
    ]
    assert digests[0] == digests[1]


def test_a_folder_without_a_package_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SpecloomError, match="no package here"):
        build_wheel(tmp_path, tmp_path / "dist")


def test_a_dist_folder_that_cannot_be_written_is_said_so(root: Path, tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("kept")
    with pytest.raises(SpecloomError, match="cannot be written"):
        build_wheel(root / "generated/ppl", tmp_path / "dist")
    assert (tmp_path / "dist").read_text() == "kept"
