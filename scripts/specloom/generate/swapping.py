"""Put newly built folders in the place of others, all of them or none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from specloom.scheduling.interrupts import held_back


@contextmanager
def beside(output: Path) -> Iterator[Path]:
    """Make a folder beside `output`, so that renaming from one into the other is one step; remove it in the end."""
    output.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def swap(built: Mapping[str, Path], output: Path, aside: Path) -> None:
    """Move each folder of `built` to `output` under its name, and what stood there to the new folder `aside`.

    Ctrl-C has to wait. When a step fails, all is put back and the error is raised.
    """
    with held_back():
        output.mkdir(exist_ok=True)
        aside.mkdir()
        there_before = {name for name in built if (output / name).exists()}
        try:
            for name, folder in built.items():
                if name in there_before:
                    (output / name).rename(aside / name)
                folder.rename(output / name)
        except BaseException:
            for name, folder in built.items():
                _put_back(output / name, folder, aside / name, there_before=name in there_before)
            raise


def _put_back(place: Path, built: Path, aside: Path, *, there_before: bool) -> None:
    """Undo what was done for one folder, of which where the folders now are is the only evidence."""
    if place.exists() and (aside.exists() or not there_before):
        place.rename(built)
    if aside.exists():
        aside.rename(place)
