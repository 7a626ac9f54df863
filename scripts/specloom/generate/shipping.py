"""Build a package where neither the spec nor the folder for the package is, such as on another machine."""

from __future__ import annotations

import tempfile
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
    """A package that was built: its files by their path in it, what it holds, and the seconds that it took."""

    files: Mapping[str, bytes] = attrs.field(repr=False)
    counts: Counts
    seconds: float

    def unpack(self, folder: Path) -> None:
        """Write the package into the new folder `folder`."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


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
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
    return Shipment(files, counts, seconds)
