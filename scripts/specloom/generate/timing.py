"""Build one package, and say how long it took, or why it could not be."""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Mapping
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from traceback import extract_tb
from typing import Final

from specloom.generate.ahead import Ahead, working_ahead
from specloom.generate.garbage import uncollected
from specloom.generate.result import Counts
from specloom.spec import Place, SpecloomError

_BUILDING: Final = "specloom.generate.building"

_NO_ROOM: Final = frozenset({errno.EDQUOT, errno.EFBIG, errno.ENOSPC, errno.EROFS})


def build_timed(spec: Path, folder: Path, made_of: Mapping[str, str], *, spare: bool = False) -> tuple[Counts, float]:
    """Build a package as `build` does; return what it holds and the seconds that it took.

    With `spare`, this process does nothing else, and another core is free to make the pydantic models. Raises
    SpecloomError, also for an error that no part of the generator foresaw: a spec that shows one is no reason
    to lose the packages of all others.
    """
    start = time.perf_counter()
    try:
        with working_ahead() if spare else nullcontext() as ahead:
            counts = _build(spec, folder, made_of, ahead)
    except SpecloomError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            message = f"the package cannot be written: {error.strerror}"
            raise SpecloomError(message, place=Place(folder), remedy="make room; nothing was changed") from None
        at = extract_tb(error.__traceback__)[-1]
        raise SpecloomError(
            f"the generator broke down on it: {type(error).__name__}: {error} ({Path(at.filename).name}:{at.lineno})",
            place=Place(spec),
            remedy="that is a fault of specloom; report it with the spec",
        ) from error
    return counts, time.perf_counter() - start


def _build(spec: Path, folder: Path, made_of: Mapping[str, str], ahead: Ahead | None) -> Counts:
    # It is slow to import, and not needed when nothing changed.
    if _BUILDING not in sys.modules:
        with uncollected(at_leisure=True):
            import_module(_BUILDING)
    from specloom.generate.building import build  # noqa: PLC0415

    return build(spec, folder, made_of, ahead)
