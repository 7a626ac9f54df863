"""A catalogue of the APIs of this repository, and its pages in a real browser, opened from files."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.browsing.chromium import chromium, watch

from specloom.release.catalogue import Sources, write_site
from specloom.spec import find_specs

INDEX_URL = "http://127.0.0.1:8000/simple/"
CHANGELOG = """\
# Changelog

## [1.1.0] - 2026-12-01

### Added

- `api.orders.cancel` takes a note.

## [1.0.0] - 2026-11-21

### Added

- The first release.

[1.1.0]: https://example.com/ppl/1.1.0
"""


@pytest.fixture(scope="session")
def specs(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the specs of this repository, of which one was released as 1.1.0."""
    folder = tmp_path_factory.mktemp("catalogue") / "specs"
    for spec in find_specs(folder=root / "specs"):
        (folder / spec.parent.name).mkdir(parents=True)
        for name in ("openapi.yaml", "pages.yaml"):
            shutil.copy(spec.parent / name, folder / spec.parent.name / name)
    text = (folder / "ppl" / "openapi.yaml").read_text("utf-8")
    (folder / "ppl" / "released.yaml").write_text(
        re.sub(r"(?m)^  version: .*$", "  version: 1.1.0", text, count=1), "utf-8"
    )
    (folder / "ppl" / "CHANGELOG.md").write_text(CHANGELOG, "utf-8")
    return folder


@pytest.fixture(scope="session")
def site(specs: Path) -> Path:
    """The catalogue of `specs`; nothing is proven."""
    output = specs.parent / "site"
    write_site(sources(specs), output, INDEX_URL)
    return output


def sources(specs: Path) -> Sources:
    """Return what a catalogue is made of when there is no report."""
    return Sources(find_specs(folder=specs), specs / "no-proof.json", specs / "no-campaign.json")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with chromium() as started:
        yield started


Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, site: Path) -> Iterator[Open]:
    """Open a page of the catalogue; nothing may go wrong on any page that was opened, and nothing may be sent."""
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(path: str = "index.html", *, width: int = 1280, origin: str = site.as_uri()) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        context.set_default_timeout(5000)
        contexts.append(context)
        page = context.new_page()
        watch(page, origin, faults)
        page.goto(f"{origin}/{path}")
        return page

    yield open_page
    for each in contexts:
        each.close()
    assert faults == []
