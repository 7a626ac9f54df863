"""Wheels and source distributions are built from the generated packages, the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement

from specloom.release import build_sdist, build_wheel
from specloom.spec import Api, SpecloomError, find_specs

NAMES = [path.parent.name for path in find_specs(folder=Path(__file__).parent.parent.parent / "specs")]
BUILDERS = {"wheel": build_wheel, "sdist": build_sdist}
EACH_BUILDER = pytest.mark.parametrize("build", BUILDERS.values(), ids=BUILDERS)
BUILD = """
import sys
from pathlib import Path
from specloom.release import build_sdist as sdist, build_wheel as wheel
"""


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_wheel_holds_the_package_and_its_types(load: Callable[[str], Api], root: Path, tmp_path: Path) -> None:
    wheel = build_wheel(root / "generated/fastpod", tmp_path)
    assert wheel == tmp_path / f"fastpod_client-{load('fastpod').version}-py3-none-any.whl"
    names = zipfile.ZipFile(wheel).namelist()
    assert {"fastpod_client/__init__.py", "fastpod_client/py.typed", "fastpod_client/schemas.py"} <= set(names)
    assert not any(name.startswith(("tests/", "specloom")) for name in names)


@EACH_BUILDER
def test_a_copy_of_another_age_and_mode_gives_the_same_bytes(
    root: Path, tmp_path: Path, build: Callable[[Path, Path], Path]
) -> None:
    """And so does a folder in a repository that ignores some of its files."""
    (tmp_path / "repository/.git").mkdir(parents=True)
    (tmp_path / "repository/.gitignore").write_text("*.json\nmodels\nLICENSE\n")
    copy = shutil.copytree(root / "generated/ppl", tmp_path / "repository/deeper/ppl")
    for path in copy.rglob("*"):
        os.utime(path, (0, 4_000_000_000))
        path.chmod(0o700 if path.is_dir() else 0o660)
    assert _digest(build(copy, tmp_path / "two")) == _digest(build(root / "generated/ppl", tmp_path / "one"))


@pytest.mark.parametrize("name", BUILDERS)
def test_a_process_with_another_umask_date_and_zone_gives_the_same_bytes(root: Path, tmp_path: Path, name: str) -> None:
    here = BUILDERS[name](root / "generated/ppl", tmp_path / "here")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "86400", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    code = BUILD + f"print({name}(Path(sys.argv[1]), Path(sys.argv[2])))"
    there = subprocess.run(
        [sys.executable, "-c", code, root / "generated/ppl", tmp_path / "there"],
        env=environment,
        umask=0o077,
        capture_output=True,
        text=True,
        check=True,
    )
    assert _digest(Path(there.stdout.strip())) == _digest(here)


def test_building_leaves_the_environment_as_it_was(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    build_wheel(root / "generated/ppl", tmp_path)
    assert os.environ["SOURCE_DATE_EPOCH"] == "86400"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    build_wheel(root / "generated/ppl", tmp_path)
    assert "SOURCE_DATE_EPOCH" not in os.environ


def test_the_wheel_of_the_unpacked_sdist_is_that_of_the_package(root: Path, tmp_path: Path) -> None:
    with tarfile.open(build_sdist(root / "generated/ppl", tmp_path)) as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member)
            assert file is not None
            (tmp_path / member.name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / member.name).write_bytes(file.read())
    (unpacked,) = tmp_path.glob("ppl_client-*/pyproject.toml")
    wheel = build_wheel(unpacked.parent, tmp_path / "from-sdist")
    assert _digest(wheel) == _digest(build_wheel(root / "generated/ppl", tmp_path))


@pytest.mark.parametrize("name", NAMES)
def test_licence_and_bill_of_materials_are_in_the_wheel(root: Path, tmp_path: Path, name: str) -> None:
    wheel = build_wheel(root / "generated" / name, tmp_path)
    version = wheel.name.split("-")[1]
    info = f"{name}_client-{version}.dist-info"
    with zipfile.ZipFile(wheel) as archive:
        licence = archive.read(f"{info}/licenses/LICENSE").decode()
        bill = archive.read(f"{info}/sboms/{name}-client.cdx.json").decode()
        metadata = message_from_bytes(archive.read(f"{info}/METADATA"))
    assert licence == (root / "LICENSE").read_text()
    assert (metadata["License-Expression"], metadata["License-File"]) == ("MIT", "LICENSE")
    _check_bill(bill, f"{name}-client", version, metadata.get_all("Requires-Dist", []))


def _check_bill(text: str, name: str, version: str, requires: list[str]) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill: dict[str, Any] = json.loads(text)
    assert bill["metadata"]["component"]["purl"] == f"pkg:pypi/{name}@{version}"
    assert "timestamp" not in bill["metadata"]
    listed = {(each["name"], each["scope"]) for each in bill["components"]}
    ours = {(each.name, "optional" if each.marker else "required") for each in map(Requirement, requires)}
    assert listed == ours | {("openapi-python-client", "excluded"), ("datamodel-code-generator", "excluded")}


def test_a_folder_without_a_package_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SpecloomError, match="no package here"):
        build_wheel(tmp_path, tmp_path / "dist")


def test_a_dist_folder_that_cannot_be_written_is_said_so(root: Path, tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("kept")
    with pytest.raises(SpecloomError, match="cannot be built"):
        build_wheel(root / "generated/ppl", tmp_path / "dist")
    assert (tmp_path / "dist").read_text() == "kept"
