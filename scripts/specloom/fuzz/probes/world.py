"""The records of a server as they must be, by the seeds of the spec, a user's list or the control plane."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from specloom.fuzz.conformance import NOW, UUID
from specloom.fuzz.scope import member
from specloom.fuzz.targets import KnownRecord
from specloom.spec import Api
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import RecordKind, Transition
from specloom.spec.equality import equal
from specloom.spec.expression import ABSENT


@attrs.define(eq=False)
class Entry:
    """A record, as it was found (`known`) and as it must be now (`body`)."""

    known: KnownRecord
    body: dict[str, Any] = attrs.field(repr=False)


class World:
    """All records that are known, by their keys."""

    def __init__(self, api: Api, records: Iterable[KnownRecord]) -> None:
        """Take the records as a campaign finds them."""
        self._api = api
        self._entries = {id(record): Entry(record, record.body) for record in records}
        self._named: dict[tuple[str, str, str, str], Entry] = {}
        for entry in self._entries.values():
            for key in api.records[entry.known.kind].keys:
                value = member(entry.known.body, key)
                if value is not ABSENT:
                    self._named[_name(entry.known.kind, entry.known.tenant, key, value)] = entry

    @property
    def entries(self) -> Iterable[Entry]:
        """All records."""
        return self._entries.values()

    def restore(self) -> None:
        """Note that all records are again as they were found."""
        for entry in self._entries.values():
            entry.body = entry.known.body

    def entry(self, record: KnownRecord) -> Entry:
        """Return the entry of a record."""
        return self._entries[id(record)]

    def find(self, kind: RecordKind, tenant: str, given: Mapping[str, Any]) -> Entry | None:
        """Return the record of `tenant` that has all members `given`, by pointer; one of them must be a key."""
        key = next((pointer for pointer in given if pointer in kind.keys), None)
        entry = None if key is None else self._named.get(_name(kind.name, tenant, key, given[key]))
        if entry is None:
            return None
        found = {pointer: member(entry.body, pointer) for pointer in given}
        # What a user's list does not tell about a record is as the request has it.
        return entry if all(_agrees(entry, found[each], value) for each, value in given.items()) else None


def moved(transition: Transition, kind: RecordKind, scope: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record of `scope` after the transition; times and new identifiers are known by their form."""
    body: dict[str, Any] = copy.deepcopy(scope["record"])
    json_pointer.put(body, kind.state, transition.to_state)
    after = {**scope, "record": body, "now": NOW, "uuid": UUID}
    for pointer, value in transition.changes:
        filled = value(after)
        if filled is ABSENT:
            continue
        try:
            json_pointer.put(body, pointer, filled)
        except (LookupError, ValueError, TypeError):
            continue  # an array that is not known of a record that a user lists
    return body


def _agrees(entry: Entry, found: Any, value: Any) -> bool:
    return equal(found, value) or (found is ABSENT and not entry.known.complete)


def _name(kind: str, tenant: str, key: str, value: Any) -> tuple[str, str, str, str]:
    return kind, tenant, key, json.dumps(value, sort_keys=True)
