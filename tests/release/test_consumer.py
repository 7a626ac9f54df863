"""The journey of a project that uses a package: it pins, upgrades, checks hashes, and is spared what was yanked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from tests.release.repositories import edit, new_repository, order, workshop

from specloom.release.releasing import release, yank
from specloom.release.trial.repacking import repack
from specloom.release.versions import Version

NAME = "fastpod"
REASON = (
    "              value: F237-120723-000001\n",
    """\
              value: F237-120723-000001
        - {name: reason, in: query, description: Why., schema: {type: string}, examples: {one: {value: late}}}
""",
)
NEEDED = ("in: query, description: Why.", "in: query, required: true, description: Why.")
PROGRAM = """\
from importlib.metadata import version

from fastpod_client import Fastpod

with Fastpod() as api:
    order = api.orders.cancel("F237-120723-000001")
print(version("fastpod-client"), order.data.order_status)
"""
JSON = "application/vnd.pypi.simple.v1+json"


class Project:
    """A folder with an environment of its own, and pip in it, which knows the index and the packages of others."""

    def __init__(self, folder: Path, index: str, others: Path) -> None:
        """Make one in the new folder `folder`."""
        venv.create(folder / "venv", symlinks=True)
        self.folder = folder
        self._python = folder / "venv/bin/python"
        self._sources = ["--index-url", index, "--find-links", str(others)]

    def pip(self, *arguments: str, ok: bool = True) -> str:
        """Run `pip install` with these arguments; return what it says."""
        pip = [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", "--python", str(self._python)]
        command = [*pip, "install", "--no-compile", "--no-cache-dir", *self._sources, *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        assert (done.returncode == 0) is ok, done.stdout + done.stderr
        return done.stdout + done.stderr

    def run(self, sandbox_url: str) -> str:
        """Run the program of the project against a sandbox."""
        (self.folder / "cancel.py").write_text(PROGRAM)
        settings = {"FASTPOD_BASE_URL": f"{sandbox_url}/{NAME}", "FASTPOD_TOKEN": "sandbox-north-token"}
        environment = {"PATH": os.environ["PATH"], **settings}
        command = [str(self._python), "-I", "cancel.py"]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def version(self) -> str:
        """Return the version of the package that is installed."""
        code = "from importlib.metadata import version; print(version('fastpod-client'))"
        return subprocess.check_output([str(self._python), "-I", "-c", code], text=True).strip()


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the package requires, as the index of the world would give it."""
    folder = tmp_path_factory.mktemp("others")
    repack(["attrs", "httpx"], folder)
    return folder


@pytest.fixture(scope="module")
def first(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the release 1.0.0."""
    spec = root / "specs" / NAME / "openapi.yaml"
    folder = new_repository(tmp_path_factory.mktemp("first"), spec, NAME)
    release(workshop(folder), order(folder, "1.0.0", name=NAME))
    return folder


@pytest.fixture(scope="module")
def three(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same repository after the releases 1.1.0 and 2.0.0."""
    folder = shutil.copytree(first, tmp_path_factory.mktemp("three") / "repository")
    for change, version in ((REASON, "1.1.0"), (NEEDED, "2.0.0")):
        edit(folder, change, name=NAME)
        assert release(workshop(folder), order(folder, name=NAME)).title == f"fastpod-client {version}"
    return folder


@contextmanager
def served(dist: Path) -> Iterator[str]:
    """Serve a folder as people do; give the URL of the index in it."""
    command = [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", str(dist), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        port = process.stdout.readline().split(" port ")[1].split()[0]
        yield f"http://127.0.0.1:{port}/simple/"
        process.terminate()


def test_a_minor_is_taken_and_a_major_is_not(
    first: Path, three: Path, others: Path, tmp_path: Path, sandbox_url: str
) -> None:
    dist = shutil.copytree(first / "dist", tmp_path / "dist")
    (tmp_path / "requirements.txt").write_text("fastpod-client ~= 1.0\n")
    with served(dist) as index:
        project = Project(tmp_path, index, others)
        project.pip("--requirement", "requirements.txt")
        assert project.run(sandbox_url) == "1.0.0 cancelled"

        shutil.copytree(three / "dist", dist, dirs_exist_ok=True)
        project.pip("--requirement", "requirements.txt")
        assert project.version() == "1.0.0"
        project.pip("--upgrade", "--requirement", "requirements.txt")
        httpx.post(f"{sandbox_url}/_sandbox/{NAME}/reset").raise_for_status()
        assert project.run(sandbox_url) == "1.1.0 cancelled"


def test_the_major_is_there_for_who_asks(three: Path, others: Path, tmp_path: Path) -> None:
    with served(three / "dist") as index:
        project = Project(tmp_path, index, others)
        project.pip("fastpod-client")
    assert project.version() == "2.0.0"


def _locked(dist: Path, others: Path, version: str) -> str:
    """Return what a lock file says: each requirement with its version and hash, ours as the index has it."""
    listed = json.loads((dist / "simple/fastpod-client/index.json").read_text())["files"]
    lines = [
        f"fastpod-client=={version} --hash=sha256:{each['hashes']['sha256']}"
        for each in listed
        if f"-{version}-" in each["filename"]
    ]
    for wheel in sorted(others.glob("*.whl")):
        name, number = wheel.name.split("-")[:2]
        done = subprocess.check_output([sys.executable, "-m", "pip", "--isolated", "hash", str(wheel)], text=True)
        lines.append(f"{name}=={number} {done.split()[-1]}")
    return "\n".join(lines) + "\n"


def test_hashes_are_checked(three: Path, others: Path, tmp_path: Path, sandbox_url: str) -> None:
    lock = _locked(three / "dist", others, "1.0.0")
    (tmp_path / "requirements.lock").write_text(lock)
    digest = lock.splitlines()[0].rpartition(":")[2]
    (tmp_path / "forged.lock").write_text(lock.replace(digest, digest[::-1]))
    with served(three / "dist") as index:
        project = Project(tmp_path, index, others)
        said = project.pip("--require-hashes", "--requirement", "forged.lock", ok=False)
        assert "THESE PACKAGES DO NOT MATCH THE HASHES" in said
        project.pip("--require-hashes", "--requirement", "requirements.lock")
    assert project.run(sandbox_url) == "1.0.0 cancelled"


def test_what_was_yanked_is_not_chosen(three: Path, others: Path, tmp_path: Path) -> None:
    repository = shutil.copytree(three, tmp_path / "repository")
    yank(workshop(repository), order(repository, name=NAME).spec, Version(1, 1, 0), "It loses orders")
    (tmp_path / "project").mkdir()
    with served(repository / "dist") as index:
        project = Project(tmp_path / "project", index, others)
        project.pip("fastpod-client~=1.0")
        assert project.version() == "1.0.0"
        assert "It loses orders" in project.pip("fastpod-client==1.1.0")
        assert project.version() == "1.1.0"


class Negotiating(SimpleHTTPRequestHandler):
    """Answers a client that accepts JSON with the pages in JSON, and with nothing else."""

    def do_GET(self) -> None:
        """Serve index.json for a folder."""
        assert self.path.endswith((".whl", ".metadata")) or JSON in self.headers["Accept"]
        if self.path.endswith("/"):
            self.path += "index.json"
        super().do_GET()

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Name the type of an index page (PEP 691)."""
        return JSON if str(path).endswith("index.json") else super().guess_type(path)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_server_that_negotiates_gives_json(three: Path, others: Path, tmp_path: Path) -> None:
    handler = partial(Negotiating, directory=str(three / "dist"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        project = Project(tmp_path, f"http://127.0.0.1:{server.server_port}/simple/", others)
        project.pip("fastpod-client~=1.0")
        server.shutdown()
        thread.join()
    assert project.version() == "1.1.0"
