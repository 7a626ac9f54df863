"""Build a package where neither the spec nor the folder for the package is, such as on another machine."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import attrs

from specloom.generate.result import Counts
from specloom.generate.timing import build_timed
from specloom.spec import Place, SpecloomError


@attrs.frozen
class Order:
    """What a package is built from: the content of the spec, and the path that it was read from."""

    spec: bytes = attrs.field(repr=False)
    path: Path
    made_of: Mapping[str, str]

    @classmethod
    def of(cls, path: Path, made_of: Mapping[str, str]) -> Order:
        """Read the spec at `path`. Raises SpecloomError when that cannot be read."""
        try:
            return cls(path.read_bytes(), path, made_of)
        except OSError as error:
            raise SpecloomError(
                f"cannot be read: {error.strerror}", place=Place(path), remedy="check the path"
            ) from None


@attrs.frozen
class Shipment:
    """A package that was built, as a zip archive, what it holds, and the seconds that it took."""

    archive: bytes = attrs.field(repr=False)
    counts: Counts
    seconds: float

    def unpack(self, folder: Path) -> None:
        """Write the package into the new folder `folder`."""
        with zipfile.ZipFile(io.BytesIO(self.archive)) as archive:
            archive.extractall(folder)


def _archive(folder: Path) -> bytes:
    """Return the files below `folder`, packed quickly: all packages of a run pass through one machine."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.writestr(path.relative_to(folder).as_posix(), path.read_bytes())
    return content.getvalue()


def build_shipment(order: Order) -> Shipment:
    """Build a package. Raises SpecloomError as `build_timed` does, about the path that the spec was read from."""
    with tempfile.TemporaryDirectory(prefix="specloom-") as name:
        # The last three parts of the path are in what is generated.
        spec = Path(name, *PurePosixPath(*order.path.absolute().parts[-3:]).parts)
        spec.parent.mkdir(parents=True)
        spec.write_bytes(order.spec)
        folder = Path(name) / "built"
        try:
            counts, seconds = build_timed(spec, folder, order.made_of)
        except SpecloomError as error:
            if error.place.path == spec:
                error.place = attrs.evolve(error.place, path=order.path)
            raise
        return Shipment(_archive(folder), counts, seconds)
