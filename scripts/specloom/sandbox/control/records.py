"""List, add and reset records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import jsonschema_rs

from specloom.sandbox import strict_json
from specloom.sandbox.control.asked import Asked
from specloom.sandbox.control.refusals import UnknownError, refused
from specloom.sandbox.faults import RequestFault
from specloom.sandbox.message import Reply, json_reply
from specloom.sandbox.store import Store
from specloom.spec import Api, Schemas
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import RecordKind
from specloom.spec.equality import equal
from specloom.spec.expression import ABSENT

_ALL: Final = 100_000
_MAX_FAULTS: Final = 20
_MAX_MESSAGE: Final = 300


class Records:
    """Answers requests about the records of the APIs."""

    def __init__(self, apis: Mapping[str, Api], schemas: Mapping[str, Schemas], store: Store) -> None:
        """Take the APIs by name, the schemas of their documents, and the store that holds their records."""
        self._apis = apis
        self._schemas = schemas
        self._store = store

    async def reset_all(self, _: Asked) -> Reply:
        """Bring all records back to the seeds."""
        for name in self._apis:
            await self._store.reset(name)
        return Reply(204)

    async def reset(self, asked: Asked) -> Reply:
        """Bring the records of one API back to its seeds."""
        await self._store.reset(api_of(self._apis, asked).name)
        return Reply(204)

    async def digest(self, asked: Asked) -> Reply:
        """Give a digest of the records of each kind."""
        api = api_of(self._apis, asked)
        return json_reply(200, {"digest": {kind: await self._store.digest(api.name, kind) for kind in api.records}})

    async def read(self, asked: Asked) -> Reply:
        """Give the records of a kind that the query lets through."""
        api, kind = self._kind(asked)
        query = asked.query
        state, limit = query.get("state"), query.get("limit", _ALL)
        found: list[dict[str, Any]] = []
        for tenant, body in await self._select(api, kind, query):
            if len(found) >= limit:
                break
            if state is None or equal(_member(body, kind.state), state):
                found.append({"tenant": tenant, "record": body})
        return json_reply(200, {"records": found})

    async def _select(self, api: Api, kind: RecordKind, query: Mapping[str, Any]) -> list[tuple[str, Any]]:
        """Return the records of a tenant, or of all, that have a value at a member; a key is looked up."""
        tenant, key = query.get("tenant"), query.get("key")
        if key is None or "value" not in query:
            return await self._store.records(api.name, kind.name, tenant)
        value = _value(query["value"])
        if key in kind.keys:
            tenants = api.tenants if tenant is None else (tenant,)
            records = [await self._store.find(api.name, kind.name, each, (key, value)) for each in tenants]
            return [(record.tenant, record.body) for record in records if record is not None]
        return [
            (owner, body)
            for owner, body in await self._store.records(api.name, kind.name, tenant)
            if equal(_member(body, key), value)
        ]

    async def add(self, asked: Asked) -> Reply:
        """Add records if all of them are such."""
        api, kind = self._kind(asked)
        entries = asked.body["records"]
        faults: list[RequestFault] = []
        for index, entry in enumerate(entries):
            faults += self._faults(api, kind, entry, ("records", str(index)))
            if len(faults) >= _MAX_FAULTS:
                break
        if faults:
            return refused(422, faults[:_MAX_FAULTS], what=f"no {kind.name}: ")
        for entry in entries:
            await self._store.put(api.name, kind, entry["tenant"], entry["record"])
        return json_reply(201, {"records": len(entries)})

    def _faults(self, api: Api, kind: RecordKind, entry: Any, at: tuple[str, ...]) -> Iterator[RequestFault]:
        """Yield what keeps an entry from being a record of `kind`."""
        if entry["tenant"] not in api.tenants:
            message = f"there is no tenant {entry['tenant']!r}; choose from {', '.join(api.tenants)}"
            yield RequestFault("body", (*at, "tenant"), message[:_MAX_MESSAGE])
        found: set[tuple[str, ...]] = set()
        for error in self._schemas[api.name].errors(kind.schema_pointer, entry["record"]):
            tokens = (*at, "record", *(str(token) for token in error.instance_path))
            if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Required):
                tokens = (*tokens, error.kind.property)
            found.add(tokens)
            yield RequestFault("body", tokens, error.message[:_MAX_MESSAGE])
        # A schema may leave out what a record is found by; the store cannot.
        for pointer in (*kind.keys, kind.state):
            tokens = (*at, "record", *json_pointer.split(pointer))
            if tokens not in found and _member(entry["record"], pointer) is ABSENT:
                yield RequestFault("body", tokens, f"every {kind.name} has this member")

    def _kind(self, asked: Asked) -> tuple[Api, RecordKind]:
        api, name = api_of(self._apis, asked), asked.path["kind"]
        if name not in api.records:
            raise UnknownError(f"{api.name} has no kind of record {name[:100]!r}")
        return api, api.records[name]


def _value(text: str) -> Any:
    try:
        return strict_json.parse(text.encode("utf-8", "surrogateescape"))
    except ValueError:
        return text


def _member(body: Any, pointer: str) -> Any:
    try:
        return json_pointer.get(body, pointer)
    except LookupError:
        return ABSENT


def api_of(apis: Mapping[str, Api], asked: Asked) -> Api:
    """Return the API that a path names. Raises UnknownError."""
    name = asked.path["api"]
    if name not in apis:
        raise UnknownError(f"there is no API {name[:100]!r}; choose from {', '.join(apis)}")
    return apis[name]
