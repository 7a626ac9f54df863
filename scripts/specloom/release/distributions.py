"""Build the wheel and the source distribution of a generated package."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from email import message_from_bytes, policy
from email.message import Message
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

from hatchling.builders.plugin.interface import BuilderInterface
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from specloom.generate.record import files
from specloom.spec import Place, SpecloomError

_DATE: Final = "1580601600"
"""When all files in an archive were changed, in seconds since 1970: 2 February 2020, which hatchling takes, too.

No other date gives the same bytes from a tag as from the release that made it, and from a copy of a folder as from the
folder.
"""


def build_wheel(package: Path, dist: Path) -> Path:
    """Build the wheel of the distribution in `package` into `dist` and return its path.

    The same input gives the same bytes, wherever and whenever it is built. Wheels of other versions stay.
    Raises SpecloomError when `package` is no distribution or `dist` cannot be written.
    """
    return _build(WheelBuilder, package, dist)


def build_sdist(package: Path, dist: Path) -> Path:
    """Build the source distribution of `package` as `build_wheel` does the wheel."""
    return _build(SdistBuilder, package, dist)


def metadata_of(wheel: Path) -> bytes:
    """Return the core metadata of a wheel as they stand in it."""
    with ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return archive.read(name)


def wheel_metadata(wheel: Path) -> Message:
    """Return the core metadata of a wheel; the payload is its README."""
    return message_from_bytes(metadata_of(wheel), policy=policy.default.clone(utf8=True))


def _build(builder: type[BuilderInterface[Any, Any]], package: Path, dist: Path) -> Path:
    if not (package / "pyproject.toml").is_file():
        raise SpecloomError("there is no package here", place=Place(package), remedy="run `make generate` first")
    try:
        dist.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="specloom-") as name:
            source = _copy(package, Path(name))
            with redirect_stdout(io.StringIO()), _dated():
                built = Path(next(iter(builder(str(source)).build(directory=name, versions=["standard"]))))
            part = dist / f".{built.name}.part"
            shutil.copyfile(built, part)
            return part.replace(dist / built.name)
    except OSError as error:
        raise SpecloomError(
            f"the package cannot be built: {error.strerror or error}",
            place=Place(dist),
            remedy="make the folder writable, and see that the disk has room",
        ) from None


def _copy(package: Path, folder: Path) -> Path:
    """Copy the files of `package`, without their modes and dates, to where hatchling sees no repository around them.

    A .gitignore further up would leave out files, and become one of a source distribution.
    """
    (folder / ".git").mkdir()
    copy = folder / "package"
    for name, path in files(package).items():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy / name)
    return copy


@contextmanager
def _dated() -> Iterator[None]:
    """Have hatchling date every file alike (reproducible-builds.org, SOURCE_DATE_EPOCH)."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = _DATE
    try:
        yield
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before
