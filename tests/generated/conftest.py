"""The committed packages, importable as if they were installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def packages(root: Path) -> Iterator[Path]:
    """Return the folder of the packages; each can be imported."""
    folders = [str(path.parent) for path in sorted((root / "generated").glob("*/*_client"))]
    sys.path[:0] = folders
    yield root / "generated"
    for folder in folders:
        sys.path.remove(folder)
