"""Describe the control plane of one sandbox: a path for each API, kind of record and operation that it has."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any, Final

from specloom.spec import Api
from specloom.spec.behaviour import RecordKind

_COMPONENTS: Final = "#/components/schemas/"


def expanded(document: Mapping[str, Any], apis: Mapping[str, Api]) -> dict[str, Any]:
    """Return the description of the control plane with the names of `apis` in its paths, and schemas of their records.

    A path such as `/_sandbox/{api}/reset` becomes one for each API; no path parameters are left.
    """
    data: dict[str, Any] = {name: copy.deepcopy(value) for name, value in document.items() if name != "paths"}
    data["paths"] = {}
    for template, item in document["paths"].items():
        for values in _values(template, apis):
            path = template
            for name, value in values.items():
                path = path.replace(f"{{{name}}}", value)
            data["paths"][path] = _item(item, values)
    for api in apis.values():
        for kind in api.records.values():
            _describe(data, api, kind)
    return data


def _values(template: str, apis: Mapping[str, Api]) -> Iterator[dict[str, str]]:
    """Yield the values that the parameters of a path have in this sandbox."""
    if "{api}" not in template:
        yield {}
        return
    for name, api in apis.items():
        if "{kind}" in template:
            yield from ({"api": name, "kind": kind} for kind in api.records)
        elif "{operation}" in template:
            yield from ({"api": name, "operation": operation.id} for operation in api.operations)
        else:
            yield {"api": name}


def _item(item: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """Return a path item whose path parameters have got their values; operations stay distinct by their ids."""
    found: dict[str, Any] = {}
    for method, source in item.items():
        if method == "parameters":
            continue
        operation = copy.deepcopy(source)
        operation["operationId"] = "_".join([operation["operationId"], *values.values()])
        if values:
            operation["responses"].pop("404", None)  # what there is, is found
        found[method] = operation
    return found


def _describe(data: dict[str, Any], api: Api, kind: RecordKind) -> None:
    """Write the schema of a kind of record, and an example, where records are listed and added."""
    path = data["paths"][f"/_sandbox/{api.name}/records/{kind.name}"]
    schemas = data["components"]["schemas"]
    name = f"{api.name}.{kind.name}"
    schemas[name] = _moved(api, api.document.at(kind.schema_pointer), schemas)
    record = {**schemas["RecordOfTenant"]["properties"], "record": {"$ref": _COMPONENTS + name}}
    record["tenant"] = {**record["tenant"], "enum": list(api.tenants)}
    schemas[f"{name}.entry"] = {**schemas["RecordOfTenant"], "properties": record}
    records = {**schemas["Records"]["properties"]["records"], "items": {"$ref": f"{_COMPONENTS}{name}.entry"}}
    schemas[f"{name}.list"] = {**schemas["Records"], "properties": {"records": records}}
    seeded = [{"tenant": tenant, "record": body} for tenant, body in kind.seeded()][:1]
    for holder in (path["get"]["responses"]["200"], path["post"]["requestBody"]):
        content = holder["content"]["application/json"]
        content["schema"] = {"$ref": f"{_COMPONENTS}{name}.list"}
        content["examples"] = {"seeded": {"summary": "A record of a fresh sandbox", "value": {"records": seeded}}}


def _moved(api: Api, value: Any, schemas: dict[str, Any]) -> Any:
    """Return a copy of a schema of `api`; what it refers to is copied to `schemas` under names of its own."""
    if isinstance(value, list):
        return [_moved(api, each, schemas) for each in value]
    if not isinstance(value, dict):
        return value
    reference = value.get("$ref")
    if not isinstance(reference, str):
        return {name: _moved(api, each, schemas) for name, each in value.items()}
    pointer = reference.removeprefix("#")
    name = f"{api.name}{pointer.replace('/', '.')}"
    if name not in schemas:
        schemas[name] = {}  # it may refer to itself
        schemas[name] = _moved(api, api.document.at(pointer), schemas)
    return {**value, "$ref": _COMPONENTS + name}
