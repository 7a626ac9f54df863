"""Find the specs in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from specloom.spec.errors import Place, SpecloomError


def specs_folder() -> Path:
    """Return the folder of the specs: `SPECLOOM_SPECS` if set, else `specs` in the current folder."""
    return Path(os.environ.get("SPECLOOM_SPECS", "specs"))


def find_specs(names: Iterable[str] = (), folder: Path | None = None) -> list[Path]:
    """Return the `openapi.yaml` of each API named, in that order, or of all in alphabetical order when none is.

    Raises SpecloomError when the folder or one of the APIs does not exist.
    """
    folder = folder or specs_folder()
    found = {path.parent.name: path for path in sorted(folder.glob("*/openapi.yaml"))}
    if not found:
        raise SpecloomError(
            "there are no specs here", place=Place(folder), remedy="run this where specs/<api>/openapi.yaml is"
        )
    chosen = list(dict.fromkeys(names))
    for name in chosen:
        if name not in found:
            known = ", ".join(found)
            raise SpecloomError(f"there is no API {name!r}", place=Place(folder), remedy=f"choose from: {known}")
    return [found[name] for name in chosen] if chosen else list(found.values())
