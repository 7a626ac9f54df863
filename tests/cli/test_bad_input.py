"""Bad input gets one clear message with place and remedy, exit code 2, no traceback, and nothing is overwritten."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from specloom.sandbox import listen

Run = Callable[..., subprocess.CompletedProcess[str]]
VERBS = ["lint", "generate", "check-generated", "conflicts", "sandbox", "fuzz", "build"]

# What to replace in a good spec, by what, and what the message has to say.
BROKEN = {
    "malformed YAML": ("paths:\n", "paths: {\n", ["openapi.yaml:", "not YAML", "syntax"]),
    "a $ref to nowhere": (
        "schemas/LogLevel'",
        "schemas/LogLevels'",
        [
            "openapi.yaml:LINE",
            "#/paths/~1order~1cancel/post/parameters/4/schema/$ref",
            "leads nowhere",
            "correct the name",
        ],
    ),
    "an unknown x- keyword": (
        "x-answers:",
        "x-replies:",
        ["openapi.yaml:LINE", "post/x-replies", "'x-replies'", "x-answers"],
    ),
    "a duplicate key": (
        "      summary: Cancel an order\n",
        "      summary: A\n      summary: B\n",
        ["duplicate key 'summary'"],
    ),
    "another version": ("openapi: 3.1.0", "openapi: 3.0.3", ["openapi.yaml:LINE", "not OpenAPI 3.1"]),
    "no OpenAPI at all": ("openapi: 3.1.0", "swagger: 3.1.0", ["not OpenAPI 3.1", "write `openapi: 3.1.0`"]),
}


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """Make a folder with two good specs in it, and with what their generated packages would be."""
    for name in ("ppl", "fastpod"):
        shutil.copytree(root / "specs" / name, tmp_path / "specs" / name)
        (tmp_path / "generated" / name).mkdir(parents=True)
        (tmp_path / "generated" / name / "kept.txt").write_text("kept")
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
            timeout=60,
        )

    return specloom


def _complains(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    said = done.stdout + done.stderr
    assert done.returncode == 2, said
    assert "Traceback" not in said
    for part in parts:
        assert part in said


def _spoil(folder: Path, old: str, new: str) -> int:
    """Replace `old` in a spec by `new`; return the line on which it stands."""
    spec = folder / "specs/ppl/openapi.yaml"
    text = spec.read_text()
    assert old in text
    spec.write_text(text.replace(old, new))
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_spec(folder: Path, run: Run, verb: str, fault: str) -> None:
    old, new, parts = BROKEN[fault]
    line = _spoil(folder, old, new)
    if verb == "conflicts" and fault not in {"malformed YAML", "a duplicate key"}:
        assert run(verb, "ppl").returncode == 0  # questions can be read from a spec that is not usable yet
        return
    _complains(run(verb, "ppl"), *(part.replace("LINE", str(line)) for part in parts))
    assert (folder / "generated/ppl/kept.txt").read_text() == "kept"


@pytest.mark.parametrize("verb", ["generate", "build"])
def test_a_broken_spec_among_good_ones_leaves_all_packages(folder: Path, run: Run, verb: str) -> None:
    line = _spoil(folder, "schemas/LogLevel'", "schemas/LogLevels'")
    _complains(run(verb), f"specs/ppl/openapi.yaml:{line}")
    kept = sorted(path.relative_to(folder) for path in (folder / "generated").rglob("*"))
    assert [str(path) for path in kept] == [
        "generated/fastpod",
        "generated/fastpod/kept.txt",
        "generated/ppl",
        "generated/ppl/kept.txt",
    ]


def test_an_operation_id_given_twice(folder: Path, run: Run) -> None:
    spec = folder / "specs/ppl/openapi.yaml"
    text = spec.read_text()
    start, end = text.index("  /order/cancel:\n"), text.index("components:\n")
    spec.write_text(text[:end] + text[start:end].replace("/order/cancel:", "/order/stop:") + text[end:])
    for verb in ("lint", "generate", "sandbox", "fuzz"):
        _complains(
            run(verb, "ppl"), "openapi.yaml:", "/operationId", "'cancelOrder'", "give each operation its own name"
        )


@pytest.mark.parametrize("verb", VERBS)
def test_an_api_that_does_not_exist(run: Run, verb: str) -> None:
    _complains(run(verb, "acme"), "no API 'acme'", "choose from: fastpod, ppl")


@pytest.mark.parametrize("verb", VERBS)
def test_a_folder_without_specs(folder: Path, run: Run, verb: str) -> None:
    shutil.rmtree(folder / "specs")
    _complains(run(verb), "no specs here", "specs/<api>/openapi.yaml")


def test_a_port_in_use(run: Run) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        _complains(run("sandbox", "ppl", "--port", port), f"cannot listen on 127.0.0.1:{port}", "--port")


def test_a_database_that_is_none(run: Run) -> None:
    _complains(run("sandbox", "ppl", "--port", "0", "--db", "specs/ppl/openapi.yaml"), "openapi.yaml", "SQLite")


def test_an_unreachable_base_url(run: Run) -> None:
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    _complains(run("fuzz", "ppl", "--base-url", f"http://127.0.0.1:{port}"), f"http://127.0.0.1:{port}", "\n  ")


@pytest.mark.parametrize("url", ["https://api.example.com", "http://10.0.0.1/ppl"])
def test_a_server_on_another_machine_is_not_fuzzed(run: Run, url: str) -> None:
    _complains(run("fuzz", "ppl", "--base-url", url), "--allow-host")


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "127.0.0.1:80", "http://", "http://127.0.0.1:port/"])
def test_a_base_url_that_is_none(run: Run, url: str) -> None:
    _complains(run("fuzz", "ppl", "--base-url", url), url)


def test_one_base_url_for_several_apis(run: Run) -> None:
    _complains(run("fuzz", "--base-url", "http://127.0.0.1:1"), "--base-url is that of one API")


@pytest.mark.parametrize("verb", ["generate", "build"])
def test_an_output_folder_that_cannot_be_written(folder: Path, run: Run, verb: str) -> None:
    # A file in the way: permissions would not stop a test that runs as root.
    shutil.rmtree(folder / "generated")
    (folder / "generated").write_text("kept")
    _complains(run(verb, "ppl"), "generated")
    assert (folder / "generated").read_text() == "kept"
