"""The control plane under `/_sandbox/`: list the APIs, reset them, read and add records; outside every spec."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final
from urllib.parse import parse_qsl

from specloom.sandbox import strict_json
from specloom.sandbox.message import Reply, Request, json_reply, problem
from specloom.sandbox.store import Store
from specloom.spec import Api, Schemas
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import RecordKind

PREFIX: Final = "/_sandbox/"


class ControlPlane:
    """Answers requests to the control plane."""

    def __init__(self, apis: Mapping[str, Api], schemas: Mapping[str, Schemas], store: Store) -> None:
        """Take the APIs by name, the schemas of their documents, and the store that holds their records."""
        self._apis = apis
        self._schemas = schemas
        self._store = store

    async def handle(self, request: Request) -> Reply:
        """Return the answer to a request whose path starts with `PREFIX`."""
        match request.path.removeprefix(PREFIX).split("/"):
            case [""]:
                return self._only("GET", request) or await self._overview()
            case [name, "reset"] if name in self._apis:
                return self._only("POST", request) or await self._reset(name)
            case [name, "digest"] if name in self._apis:
                return self._only("GET", request) or await self._digest(name)
            case [name, "records", kind] if name in self._apis and kind in self._apis[name].records:
                api = self._apis[name]
                if request.method == "POST":
                    return await self._add(api, api.records[kind], request)
                return self._only("GET", request, also="POST") or await self._list(api, api.records[kind], request)
        return problem(404, "the control plane has nothing here")

    def _only(self, method: str, request: Request, *, also: str = "") -> Reply | None:
        if request.method == method:
            return None
        allowed = ", ".join(filter(None, (method, also)))
        return problem(405, f"use {allowed}", headers=[("allow", allowed)])

    async def _overview(self) -> Reply:
        apis = {}
        for name, api in self._apis.items():
            counts = {kind: await self._store.count(name, kind) for kind in api.records}
            apis[name] = {"mount": f"/{name}", "records": counts}
        return json_reply(200, {"apis": apis})

    async def _reset(self, name: str) -> Reply:
        await self._store.reset(name)
        return Reply(204)

    async def _digest(self, name: str) -> Reply:
        kinds = self._apis[name].records
        return json_reply(200, {"digest": {kind: await self._store.digest(name, kind) for kind in kinds}})

    async def _list(self, api: Api, kind: RecordKind, request: Request) -> Reply:
        query = dict(parse_qsl(request.query))
        limit = query.get("limit", "100000")
        if not (limit.isascii() and limit.isdigit()):
            return problem(400, f"limit={limit} is no number")
        try:
            records = await self._select(api, kind, query)
        except ValueError as error:
            return problem(400, str(error))
        found = (
            {"tenant": tenant, "record": body}
            for tenant, body in records
            if query.get("state") in {None, json_pointer.get(body, kind.state)}
        )
        return json_reply(200, {"records": list(islice(found, int(limit)))})

    async def _select(self, api: Api, kind: RecordKind, query: Mapping[str, str]) -> Iterable[tuple[str, Any]]:
        """Return the records of a tenant that have a value at a key, or all; raise ValueError when that is no key."""
        if "key" not in query:
            return await self._store.records(api.name, kind.name, query.get("tenant"))
        if query["key"] not in kind.keys or "tenant" not in query:
            raise ValueError(f"a key is one of {', '.join(kind.keys)}, and needs tenant and value")
        key = (query["key"], strict_json.parse(query.get("value", "").encode()))
        record = await self._store.find(api.name, kind.name, query["tenant"], key)
        return [] if record is None else [(record.tenant, record.body)]

    async def _add(self, api: Api, kind: RecordKind, request: Request) -> Reply:
        try:
            entries = [_entry(entry) for entry in strict_json.parse(request.body)["records"]]
        except (ValueError, LookupError, TypeError) as error:
            detail = str(error) if isinstance(error, ValueError) else "the body is not {records: [{tenant, record}, …]}"
            return problem(400, detail)
        for tenant, body in entries:
            if tenant not in api.tenants:
                return problem(422, f"there is no tenant {tenant!r}; choose from {', '.join(api.tenants)}")
            for fault in self._schemas[api.name].errors(kind.schema_pointer, body):
                at = json_pointer.join(*(str(token) for token in fault.instance_path))
                return problem(422, f"not a {kind.name}: {fault.message[:300]} at {at or 'its root'}")
        for tenant, body in entries:
            await self._store.put(api.name, kind, tenant, body)
        return json_reply(201, {"records": len(entries)})


def _entry(entry: Any) -> tuple[str, dict[str, Any]]:
    tenant, body = entry["tenant"], entry["record"]
    if not isinstance(tenant, str) or not isinstance(body, dict):
        raise TypeError
    return tenant, body
