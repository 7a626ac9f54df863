"""Start processes that have imported what builds packages."""

from __future__ import annotations

import multiprocessing
from multiprocessing.context import BaseContext
from typing import Final

_BUILDING: Final = ("specloom.generate.hurrying", "specloom.generate.building")
# What datamodel-code-generator imports only when it is first called.
_MODELS: Final = (
    "datamodel_code_generator.config",
    "datamodel_code_generator.model.pydantic_v2",
    "datamodel_code_generator.parser.openapi",
)


def preloaded(*, models: bool = True) -> BaseContext:
    """Return how processes are started: where it can be done, from one that has imported what builds packages.

    What makes `models` may be left to the process that makes them. Forking this process, which may have threads such as
    that of a progress bar, might end in a deadlock.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*_BUILDING, *(_MODELS if models else ())])
    return context
