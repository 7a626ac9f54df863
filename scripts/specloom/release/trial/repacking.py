"""Pack what is installed here into wheels again, for environments that are to have the same versions, offline."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from specloom.spec import SpecloomError

# What an installer adds (packaging.python.org, Recording installed projects).
_ADDED: Final = frozenset({"INSTALLER", "RECORD", "REQUESTED", "direct_url.json"})


def repack(requirements: Iterable[str], folder: Path, extras: Iterable[str] = ()) -> list[Path]:
    """Pack what the requirements ask for, and what that requires, into wheels in `folder`; return these.

    Of the requirements of extras those of `extras` count. What is installed here is packed, whatever version is asked
    for: pip judges that. Raises SpecloomError when something is not installed, or not in a way that can be packed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_pack(each, folder) for each in _closure(requirements, {"", *extras})]


def _closure(requirements: Iterable[str], extras: Iterable[str]) -> list[Distribution]:
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(Requirement(text), extra) for text in requirements for extra in extras]
    while waiting:
        requirement, extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
            continue
        if name not in found:
            found[name] = _installed(name)
        for wanted in {"", *requirement.extras}:
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                waiting += [(Requirement(text), wanted) for text in found[name].requires or ()]
    return list(found.values())


def _installed(name: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError:
        raise SpecloomError(f"{name} is not installed", remedy="install the locked tools again") from None


def _pack(installed: Distribution, folder: Path) -> Path:
    described = installed.read_text("WHEEL")
    is_linked = "editable" in (installed.read_text("direct_url.json") or "")
    if described is None or installed.files is None or is_linked:
        name = installed.metadata["Name"]
        raise SpecloomError(f"{name} was not installed from a wheel", remedy="install it with pip, not editable")
    tag = next(line.partition(":")[2].strip() for line in described.splitlines() if line.startswith("Tag:"))
    name = canonicalize_name(installed.metadata["Name"]).replace("-", "_")
    wheel = folder / f"{name}-{installed.version}-{tag}.whl"
    rows = []
    with zipfile.ZipFile(wheel, "w") as archive:
        for inside, content in _files(installed):
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
            rows.append((inside, f"sha256={digest}", str(len(content))))
            archive.writestr(inside, content)
        record = f"{_info(installed)}/RECORD"
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([*rows, (record, "", "")])
        archive.writestr(record, text.getvalue())
    return wheel


def _files(installed: Distribution) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a distribution as its wheel had them, without the scripts, which pip makes anew."""
    info = _info(installed)
    for file in installed.files or ():
        is_added = file.parent.as_posix() == info and file.name in _ADDED
        if ".." in file.parts or file.suffix == ".pyc" or is_added:
            continue
        yield file.as_posix(), Path(str(installed.locate_file(file))).read_bytes()


def _info(installed: Distribution) -> str:
    """Return the name of the folder with the metadata of a distribution."""
    files = installed.files or ()
    return next(file.parent.as_posix() for file in files if file.match("*.dist-info/METADATA"))
