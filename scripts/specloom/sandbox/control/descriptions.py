"""Describe the APIs, and the control plane itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

import attrs

from specloom.sandbox.console import Snippets, forms
from specloom.sandbox.control.asked import Asked
from specloom.sandbox.control.expanding import expanded
from specloom.sandbox.control.records import api_of
from specloom.sandbox.control.refusals import UnknownError, refused
from specloom.sandbox.faults import RequestFault
from specloom.sandbox.message import Reply, json_reply
from specloom.sandbox.store import Store
from specloom.spec import Api, SpecloomError
from specloom.spec.conflicts import conflicts
from specloom.spec.loading import read_api
from specloom.spec.reading import parse


@cache
def control_api() -> Api:
    """Return the description of the control plane, `openapi.yaml` beside this module."""
    text = resources.files("specloom.sandbox.control").joinpath("openapi.yaml").read_text("utf-8")
    return read_api(parse(text, Path("openapi.yaml")), "control")


class Descriptions:
    """Answers requests for descriptions."""

    def __init__(self, apis: Mapping[str, Api], store: Store, snippets: Snippets | None) -> None:
        """Take the APIs by name, the store that holds their records, and what writes code for a request."""
        self._apis = apis
        self._store = store
        self._snippets = snippets

    async def overview(self, _: Asked) -> Reply:
        """List the APIs and count their records."""
        found = {}
        for name, api in self._apis.items():
            counts = {kind: await self._store.count(name, kind) for kind in api.records}
            found[name] = {"title": api.title, "version": api.version, "mount": f"/{name}", "records": counts}
        return json_reply(200, {"apis": found})

    async def control(self, _: Asked) -> Reply:
        """Give the description of the control plane, with what this sandbox has in it."""
        return json_reply(200, expanded(control_api().document.data, self._apis))

    async def api(self, asked: Asked) -> Reply:
        """Give the spec of an API with this sandbox as its server."""
        api = api_of(self._apis, asked)
        return json_reply(200, {**api.document.data, "servers": [{"url": f"/{api.name}", "description": "Sandbox."}]})

    async def questions(self, asked: Asked) -> Reply:
        """Give what the pages contradict or leave open."""
        found = conflicts(api_of(self._apis, asked).document)
        return json_reply(200, {"questions": [attrs.asdict(question) for question in found]})

    async def forms(self, asked: Asked) -> Reply:
        """Give what the console makes its forms of."""
        api = api_of(self._apis, asked)
        return json_reply(200, forms(api, mount=f"/{api.name}", snippets=self._snippets is not None))

    async def snippet(self, asked: Asked) -> Reply:
        """Write code for a request."""
        api, name = api_of(self._apis, asked), asked.path["operation"]
        operation = next((each for each in api.operations if each.id == name), None)
        if operation is None:
            raise UnknownError(f"{api.name} has no operation {name[:100]!r}")
        if self._snippets is None:
            raise UnknownError("this sandbox was started without what writes code")
        try:
            # It takes a second the first time: a thread, so that others are answered meanwhile.
            code = await asyncio.to_thread(self._snippets, api, operation, asked.body)
        except SpecloomError as error:
            return refused(400, [RequestFault("path", ("operation",), f"no code can be written: {error.message}")])
        return json_reply(200, {"code": code})
