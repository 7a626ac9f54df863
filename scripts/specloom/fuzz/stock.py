"""Add a record in each state of which no tenant has a seed, so that each can be tried."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from specloom.fuzz.control import ControlPlane
from specloom.fuzz.rules.behaviour import states
from specloom.fuzz.scope import member
from specloom.spec import Api
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import RecordKind, SeedGroup

Record = dict[str, Any]


class StockedControl:
    """A control plane that adds such records whenever it brings the others back."""

    def __init__(self, control: ControlPlane, api: Api) -> None:
        """Take a control plane that is available."""
        self._control = control
        self._stock = [(kind.name, tenant, list(stock(api, kind, tenant))) for kind, tenant in _shelves(api)]

    def reset(self) -> None:
        """Bring all records back to the seeds, and add one in each other state."""
        self._control.reset()
        for kind, tenant, records in self._stock:
            if records:
                self._control.add(kind, tenant, records)

    def digest(self) -> Any:
        """Return a digest of all records by kind, which differs when any of them does."""
        return self._control.digest()

    def everything(self, kind: str) -> Iterator[tuple[str, Record]]:
        """Yield (tenant, record) of all records of `kind`."""
        return self._control.everything(kind)

    def record(self, kind: str, tenant: str, key: str, value: Any) -> Record | None:
        """Return the record of `kind` that has `value` at the pointer `key`."""
        return self._control.record(kind, tenant, key, value)


def stock(api: Api, kind: RecordKind, tenant: str) -> Iterator[Record]:
    """Yield a record of `tenant` in each state that the schema lists and none of its seeds is in.

    They are made like its first seeds, with numbers that no seed has.
    """
    group = next((each for each in kind.seeds if each.tenant == tenant), None)
    if group is None:
        return
    seeded = {member(record, kind.state) for owner, record in kind.seeded() if owner == tenant}
    number = max(int(each.start) + each.count for each in kind.seeds if len(each.start) == len(group.start))
    for state in states(api, kind):
        if state not in seeded:
            record = _numbered(group, number)
            json_pointer.put(record, kind.state, state)
            number += 1
            yield record


def _numbered(group: SeedGroup, number: int) -> Record:
    record: Record = group.record({"n": str(number).zfill(len(group.start))})
    return record


def _shelves(api: Api) -> list[tuple[RecordKind, str]]:
    """Return the kinds of records with the first tenant that may call anything: the one whose credential is used."""
    known = [each for scheme in api.security_schemes.values() for each in scheme.credentials if not each.forbidden]
    tenants = [each.tenant for each in known] or list(api.tenants)
    return [(kind, tenant) for kind in api.records.values() for tenant in tenants[:1]]
