"""`specloom catalogue` writes the site, and says what keeps it from doing so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from specloom.cli import main

from .pages import broken, page


@pytest.fixture
def here(specs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with specs in it."""
    shutil.copytree(specs, tmp_path / "specs")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SPECLOOM_SPECS", "specs")
    return tmp_path


def test_the_site_goes_to_dist(here: Path) -> None:
    done = CliRunner().invoke(main, ["catalogue"])
    assert (done.exit_code, done.output) == (0, "4 APIs with 5 operations: dist/site/index.html\n")
    assert broken(here / "dist" / "site") == []


def test_it_shows_the_apis_that_are_named_and_where_the_index_is(here: Path) -> None:
    done = CliRunner().invoke(
        main, ["catalogue", "ppl", "--output", "out", "--index-url", "https://packages.example/simple/"]
    )
    assert done.exit_code == 0
    assert {path.parent.name for path in (here / "out").glob("*/index.html")} == {"ppl"}
    assert "--extra-index-url https://packages.example/simple/ " in page(here / "out/ppl/index.html").text_content()


@pytest.mark.parametrize(
    ("released", "shown"),
    [
        ("2.3.4", "'ppl-client~=2.3'"),
        ("0.3.4", "'ppl-client~=0.3.4'"),
        (None, "pip install ./generated/ppl"),
    ],
)
def test_the_install_line_takes_what_breaks_nothing(here: Path, released: str | None, shown: str) -> None:
    path = here / "specs" / "ppl" / "released.yaml"
    path.unlink()
    if released is not None:
        path.write_text(yaml.safe_dump({"openapi": "3.1.0", "info": {"title": "PPL", "version": released}}))
    assert CliRunner().invoke(main, ["catalogue", "ppl"]).exit_code == 0
    assert shown in page(here / "dist/site/ppl/index.html").text_content()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "released.yaml",
            b"info: {version: soon}",
            "#/info/version: 'soon' is no version that can be released",
        ),
        ("released.yaml", b"info: {}", "nothing stands at"),
        ("released.yaml", b"{", "released.yaml"),
        ("CHANGELOG.md", b"\xff", "CHANGELOG.md"),
        ("pages.yaml", b"pages: [", "pages.yaml"),
        ("openapi.yaml", b"openapi: 3.1.0", "openapi.yaml"),
    ],
)
def test_what_cannot_be_read_is_named(here: Path, name: str, content: bytes, message: str) -> None:
    (here / "specs" / "ppl" / name).write_bytes(content)
    done = CliRunner().invoke(main, ["catalogue"])
    assert done.exit_code == 2
    assert message in done.output
    assert list((here / "dist").glob("*")) == []


@pytest.mark.parametrize("pages", ["[]", "pages: 3", "pages: [3, {title: T}]", "pages: [{url: [1]}]"])
def test_pages_may_be_listed_in_any_way(here: Path, pages: str) -> None:
    (here / "specs" / "ppl" / "pages.yaml").write_text(pages)
    assert CliRunner().invoke(main, ["catalogue", "ppl"]).exit_code == 0


def test_an_api_that_is_not_there_is_said(here: Path) -> None:
    done = CliRunner().invoke(main, ["catalogue", "none"])
    assert done.exit_code == 2
    assert "there is no API 'none'" in done.output
    assert not (here / "dist").exists()
