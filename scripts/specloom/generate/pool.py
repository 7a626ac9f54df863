"""Processes that build packages."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import BaseContext
from typing import Final

from specloom.scheduling.orphans import end_with_parent

# What builds packages, and what datamodel-code-generator imports only when it is first called.
_NEEDED: Final = (
    "specloom.generate.building",
    "datamodel_code_generator.config",
    "datamodel_code_generator.model.pydantic_v2",
    "datamodel_code_generator.parser.openapi",
)


class Pool(ProcessPoolExecutor):
    """A pool of processes that start quickly, and with what builds packages imported."""

    def __init__(self, jobs: int) -> None:
        """Take the number of processes."""
        super().__init__(jobs, mp_context=_context(), initializer=end_with_parent)


def _context() -> BaseContext:
    """Return how processes are started: where it can be done, from one that has imported what builds packages.

    Forking this process, which may have threads such as that of a progress bar, might end in a deadlock.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_NEEDED))
    return context
