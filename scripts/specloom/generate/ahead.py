"""Make the pydantic models of a spec in a process of its own, while this one makes the client."""

from __future__ import annotations

import multiprocessing
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import attrs

from specloom.generate.finishing import finished_models
from specloom.generate.models import Models
from specloom.generate.naming import Names
from specloom.scheduling.interrupts import held_back
from specloom.scheduling.orphans import end_with_parent
from specloom.spec import Api

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


@attrs.frozen
class _Made:
    """The models, and the ids of the operations that they are of."""

    models: Models
    operations: list[str]


class Ahead:
    """The `finished_models` of an API, which are being made."""

    def __init__(self, names: Names, made: Connection[None, _Made] | None) -> None:
        """Take where they will come from, if anywhere."""
        self._names = names
        self._made = made

    def models(self, api: Api) -> Models:
        """Wait for the models of `api`.

        They are made here when the other process was killed, or failed, for an error is to be told as ever; or when the
        client leaves out operations that they are of.
        """
        made = None
        with suppress(EOFError, OSError):
            made = self._made and self._made.recv()
        if made and made.operations == [each.id for each in api.operations]:
            return made.models
        return finished_models(api, self._names)


@contextmanager
def made_ahead(api: Api, names: Names) -> Iterator[Ahead]:
    """Start to make the models of `api` as it was prepared for the client; in the end no process is left.

    It is forked from this one, which has to be one that only builds: forking a process whose threads do anything may
    end in a deadlock. Where that is known to be unsafe at any time, nothing is made ahead.
    """
    if sys.platform != "linux":
        yield Ahead(names, None)
        return
    context = multiprocessing.get_context("fork")
    made, sending = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(api, names, sending))
    with made:
        # Ctrl-C reaches every process of a terminal; it is this one that ends the other.
        with sending, held_back(), warnings.catch_warnings():
            # The thread that lets a process end with its parent waits, and holds nothing.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        try:
            yield Ahead(names, made)
        finally:
            process.terminate()
            process.join()


def _send(api: Api, names: Names, sending: Connection[_Made, None]) -> None:
    end_with_parent()
    # Whatever it is, it is told when they are made again.
    with sending, suppress(Exception):
        sending.send(_Made(finished_models(api, names), [each.id for each in api.operations]))
