"""What the READMEs say can be done: their code runs, their commands and links exist, and every verb is named."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

import click
import httpx
import pytest

from specloom.cli import main
from specloom.release.versions import Bump, Version
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.spec import load_api

ROOT: Final = Path(__file__).parents[1]
READMES: Final = [
    ROOT / "README.md",
    *(ROOT / folder / "README.md" for folder in ("specs", "generated")),
    *sorted((ROOT / "scripts").rglob("README.md")),
]
EACH: Final = pytest.mark.parametrize("readme", READMES, ids=lambda path: str(path.relative_to(ROOT)))
MAKEFILE: Final = (ROOT / "Makefile").read_text("utf-8")
LOCAL: Final = "http://127.0.0.1:8000"


def _fenced(readme: Path, language: str) -> list[str]:
    return re.findall(rf"^ *```{language}\n(.*?)^ *```$", readme.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def _commands(readme: Path, program: str) -> list[list[str]]:
    """Return the words after `program` wherever a README has it as code; what follows a `#` is a comment."""
    text = readme.read_text("utf-8").replace("\\\n", " ")
    inline = re.findall(r"(?<!`)`([^`]+)`(?!`)", text)
    lines = [line for block in _fenced(readme, "sh") for line in block.replace("\\\n", " ").splitlines()]
    found = [
        re.search(rf"(?:^|&& |\s|/){program}((?: .*)?)$", code.partition(" #")[0].strip()) for code in inline + lines
    ]
    return [match[1].split() for match in found if match is not None]


def _anchors(path: Path) -> set[str]:
    """Return what a link to a part of a file may name: the headings of a README, the functions of a module."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        return set(re.findall(r"^(?:async )?def (\w+)\(", text, re.MULTILINE))
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@EACH
def test_every_target_of_make_that_is_named_exists(readme: Path) -> None:
    targets = set(re.findall(r"^\.PHONY: (\S+)$", MAKEFILE, re.MULTILINE))
    variables = set(re.findall(r"^([A-Z]+) [?:]=", MAKEFILE, re.MULTILINE))
    for words in _commands(readme, "make"):
        named = [word for word in words if re.fullmatch(r"[a-z][a-z-]*", word)]
        given = {word.partition("=")[0] for word in words if re.match(r"[A-Z]+=", word)}
        assert set(named[:1]) <= targets
        assert given <= variables


@EACH
def test_every_verb_that_is_named_exists_and_has_the_options(readme: Path) -> None:
    for words in _commands(readme, "specloom"):
        command: click.Command = main
        while isinstance(command, click.Group) and words:
            name = words.pop(0)
            assert name in command.commands or command.get_command(click.Context(command), name), name
            inner = command.get_command(click.Context(command), name)
            assert inner is not None
            command = inner
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, f"{command.name} {words}"


@EACH
def test_every_link_leads_somewhere(readme: Path) -> None:
    links = re.findall(r"\]\((?!https?://)([^)#]*)#?([^)]*)\)", readme.read_text("utf-8"))
    for path, anchor in links:
        target = (readme.parent / path).resolve() if path else readme
        assert target.exists(), path
        assert not anchor or anchor in _anchors(target), f"{path}#{anchor}"


@pytest.mark.parametrize("verb", main.list_commands(click.Context(main)))
def test_every_verb_is_named(verb: str) -> None:
    named = {words[0] for readme in READMES for words in _commands(readme, "specloom") if words}
    assert verb in {*named, *re.findall(r"/specloom ([a-z-]+)", MAKEFILE)}


def test_the_first_program_prints_what_it_says(root: Path) -> None:
    (program,) = _fenced(root / "README.md", "python")
    with RunningSandbox(Sandbox([load_api(root / "specs/fastpod/openapi.yaml")])) as sandbox:
        done = subprocess.run(
            [sys.executable, "-c", program.replace(LOCAL, sandbox.url)],
            env={**os.environ, "PYTHONPATH": str(root / "generated/fastpod")},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.stdout.splitlines() == re.findall(r"print\(.+  # (.+)$", program, re.MULTILINE), done.stderr


def test_the_first_curl_line_succeeds(root: Path, sandbox_url: str) -> None:
    (line,) = [block for block in _fenced(root / "README.md", "sh") if block.startswith("curl ")]
    words = iter(shlex.split(line.replace("\\\n", "").replace(LOCAL, sandbox_url))[1:])
    given = [(word, next(words)) if word.startswith("-") else ("", word) for word in words]
    (method,), (url,), (body,) = ([value for name, value in given if name == each] for each in ("-X", "", "-d"))
    headers = dict(value.split(": ", 1) for name, value in given if name == "-H")

    assert httpx.request(method, url, headers=headers, content=body).status_code == 200


def test_contributors_are_told_of_everything_that_ci_runs(root: Path) -> None:
    section = (root / "README.md").read_text("utf-8").partition("\n## Contributing\n")[2].partition("\n## ")[0]
    (run,) = re.findall(r"^check: (.+?) ##", MAKEFILE, re.MULTILINE)
    assert re.findall(r"^\| `make ([a-z-]+)` \|", section, re.MULTILINE) == run.split()
    assert "exec make check" in (root / ".ci/run").read_text("utf-8")


def test_versions_are_raised_as_the_policy_says(root: Path) -> None:
    section = (root / "README.md").read_text("utf-8").partition("\n## Versions\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (breaking|additive|neither)\b.* \| ([0-9.]+) \| ([0-9.]+) \|$", section, re.MULTILINE)
    assert [word for word, *_ in rows] == ["breaking", "additive", "neither"]
    bumps: list[Bump] = ["major", "minor", "patch"]
    for bump, (_, after_one, after_zero) in zip(bumps, rows, strict=True):
        assert str(Version(1, 0, 0).bumped(bump)) == after_one
        assert str(Version(0, 1, 0).bumped(bump)) == after_zero
    (python,) = re.findall(
        r'^requires-python = ">=([0-9.]+)"$', (root / "pyproject.toml").read_text("utf-8"), re.MULTILINE
    )
    assert f"It runs on Python {python} and newer" in section
