"""`specloom adopt`: make a spec of anybody's OpenAPI document."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

import attrs
import click

from specloom.cli import options
from specloom.generate.naming import names_of
from specloom.spec import Document, Place, SpecloomError, load
from specloom.spec.folder import specs_folder
from specloom.spec.foreign import Adopted, Note, adopt, write
from specloom.spec.vocabulary import is_foreign


@click.command("adopt")
@click.argument("api")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--update", is_flag=True, help="Replace what was adopted before.")
@options.as_json
def command(api: str, file: Path, *, update: bool, as_json: bool) -> None:
    """Make specs/API/openapi.yaml of FILE, any OpenAPI 3.0 or 3.1 document in YAML or JSON.

    Files that FILE refers to become part of it, 3.0 becomes 3.1, and what is not valid is mended or left out; all of
    that is told. The spec bears the mark `x-foreign: true`: what specloom demands of specs written by hand are warnings
    there. FILE stays as it is. Exit 2 when it is no such document, or there is a spec of that name already.
    """
    path = specs_folder() / api / "openapi.yaml"
    names_of(path)
    if path.exists():
        _check_replaceable(path, update=update)
    adopted = adopt(file)
    _put(path, write(adopted.data))
    document = load(path)
    if as_json:
        options.print_json({"path": str(path), "notes": [attrs.asdict(note) for note in adopted.notes]})
    else:
        show(document, adopted)


def show(document: Document, adopted: Adopted) -> None:
    """Print what was changed for `adopted`, now `document`: each kind of change once, with the first place of it."""
    same: dict[tuple[bool, str], list[Note]] = defaultdict(list)
    for note in adopted.notes:
        same[note.lost, note.message].append(note)
    for (lost, message), notes in sorted(same.items(), key=lambda each: not each[0][0]):
        times = f" ({len(notes)} times)" if len(notes) > 1 else ""
        click.echo(f"{document.place(notes[0].pointer)}: {'LOST ' if lost else ''}{message}{times}")
    lost_notes = sum(note.lost for note in adopted.notes)
    click.echo(f"{document.path}: adopted with {len(adopted.notes)} changes, {lost_notes} of which lose something")


def _check_replaceable(path: Path, *, update: bool) -> None:
    if not is_foreign(load(path)):
        raise SpecloomError("this spec was written by hand", place=Place(path), remedy="choose another name")
    if not update:
        raise SpecloomError("this spec was adopted before", place=Place(path), remedy="--update replaces it")


def _put(path: Path, text: str) -> None:
    """Write `text` to `path` all at once. Raises SpecloomError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{path.name}.{os.getpid()}")
        aside.write_text(text, "utf-8")
        aside.replace(path)
    except OSError as error:
        raise SpecloomError(
            f"cannot be written: {error.strerror}", place=Place(path), remedy="make it writable"
        ) from None
