"""Read a request that was written out: its operation, the values in it, and whose credential it carries."""

from __future__ import annotations

import re
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote

from specloom.fuzz.conformance import parse_json
from specloom.fuzz.conformance.documented import is_json
from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.probes.passes import Passes
from specloom.fuzz.wire import Request
from specloom.spec import Api, Operation
from specloom.spec.expression import ABSENT

Owner = tuple[str, Literal["own", "forbidden"]]
"""The tenant whose credential a request carries, and whether it may call the operation."""


def operation_of(api: Api, request: Request) -> Operation | None:
    """Return the operation that a request calls; a path without parameters goes before one with them."""
    path = request.target.partition("?")[0]
    found = [
        operation
        for operation in api.operations
        if operation.method.upper() == request.method and _pattern(operation).fullmatch(path)
    ]
    return min(found, key=lambda operation: operation.path.count("{"), default=None)


def draft_of(operation: Operation, request: Request) -> Draft | None:
    """Return the values in a request; None when there is no telling how a server reads them."""
    path, _, query = request.target.partition("?")
    match = _pattern(operation).fullmatch(path)
    if match is None or not path.isascii():
        return None
    names = re.findall(r"\{([^}]+)\}", operation.path)
    arrays = {each.name for each in operation.parameters if each.schema.get("type") == "array"}
    values: dict[str, Any] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name in arrays:
            values.setdefault(name, []).append(value)
        elif name in values:
            return None
        else:
            values[name] = value
    declared = {each.name.lower() for each in operation.parameters if each.location == "header"}
    headers = {name: value for name, value in request.headers if name.lower() in declared}
    try:
        body = _body(request)
    except ValueError:
        return None
    paths = {name: unquote(value) for name, value in zip(names, match.groups(), strict=True)}
    return Draft(operation, paths, values, headers, body)


def owner_of(passes: Passes, operation: Operation, request: Request) -> Owner | None:
    """Return whose genuine credential a request carries; None when it carries none."""
    headers = {(name.lower(), value) for name, value in request.headers}
    query = set(parse_qsl(request.target.partition("?")[2], keep_blank_values=True))
    for tenant in passes.tenants:
        for is_forbidden in (False, True):
            for carried, _ in passes.all(operation, tenant, forbidden=is_forbidden):
                wanted = {(name.lower(), value) for name, value in carried.headers}
                if wanted <= headers and set(carried.query) <= query:
                    return tenant, "forbidden" if is_forbidden else "own"
    return None


def _pattern(operation: Operation) -> re.Pattern[str]:
    parts = re.split(r"\{[^}]+\}", operation.path)
    return re.compile("([^/]+)".join(map(re.escape, parts)))


def _body(request: Request) -> Any:
    """Return the JSON of a body; ABSENT where there is none. Raises ValueError when servers may read it differently."""
    if request.body is None:
        return ABSENT
    given = [value for name, value in request.headers if name.lower() == "content-type"]
    if len(given) != 1 or not is_json(given[0]):
        raise ValueError("another media type")
    return parse_json(request.body)
