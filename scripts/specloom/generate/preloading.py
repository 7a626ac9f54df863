"""Start processes that have imported what builds packages."""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from importlib import import_module
from multiprocessing import forkserver
from multiprocessing.context import BaseContext

from specloom.generate.ahead import GENERATOR
from specloom.scheduling.forking import forked, may_fork
from specloom.scheduling.interrupts import out_of_reach


def preloaded(*, models: bool = True) -> BaseContext:
    """Return how processes are started: where it can be done, from one that has imported what builds packages.

    That is this one if it may be forked. What makes `models` may be left to the process that makes them. Meanwhile,
    which is most of a second, what packages have in common is made.
    """
    modules = ["specloom.generate.building", *(GENERATOR if models else ())]
    if may_fork():
        with forked(_make_common) as process:
            for module in modules:
                import_module(module)
            process.join()
        return multiprocessing.get_context("fork")
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["specloom.generate.hurrying", *modules])
    with out_of_reach():
        forkserver.ensure_running()
    _make_common()
    return context


def _make_common() -> None:
    """Make what packages have in common and is not kept, so that several processes need not."""
    # They are slow to import, and not needed when nothing changed.
    from specloom.generate.bundling import tidied  # noqa: PLC0415
    from specloom.generate.templates import compile_all  # noqa: PLC0415

    # Whoever needs them says what is wrong.
    with suppress(Exception):
        compile_all()
        tidied()
