"""Run the parts of a campaign against an app in this very process, the cheapest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from typing import Final, Protocol

import attrs

from specloom.fuzz.context import Context
from specloom.fuzz.control import ControlPlane
from specloom.fuzz.narrowing import focused
from specloom.fuzz.redaction import Redactor
from specloom.fuzz.result import Event
from specloom.fuzz.running import PARTS, connect
from specloom.fuzz.settings import CampaignSettings
from specloom.fuzz.targets import Supply, credentials_of
from specloom.fuzz.wire import AsgiApp, AsgiWire
from specloom.spec import Api

_BY_URL: Final = ("schemathesis",)
"""Parts that need a server with a URL, and most of the time."""


class Served(Protocol):
    """An app that is served, at `url`."""

    url: str


@attrs.frozen
class Focus:
    """What a broken rule is about: the part of a campaign that looks for it first, and the operation; "" is any."""

    part: str = ""
    operation: str = ""


_ALL: Final = Focus()

Serve = Callable[[AsgiApp], AbstractContextManager[Served]]
"""Serves an app over HTTP for as long as a `with` block lasts."""


def events(api: Api, app: AsgiApp, serve: Serve, seed: int = 0, focus: Focus = _ALL) -> Iterator[Event]:
    """Run a campaign against `app` and yield what its parts do, those that need HTTP last.

    They begin only when they are asked for: whoever has seen enough spares them.
    """
    some = focused(api, focus.operation)
    context = attrs.evolve(inside(api, app, seed), api=some)
    with closing(context.wire), closing(context.control):
        for name, part in sorted(PARTS.items(), key=lambda each: each[0] != focus.part):
            if name not in _BY_URL:
                _restore(context)
                yield from part(context)
        _restore(context)
    with serve(app) as server:
        settings = CampaignSettings(f"{server.url}/{api.name}", seed=seed, max_operations=0)
        context = attrs.evolve(connect(api, settings), api=some)
        with closing(context.wire), closing(context.control):
            for name in _BY_URL:
                _restore(context)
                yield from PARTS[name](context)


def inside(api: Api, app: AsgiApp, seed: int = 0) -> Context:
    """Return the context of a campaign against an app in this process."""
    credentials = credentials_of(api)
    return Context(
        api=api,
        # Nothing is made short for people: the first failure that fits ends it.
        settings=CampaignSettings("http://127.0.0.1", seed=seed, stop_at_first=True),
        wire=AsgiWire(app, f"/{api.name}"),
        control=ControlPlane.over(AsgiWire(app), api.name),
        supply=Supply(api),
        credentials=credentials,
        redactor=Redactor(credentials),
    )


def _restore(context: Context) -> None:
    context.control.reset()
    context.supply.restore()
