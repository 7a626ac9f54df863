"""Build the wheel of a generated package."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

from specloom.spec import Place, SpecloomError


def build_wheel(package: Path, dist: Path) -> Path:
    """Build the wheel of the distribution in `package` into `dist` and return its path.

    The same input gives the same bytes: hatchling dates every file alike. Wheels of other versions stay.
    Raises SpecloomError when `package` is no distribution or `dist` cannot be written.
    """
    if not (package / "pyproject.toml").is_file():
        raise SpecloomError("there is no package here", place=Place(package), remedy="run `make generate` first")
    try:
        dist.mkdir(parents=True, exist_ok=True)
        with redirect_stdout(io.StringIO()):
            return Path(next(iter(WheelBuilder(str(package)).build(directory=str(dist), versions=["standard"]))))
    except OSError as error:
        raise SpecloomError(
            f"the wheel cannot be written: {error.strerror}", place=Place(dist), remedy="make the folder writable"
        ) from None
