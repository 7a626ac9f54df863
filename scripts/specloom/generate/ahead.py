"""Let a process of its own make the pydantic models of a spec while this one makes the client."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from specloom.generate.naming import Names
from specloom.generate.prepared import Modelled
from specloom.scheduling.forking import forked
from specloom.scheduling.orphans import end_with_parent

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

GENERATOR: Final = (
    "datamodel_code_generator.config",
    "datamodel_code_generator.model.pydantic_v2",
    "datamodel_code_generator.parser.openapi",
)
"""What datamodel-code-generator imports only when it is first called."""


@attrs.define
class Ahead:
    """What another process makes meanwhile."""

    _other: Connection[Any, Any] | None

    def begin(self, modelled: Modelled, names: Names, spec: Path) -> None:
        """Begin with what `finished_schemas` makes of these."""
        if self._other is not None:
            with suppress(OSError):
                self._other.send((modelled, names, spec))

    def schemas(self) -> str | None:
        """Wait for the module that was begun; None when the process was killed, or failed, or there is none."""
        module: str | None = None
        if self._other is not None:
            with suppress(EOFError, OSError):
                module = self._other.recv()
        return module


@contextmanager
def working_ahead() -> Iterator[Ahead]:
    """Start the process; in the end it is gone.

    It is forked from this one, which has to be one that only builds: forking a process whose threads do anything may
    end in a deadlock. The sooner it is forked the better, for it has much to import, and nothing that this process
    needs. Where forking is known to be unsafe at any time, there is no such process.
    """
    if sys.platform != "linux":
        yield Ahead(None)
        return
    here, there = multiprocessing.Pipe()
    with here, there, forked(_serve, here, there):
        there.close()  # so that the end of the other is seen
        yield Ahead(here)


def _serve(asking: Connection[Any, Any], connection: Connection[Any, Any]) -> None:
    asking.close()
    end_with_parent()
    gc.disable()
    # Whatever it is, it is told when the same is done again.
    with connection, suppress(Exception):
        for module in GENERATOR:
            import_module(module)
        from specloom.generate.finishing import finished_schemas  # noqa: PLC0415

        connection.send(finished_schemas(*connection.recv()))
