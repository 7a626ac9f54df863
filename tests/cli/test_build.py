"""`specloom build` does everything once, then only what changed, and says how it went."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """Make a folder with two specs, their packages as they are, and nothing else."""
    for name in ("fastpod", "ppl"):
        shutil.copytree(root / "specs" / name, tmp_path / "specs" / name)
        shutil.copytree(root / "generated" / name, tmp_path / "generated" / name)
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """Run the command line in that folder."""

    def specloom(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "specloom", *arguments],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return specloom


def _version(version: str, text: str) -> str:
    """Return a spec with another version."""
    changed, count = re.subn(r"(?m)^  version: \S+$", f"  version: {version}", text)
    assert count == 1
    return changed


def _rows(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stdout + done.stderr
    return {row["api"]: row for row in json.loads(done.stdout)}


def test_a_second_build_redoes_only_what_changed(folder: Path, run: Run) -> None:
    first = _rows(run("build", "--json"))
    assert {name: row["verdict"] for name, row in first.items()} == {"fastpod": "passed", "ppl": "passed"}
    assert all(row["cases"] > 50 and (folder / "dist" / row["wheel"]).is_file() for row in first.values())

    second = _rows(run("build", "--json"))
    assert {row["verdict"] for row in second.values()} == {"passed before"}
    assert [row["cases"] for row in second.values()] == [row["cases"] for row in first.values()]

    spec = folder / "specs/ppl/openapi.yaml"
    spec.write_text(_version("98.0.1", spec.read_text()))
    third = _rows(run("build", "--json"))
    assert {name: row["verdict"] for name, row in third.items()} == {"fastpod": "passed before", "ppl": "passed"}
    assert third["ppl"]["wheel"] == "ppl_client-98.0.1-py3-none-any.whl"

    # `make` needs not even start specloom then; tests/test_make.py has the rest.
    made = folder / ".cache/made"
    looked_at = [*folder.glob("[!.]*/**/*"), folder / ".cache/build.json"]
    assert max(each.stat().st_ctime_ns for each in looked_at) <= made.stat().st_mtime_ns
    made.unlink()
    _rows(run("build", "ppl", "--json"))
    assert not made.exists()


def test_a_summary_is_a_table_with_the_next_commands(run: Run) -> None:
    done = run("build", "fastpod")
    assert done.returncode == 0
    for heading in ("API", "operations", "client", "models", "cases run", "verdict", "seconds"):
        assert heading in done.stdout
    assert "make test" in done.stdout
    assert "ppl" not in done.stdout
    assert "\x1b" not in done.stdout
    assert not done.stderr


def test_a_broken_rule_ends_the_build_with_1(folder: Path, run: Run) -> None:
    spec = folder / "specs/ppl/openapi.yaml"
    spec.write_text(_version("one", spec.read_text().replace("^[0-9]+$", "[0-9]+")))
    done = run("build", "ppl")
    assert done.returncode == 1
    assert "openapi.yaml:5" in done.stdout
    assert "semver" in done.stdout.lower() or "semantic" in done.stdout.lower()


def test_a_failed_check_ends_fuzz_with_1_and_a_curl_line(folder: Path, run: Run) -> None:
    # A success ensures what the sandbox, which follows the same spec, does not answer.
    spec = folder / "specs/ppl/openapi.yaml"
    spec.write_text(spec.read_text().replace("- $response.body == {}", "- '$response.body == {\"done\": true}'"))
    done = run("fuzz", "ppl", "--max-examples", "5")
    assert done.returncode == 1
    assert "documented_ensures" in done.stdout
    assert "curl " in done.stdout
    assert "$SPECLOOM_TOKEN" in done.stdout
    assert "sandbox-north-token" not in done.stdout


def test_fuzz_can_print_json(run: Run) -> None:
    done = run("fuzz", "fastpod", "--max-examples", "5", "--seed", "3", "--json")
    result = json.loads(done.stdout)[0]
    assert (result["api"], result["seed"], result["failures"]) == ("fastpod", 3, [])
    assert done.returncode == 0
