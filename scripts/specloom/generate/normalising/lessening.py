"""Take out of a document what openapi-python-client refuses all the same."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

import attrs
from openapi_python_client.parser.errors import GeneratorError

from specloom.generate.locating import locate
from specloom.generate.prepared import Prepared
from specloom.generate.result import Loss
from specloom.spec import pointer as json_pointer


def lessen(prepared: Prepared, problems: Iterable[GeneratorError]) -> Prepared | None:
    """Return `prepared` with any value in place of the schemas that `problems` are about, or without the operations.

    Operations are left out only where no schema is at fault, since their problems may follow from that. None when the
    problems are about something else.
    """
    found = [
        (locate(prepared.document, each), " ".join(f"{each.header} {each.detail or ''}".split())) for each in problems
    ]
    tokens = {tuple(json_pointer.split(pointer)[:3]): text for pointer, text in reversed(found)}
    schemas = {each[2]: text for each, text in tokens.items() if each[:2] == ("components", "schemas") and each[2:]}
    if schemas:
        return _widened(prepared, schemas)
    operations = {(each[1], each[2]): text for each, text in tokens.items() if each[:1] == ("paths",) and each[2:]}
    return _without(prepared, operations) if operations else None


def _widened(prepared: Prepared, schemas: dict[str, str]) -> Prepared | None:
    document = deepcopy(prepared.document)
    pointers = {name: pointer for pointer, name in prepared.classes.items()}
    names = [name for name in schemas if document["components"]["schemas"].get(name)]
    for name in names:
        document["components"]["schemas"][name] = {}
    reason = "openapi-python-client cannot read it: taken for any value: {}"
    losses = [Loss("schema", pointers.get(name, ""), name, reason.format(schemas[name])) for name in names]
    return attrs.evolve(prepared, document=document, losses=(*prepared.losses, *losses)) if names else None


def _without(prepared: Prepared, operations: dict[tuple[str, str], str]) -> Prepared | None:
    document = deepcopy(prepared.document)
    by_module = {
        module: text for place, text in operations.items() for module in [_removed(document, *place)] if module
    }
    lost = {each.id: by_module.get(prepared.modules[each.id]) for each in prepared.api.operations}
    losses = [
        Loss("operation", each.pointer, each.label, f"openapi-python-client cannot read it: {lost[each.id]}")
        for each in prepared.api.operations
        if lost[each.id]
    ]
    kept = tuple(each for each in prepared.api.operations if not lost[each.id])
    api = attrs.evolve(prepared.api, operations=kept)
    return attrs.evolve(prepared, document=document, api=api, losses=(*prepared.losses, *losses)) if losses else None


def _removed(document: dict[str, Any], path: str, method: str) -> tuple[str, str] | None:
    """Remove an operation; return its tag package and module."""
    operation = document["paths"].get(path, {}).pop(method, None)
    return None if operation is None else (operation["tags"][0], operation["operationId"])
