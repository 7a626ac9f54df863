"""Start processes that have imported what builds packages."""

from __future__ import annotations

import multiprocessing
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from typing import Final

from specloom.generate.ahead import GENERATOR
from specloom.scheduling.interrupts import out_of_reach

_BUILDING: Final = ("specloom.generate.hurrying", "specloom.generate.building")


def preloaded(*, models: bool = True) -> BaseContext:
    """Return how processes are started: where it can be done, from one that has imported what builds packages.

    That one begins at once, and takes most of a second. What makes `models` may be left to the process that makes them.
    Forking this process, which may have threads such as that of a progress bar, might end in a deadlock.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*_BUILDING, *(GENERATOR if models else ())])
    with out_of_reach():
        forkserver.ensure_running()
    return context


def make_common() -> None:
    """Make what packages have in common and is not kept, before several processes each do so."""
    # They are slow to import, and not needed when nothing changed.
    from specloom.generate.bundling import tidied  # noqa: PLC0415
    from specloom.generate.templates import compile_all  # noqa: PLC0415

    compile_all()
    tidied()
