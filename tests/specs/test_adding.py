"""specs/README.md, followed to the letter, adds an API: from a page, or a document, to a client of the sandbox."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.release.repositories import git
from tests.specs.following import LOCAL, Clone, steps

HERE = Path(__file__).parent


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A clone of this repository."""
    return Clone.in_folder(tmp_path / "clone")


@pytest.fixture
def editor(tmp_path: Path) -> str:
    """An editor that makes the edits to the draft that are kept here."""
    path = tmp_path / "editor"
    path.write_text(f"#!/bin/sh\nexec git apply {HERE / 'adding/edits.patch'}\n")
    path.chmod(0o755)
    return str(path)


def test_the_steps_add_an_api_from_a_page(clone: Clone, editor: str) -> None:
    folder, draft, edit, pages, lint, generate, fuzz, use, save, ask = steps("Add an API")
    spec = clone.folder / "specs/parcels/openapi.yaml"

    clone.run(*folder)
    shutil.copy(HERE / "adding/page.html", clone.folder)
    clone.run(*draft)
    assert "TODO" in spec.read_text("utf-8")
    clone.run(*edit, EDITOR=editor)
    assert "TODO" not in spec.read_text("utf-8")
    assert "0 contradict it" in clone.run(*pages)
    assert "1 spec follows all rules" in clone.run(*lint)
    clone.run(*generate)
    assert re.search(r"│ parcels │ +[0-9]{3,} │ +0 │", clone.run(*fuzz))

    serve, call = use
    with clone.served(serve) as url:
        assert "state    held" in clone.run(call.replace(LOCAL, url))
        assert "state='held'" in clone.run(clone.code_for("parcels", url))

    clone.run(*save)
    assert git(clone.folder, "status", "--porcelain") == "?? page.html"
    assert "1. The page speaks of parcels in the depot; we call that state waiting." in clone.run(*ask)
    clone.run("make lint check-generated check-pages compat API=parcels")


def test_the_steps_adopt_a_document(clone: Clone) -> None:
    adopt, lint, generate, use, save, again = steps("Adopt a document")
    shutil.copytree(HERE / "adopting", clone.folder, dirs_exist_ok=True)

    assert "1 other file is part of this one now" in clone.run(*adopt)
    assert "warning: S09 GET /depots has no description" in clone.run(*lint)
    clone.run(*generate)

    serve, call = use
    with clone.served(serve) as url:
        assert "place.town   Norrby" in clone.run(call.replace(LOCAL, url))
        assert "Depot(" in clone.run(clone.code_for("depots", url))

    clone.run(*save)
    assert git(clone.folder, "status", "--porcelain") == "?? depots.yaml\n?? parts/"
    document = clone.folder / "depots.yaml"
    document.write_text(document.read_text("utf-8").replace("maximum: 50", "maximum: 90"), "utf-8")
    assert "This asks for a minor version" in clone.run(*again)
    clone.run("make check-pages", "make lint check-generated API=depots")
