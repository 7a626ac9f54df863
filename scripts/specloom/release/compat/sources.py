"""Find the two sides of a comparison: files, folders of APIs, and files of git revisions."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path, PurePosixPath
from typing import Final

from specloom.spec import Document, Place, SpecloomError, load
from specloom.spec import pointer as json_pointer
from specloom.spec.folder import specs_folder
from specloom.spec.foreign import adopt
from specloom.spec.reading import parse
from specloom.spec.walking import walk

_VERSION: Final = re.compile(r"3\.[0-9]+(\..*)?", re.ASCII)
_NAME: Final = "openapi.yaml"


def read_source(source: str) -> Document:
    """Read an OpenAPI document from a file, a folder with an openapi.yaml, or the folder in specs/ of that name.

    One that is spread over files is put into one as `specloom adopt` does, in memory; from git it has to be in one.

    `REVISION:PATH`, also with `git:` before it, is a file or folder as it was in a revision of git. Raises
    SpecloomError when there is no such document, or none that can be compared.
    """
    path = Path(source)
    named = specs_folder() / source / _NAME
    if path.is_file():
        document = load(path)
    elif path.is_dir():
        document = load(path / _NAME)
    elif ":" in source:
        document = _from_git(*source.removeprefix("git:").split(":", 1))
    else:
        document = load(named if "/" not in source and named.is_file() else path)
    if document.path.is_file() and _is_spread(document):
        document = adopt(document.path).document(Path(f"{document.path} as adopted"))
    check_comparable(document)
    return document


def _is_spread(document: Document) -> bool:
    """Say whether references of an OpenAPI document lead to other files."""
    if not isinstance(document.data, dict) or "openapi" not in document.data:
        return False
    references = (value.get("$ref") for _, value in walk(document.data))
    return any(isinstance(each, str) and not each.startswith("#") for each in references)


def check_comparable(document: Document) -> None:
    """Raise SpecloomError unless `document` is an OpenAPI document 3.x whose references all lead to something in it."""
    data = document.data
    if not isinstance(data, dict):
        raise document.error("an OpenAPI document is an object", "", "start with `openapi: 3.1.0`")
    if "swagger" in data:
        raise document.error("this is Swagger 2.0", "/swagger", "convert it to OpenAPI 3 first")
    if not _VERSION.fullmatch(str(data.get("openapi", ""))):
        raise document.error("this is not OpenAPI 3", "/openapi", "start with `openapi: 3.1.0`")
    for tokens, value in walk(data):
        reference = value.get("$ref")
        if isinstance(reference, str):
            if not reference.startswith("#"):
                remedy = "adopt it first: `specloom adopt` puts all of it into one file"
                raise document.error(f"$ref {reference!r} leaves this file", json_pointer.join(*tokens, "$ref"), remedy)
            document.resolve(json_pointer.join(*tokens))


def _from_git(revision: str, path: str) -> Document:
    """Read `path` as it was in `revision`; a folder stands for its openapi.yaml."""
    file = path if PurePosixPath(path).suffix else f"{path.rstrip('/')}/{_NAME}"
    name = f"{revision}:{file}"
    try:
        shown = subprocess.run(  # noqa: S603 - the revision cannot be taken for an option
            ["git", "show", "--end-of-options", name],  # noqa: S607 - git as the user has it
            capture_output=True,
            check=False,
        )
    except (OSError, ValueError) as error:
        raise SpecloomError(f"git cannot be run: {error}", place=Place(Path(name)), remedy="name a file") from None
    if shown.returncode:
        reason = shown.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ").partition("\n")[0]
        remedy = "check the revision and the path, which starts at the top of the repository"
        raise SpecloomError(f"git has no such file: {reason}", place=Place(Path(name)), remedy=remedy)
    try:
        return parse(shown.stdout.decode("utf-8"), Path(name))
    except UnicodeDecodeError as error:
        remedy = "save the file as UTF-8"
        raise SpecloomError(f"not UTF-8: {error.reason}", place=Place(Path(name)), remedy=remedy) from None
