"""The files of a release: there already, or built again from its tag."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path

from specloom.release.distributions import build_sdist, build_wheel
from specloom.release.repository import Repository
from specloom.release.tags import Release
from specloom.release.whole import write_whole
from specloom.spec import Place, SpecloomError


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def build_archives(package: Path, dist: Path) -> dict[str, Path]:
    """Build wheel and source distribution of a package into `dist`; return them by name."""
    return {path.name: path for path in (build_wheel(package, dist), build_sdist(package, dist))}


def provide(repository: Repository, release: Release, folder: Path) -> bool:
    """Make sure that the files of a release are in `folder`; return whether they had to be built.

    What is there and is not what was released is replaced. Raises SpecloomError when what is built from the tag is
    not, byte for byte, what was released.
    """
    if all(
        (folder / name).is_file() and digest_of(folder / name) == wanted for name, wanted in release.digests.items()
    ):
        return False
    with tempfile.TemporaryDirectory(prefix="specloom-") as scratch:
        package = repository.export(f"refs/tags/{release.tag}", f"generated/{release.api}", Path(scratch))
        built = build_archives(package, Path(scratch, "dist"))
        _check(release, {name: digest_of(path) for name, path in built.items()})
        folder.mkdir(parents=True, exist_ok=True)
        for name, path in built.items():
            write_whole(folder / name, path.read_bytes())
    return True


def _check(release: Release, built: Mapping[str, str]) -> None:
    for name, wanted in release.digests.items():
        if built.get(name) != wanted:
            raise SpecloomError(
                f"what is built from the tag {release.tag} is not what was released: SHA-256 {built.get(name)}",
                place=Place(Path(name)),
                remedy=f"build it with the tools of that release, or put the file with SHA-256 {wanted} into the index",
            )
