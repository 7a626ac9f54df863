"""A part of a campaign: a sandbox that was reset holds the records that the spec seeds, and no others."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from specloom.fuzz.context import Context
from specloom.fuzz.result import Case, Event, Failure
from specloom.fuzz.scope import member
from specloom.spec.behaviour import RecordKind

CHECK: Final = "documented_seeds"


def part(context: Context) -> Iterator[Event]:
    """Compare the records of each tenant with the seeds, once; without a control plane there is nothing to compare."""
    if not context.control.available:
        return
    actors = {each.transition.record: each.label for each in reversed(context.api.operations) if each.transition}
    for name, label in actors.items():
        kind = context.api.records[name]
        yield Case(label, "seeds", kind.pointer, "", tuple(f"{kind.pointer}/seeds/{i}" for i in range(len(kind.seeds))))
        groups = _groups(kind)
        for tenant in context.api.tenants:
            found = Counter(map(_text, context.control.records(kind.name, tenant=tenant)))
            for index, group in enumerate(kind.seeds):
                if group.tenant == tenant:
                    missing = [record for record in groups[index] if not found[_text(record)]]
                    found.subtract(map(_text, groups[index]))
                    if missing:
                        message = (
                            f"{len(missing)} of {group.count} seeds of {tenant} are not there: {_names(kind, missing)}"
                        )
                        yield Failure(label, CHECK, message, rule=f"{kind.pointer}/seeds/{index}")
            more = [json.loads(text) for text in +found]
            if more:
                message = f"{tenant} has {len(more)} records that the spec does not seed: {_names(kind, more)}"
                yield Failure(label, CHECK, message, rule=f"{kind.pointer}/seeds")


def _groups(kind: RecordKind) -> list[list[dict[str, Any]]]:
    """Return the records of each group of seeds."""
    records = (record for _, record in kind.seeded())
    return [list(islice(records, group.count)) for group in kind.seeds]


def _text(record: Mapping[str, Any]) -> str:
    return json.dumps(record, sort_keys=True)


def _names(kind: RecordKind, records: list[dict[str, Any]]) -> str:
    named = ", ".join(str(member(record, kind.keys[0])) for record in records[:3])
    return f"{named} …" if len(records) > 3 else named  # noqa: PLR2004 - enough to see which
