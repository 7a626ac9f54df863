"""Keep between runs what takes long to make, and is the same for every package."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from jinja2 import FileSystemBytecodeCache

# Compiled code depends on what compiles it, and on the settings of openapi-python-client.
_VERSIONS: Final = "-".join(version(each) for each in ("jinja2", "openapi-python-client"))

COMPILED: Final = FileSystemBytecodeCache(pattern=f"specloom-{_VERSIONS}-%s.cache")
"""A store of compiled templates; one whose text changed is compiled again.

It is in the folder for temporary files, and nobody but the user can write there.
"""


def kept(name: str, made_of: Mapping[str, str], make: Callable[[], Mapping[str, str]]) -> Mapping[str, str]:
    """Return what `make` returned when it was last called for this `name`, if it was `made_of` the same; or call it.

    What cannot be read is made again; what cannot be written, each time.
    """
    path = Path(COMPILED.directory, f"specloom-{name}.json")
    with suppress(OSError, ValueError, LookupError, TypeError):
        found: Any = json.loads(path.read_text("utf-8"))
        if found["made_of"] == made_of:
            texts: dict[str, str] = found["texts"]
            return texts
    made = make()
    with suppress(OSError):
        _write(path, json.dumps({"made_of": dict(made_of), "texts": dict(made)}))
    return made


def _write(path: Path, text: str) -> None:
    """Write all of `path` at once, for others may read it meanwhile."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
