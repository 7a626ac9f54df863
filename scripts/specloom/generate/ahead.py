"""Make the pydantic models of a spec in a process of its own, while another one makes its client."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from specloom.scheduling.interrupts import out_of_reach
from specloom.scheduling.pool import Pool

if TYPE_CHECKING:
    from specloom.generate.models import Models
    from specloom.spec import Api


@attrs.frozen
class _Made:
    """The models, and the ids of the operations that they are of."""

    models: Models
    operations: list[str]


class Ahead:
    """The models of a spec, which are being made."""

    def __init__(self, made: Future[_Made]) -> None:
        """Take what will be made."""
        self._made = made

    def models(self, api: Api) -> Models | None:
        """Wait for the models of `api`.

        None when there are none: the process was killed, or failed, which shows again where it is done here; or the
        client leaves out operations that they are of.
        """
        try:
            made = self._made.result()
        except Exception:  # noqa: BLE001 - whatever it is, it is told when they are made again
            return None
        return made.models if made.operations == [each.id for each in api.operations] else None


@contextmanager
def made_ahead(spec: Path) -> Iterator[Ahead]:
    """Start to make the models of `spec`; whatever happens, no process is left in the end."""
    # One that is forked from a server would have to wait until that has imported all that makes a package.
    with Pool(1, multiprocessing.get_context("spawn")) as pool:
        with out_of_reach():
            made = pool.submit(_make, spec)
        yield Ahead(made)


def _make(spec: Path) -> _Made:
    # Slow to import, and not needed by who only starts this.
    from specloom.generate.garbage import uncollected  # noqa: PLC0415
    from specloom.generate.models import make_models  # noqa: PLC0415
    from specloom.generate.naming import names_of  # noqa: PLC0415
    from specloom.generate.preparing import prepare  # noqa: PLC0415
    from specloom.spec import load_api  # noqa: PLC0415

    with uncollected():
        # The bodies that a client can send are those that are to have models.
        api = prepare(load_api(spec)).api
        return _Made(make_models(api, names_of(spec)), [each.id for each in api.operations])
