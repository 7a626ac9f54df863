"""`specloom adopt`: make a spec of anybody's OpenAPI document."""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import attrs
import click

from specloom.cli import options
from specloom.cli.saying import say
from specloom.generate.naming import check_name
from specloom.spec import Document, Place, SpecloomError, load
from specloom.spec.folder import specs_folder
from specloom.spec.foreign import Adopted, Note, adopt, signed, was_edited
from specloom.spec.source import Source
from specloom.spec.vocabulary import is_foreign


@click.command("adopt")
@click.argument("api")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--update", is_flag=True, help="Replace what was adopted before.")
@click.option("--force", is_flag=True, help="With --update, replace even what was edited since.")
@options.as_json
def command(api: str, file: Path, *, update: bool, force: bool, as_json: bool) -> None:
    """Make specs/API/openapi.yaml of FILE, any OpenAPI 3.0 or 3.1 document in YAML or JSON.

    Files that FILE refers to become part of it, 3.0 becomes 3.1, and what is not valid is mended or left out; all of
    that is told. The spec bears the mark `x-foreign: true`: what specloom demands of specs written by hand are warnings
    there. FILE stays as it is. Exit 2 when it is no such document, or there is a spec of that name already.
    """
    path = specs_folder() / api / "openapi.yaml"
    check_name(api, path.parent)
    if path.exists():
        _check_replaceable(path, update=update, force=force)
    adopted = adopt(file)
    text = signed(adopted.document(path))
    _put(path, text)
    if as_json:
        options.print_json({"path": str(path), "notes": [attrs.asdict(note) for note in adopted.notes]})
    else:
        show(Document(path, adopted.data, Source(text)), adopted)


def show(document: Document, adopted: Adopted) -> None:
    """Print what was changed for `adopted`, now `document`: each kind of change once, with the first place of it."""
    same: dict[tuple[bool, str], list[Note]] = defaultdict(list)
    for note in adopted.notes:
        same[note.lost, note.message].append(note)
    for (lost, message), notes in sorted(same.items(), key=lambda each: not each[0][0]):
        times = f" ({len(notes)} times)" if len(notes) > 1 else ""
        say(f"{document.place(notes[0].pointer)}: {'LOST ' if lost else ''}{message}{times}")
    lost_notes = sum(note.lost for note in adopted.notes)
    changes = "change" if len(adopted.notes) == 1 else "changes"
    say(f"{document.path}: adopted with {len(adopted.notes)} {changes}, {lost_notes} of which lose something")


def _check_replaceable(path: Path, *, update: bool, force: bool) -> None:
    """Raise SpecloomError unless the spec at `path` was adopted, and is to be replaced."""
    document = load(path)
    place = Place(path)
    if not is_foreign(document):
        raise SpecloomError("this spec was written by hand", place=place, remedy="choose another name")
    if not update:
        raise SpecloomError("this spec was adopted before", place=place, remedy="--update replaces it")
    if was_edited(document) and not force:
        remedy = "commit it, replace it with --update --force, and make the edits that `git diff` shows again"
        raise SpecloomError("this spec was edited since it was adopted", place=place, remedy=remedy)


def _put(path: Path, text: str) -> None:
    """Write `text` to `path` all at once, or leave everything as it was. Raises SpecloomError."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(text, "utf-8")
        aside.replace(path)
    except OSError as error:
        remedy = "see that its folder can be written, and that there is room"
        raise SpecloomError(f"cannot be written: {error.strerror}", place=Place(path), remedy=remedy) from None
    finally:
        with suppress(OSError):  # it is not there, as a rule
            aside.unlink(missing_ok=True)
        with suppress(OSError):  # there is something in it, as a rule
            path.parent.rmdir()
