"""Compare the packages that two specs give."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from specloom.generate.naming import names_of
from specloom.generate.working import Task, work
from specloom.release.compat.change import Change
from specloom.release.compat.client.comparing import client_changes
from specloom.release.compat.client.origins import Origins, located
from specloom.release.compat.rewriting import rewritten
from specloom.spec import Document, Place, SpecloomError
from specloom.spec.loading import read_api
from specloom.spec.validity import check

# What the package is called where no folder names the API.
_UNNAMED: Final = "api"


def spec_changes(base: Document, revision: Document) -> tuple[Change, ...]:
    """Return what changed for code that imports the package of an API; both packages are generated aside.

    Places are those in the specs where they can be told, otherwise those in the packages. Raises SpecloomError when no
    package can be made of one of the documents.
    """
    check(base)
    check(revision)
    name = _name(base, revision)
    with tempfile.TemporaryDirectory(prefix="specloom-") as folder:
        tasks = [_task(base, name, Path(folder, "base")), _task(revision, name, Path(folder, "revision"))]
        _generate(tasks, (base, revision))
        changes = client_changes(tasks[0].folder, tasks[1].folder)
        old, new = (Origins(read_api(each, name), names_of(tasks[0].spec)) for each in (base, revision))
    return tuple(located(change, old, new) for change in changes)


def _generate(tasks: Sequence[Task], documents: Sequence[Document]) -> None:
    """Build the packages; errors point into the documents that they are built from."""
    try:
        work(tasks, lambda *_: None)
    except SpecloomError as error:
        for task, document in zip(tasks, documents, strict=True):
            if error.place.path == task.spec:
                error.place = document.place(error.place.pointer or "")
        raise
    except Exception as error:  # generators take the rules of specs for granted, which documents of others may break
        raise SpecloomError(
            f"the generator fails: {error!r}",
            place=Place(documents[-1].path),
            remedy="run `specloom lint` on both specs, and follow the rules in specs/README.md",
        ) from error


def _task(document: Document, api: str, folder: Path) -> Task:
    """Write `document` where the spec of an API stands, and say what to make of it."""
    spec = folder / "specs" / api / "openapi.yaml"
    spec.parent.mkdir(parents=True)
    spec.write_text(rewritten(document.data), "utf-8")
    return Task(api, spec, folder / api, {})


def _name(base: Document, revision: Document) -> str:
    """Return the name of the API, which is that of the folder of its spec."""
    for document in (revision, base):
        try:
            return names_of(document.path).api
        except SpecloomError:
            continue
    return _UNNAMED
