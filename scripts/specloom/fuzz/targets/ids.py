"""Read the records that a user lists for a campaign (`--ids FILE`).

The file is YAML or JSON: by tenant and by kind of record (the names in `x-records` of the spec), a list of records.

    north:
      order:
        - ORD-000001                          # the value of the only key
        - id: ORD-000002                      # or members of the record, by name; one of them must be a key
          order_status: on_hold
        - record: {id: ORD-000003}            # or the same under `record`, to say more about it
          act: true                           # a server that is not this machine may be asked to change it

A record without its state is taken to be in one that allows the operations.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs

from specloom.fuzz.scope import member
from specloom.fuzz.targets.supply import KnownRecord
from specloom.spec import Api, Document, Schemas
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import RecordKind
from specloom.spec.expression import ABSENT
from specloom.spec.reading import load

_FORM = "write tenant, kind of record and a list of records, as in `north: {order: [ORD-1, ORD-2]}`"


def read_ids(path: Path, api: Api, tenants: tuple[str, ...] = ()) -> tuple[KnownRecord, ...]:
    """Return the records that the file at `path` lists; `tenants` names those besides the spec's.

    Raises SpecloomError, with file and line, when the file cannot be read, names a tenant or a kind that there is not,
    lists a record twice, or one without a key.
    """
    document, schemas = load(path, empty=_FORM), Schemas(api.document)
    found: dict[tuple[str, str, str, str], str] = {}
    records = []
    for pointer, tenant, kind, entry in _entries(document, api, (*api.tenants, *tenants)):
        record = _record(document, api.records[kind], pointer, tenant, entry)
        _check(document, schemas, api.records[kind], pointer, record.body)
        for key in api.records[kind].keys:
            value = member(record.body, key)
            if value is not ABSENT and found.setdefault((tenant, kind, key, repr(value)), pointer) != pointer:
                raise document.error(f"{value!r} is listed twice", pointer, "list each record once")
        records.append(record)
    return tuple(records)


def _entries(document: Document, api: Api, tenants: tuple[str, ...]) -> Iterator[tuple[str, str, str, Any]]:
    """Yield (pointer, tenant, kind, entry)."""
    if not isinstance(document.data, dict):
        raise document.error("a list of records is an object of tenants", "", _FORM)
    for tenant, kinds in document.data.items():
        at = json_pointer.join(tenant)
        if tenant not in tenants:
            known = ", ".join(dict.fromkeys(tenants))
            raise document.error(f"there is no tenant {tenant!r}", at, f"use one of {known}")
        if not isinstance(kinds, dict):
            raise document.error(f"the records of {tenant} are no object", at, _FORM)
        for kind, entries in kinds.items():
            below = at + json_pointer.join(kind)
            if kind not in api.records:
                names = ", ".join(api.records) or "none: the spec has no x-records"
                raise document.error(f"there is no kind of record {kind!r}", below, f"use one of {names}")
            if not isinstance(entries, list):
                raise document.error(f"the {kind} records of {tenant} are no list", below, _FORM)
            yield from ((f"{below}/{index}", tenant, kind, entry) for index, entry in enumerate(entries))


def _record(document: Document, kind: RecordKind, pointer: str, tenant: str, entry: Any) -> KnownRecord:
    act = False
    if isinstance(entry, dict) and "record" in entry and entry.keys() <= {"record", "act"}:
        act = entry.get("act", False)
        if not isinstance(act, bool):
            raise document.error("act is neither true nor false", f"{pointer}/act", "write `act: true`")
        entry = entry["record"]
    body: dict[str, Any] = {}
    if isinstance(entry, dict):
        body = entry
    elif isinstance(entry, str | int) and not isinstance(entry, bool):
        if len(kind.keys) > 1:
            keys = ", ".join(json_pointer.split(key)[-1] for key in kind.keys)
            raise document.error(f"{entry!r} can be one of {keys}", pointer, "write `{name: value}`")
        json_pointer.put(body, kind.keys[0], entry)
    if not any(_is_name(member(body, key)) for key in kind.keys):
        raise document.error("the record has no key", pointer, f"give {' or '.join(kind.keys)} as text or number")
    return KnownRecord(kind.name, tenant, body, complete=False, act=act)


def _check(document: Document, schemas: Schemas, kind: RecordKind, pointer: str, body: Any) -> None:
    """Raise SpecloomError when a member that is given does not satisfy the schema of the record."""
    for error in schemas.errors(kind.schema_pointer, body):
        if not isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Required):
            name = json_pointer.join(*(str(token) for token in error.instance_path))
            raise document.error(f"not a {kind.name}: {error.message[:300]}", pointer, f"correct {name or 'it'}")


def _is_name(value: Any) -> bool:
    return (isinstance(value, str) and value != "") or (isinstance(value, int) and not isinstance(value, bool))
