"""Describe an API as the console makes its forms of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from specloom.sandbox.console.choices import credentials
from specloom.spec import Api, Document, Operation, Parameter, SpecloomError
from specloom.spec import pointer as json_pointer
from specloom.spec.api import Example, RequestBody
from specloom.spec.behaviour import RecordKind, Transition

Snippets = Callable[[Api, Operation, Mapping[str, Any]], str]
"""Writes Python code that sends a request with the client package of an API.

The values of the request are given as `path`, `query`, `header` and `cookie`, each by name, and `body`; `base_url` and
`tenant` say where it goes and by whom. Raises SpecloomError where no client can be made.
"""


def forms(api: Api, *, mount: str, snippets: bool) -> dict[str, Any]:
    """Return `api`, which is served below the path `mount`, as `Forms` of control/openapi.yaml has it."""
    return {
        "api": api.name,
        "title": api.title,
        "version": api.version,
        "description": api.document.data["info"].get("description", ""),
        "mount": mount,
        "snippets": snippets,
        "tenants": list(api.tenants),
        "kinds": [_kind(api, kind) for kind in api.records.values()],
        "operations": [_operation(api, operation) for operation in api.operations],
        "credentials": [choice for operation in api.operations for choice in credentials(api, operation)],
    }


def _kind(api: Api, kind: RecordKind) -> dict[str, Any]:
    schema = api.document.resolve(kind.schema_pointer)[1]
    return {
        "name": kind.name,
        "keys": list(kind.keys),
        "state": kind.state,
        "states": _states(api.document, kind),
        "required": schema.get("required", []),
        "example": next((record for _, record in kind.seeded()), {}),
    }


def _states(document: Document, kind: RecordKind) -> list[str]:
    """Return the states of a kind of record, from the enum of its schema, else from its seeds."""
    pointer = kind.schema_pointer
    try:
        for token in kind.state.split("/")[1:]:
            pointer = f"{document.resolve(pointer)[0]}/properties/{token}"
        states = document.resolve(pointer)[1].get("enum", [])
    except SpecloomError:  # the schema says nothing of the state by itself
        states = []
    return [state for state in states if isinstance(state, str)] or list(
        dict.fromkeys(str(json_pointer.get(record, kind.state)) for _, record in kind.seeded())
    )


def _operation(api: Api, operation: Operation) -> dict[str, Any]:
    return {
        "id": operation.id,
        "method": operation.method.upper(),
        "path": operation.path,
        "summary": operation.summary,
        "description": operation.description,
        "page": operation.page,
        "parameters": [_parameter(api.document, parameter) for parameter in operation.parameters],
        "body": None if operation.body is None else _body(api.document, operation.body),
        "responses": [
            {
                "status": response.status,
                "description": response.description,
                "examples": [example.name for each in response.media_types for example in each.examples],
            }
            for response in operation.responses.values()
        ],
        "credentials": credentials(api, operation),
        "transition": None if operation.transition is None else _transition(operation.transition),
    }


def _parameter(document: Document, parameter: Parameter) -> dict[str, Any]:
    schema = dict(parameter.schema)
    if "items" in schema:
        schema["items"] = document.resolve(f"{parameter.schema_pointer}/items")[1]
    return {
        "name": parameter.name,
        "in": parameter.location,
        "required": parameter.required,
        "description": parameter.description,
        "schema": schema,
        "examples": list(_examples(document, parameter.examples)),
    }


def _body(document: Document, body: RequestBody) -> dict[str, Any]:
    return {
        "required": body.required,
        "media_types": [
            {"name": each.name, "examples": list(_examples(document, each.examples))} for each in body.media_types
        ],
    }


def _examples(document: Document, examples: tuple[Example, ...]) -> Iterator[dict[str, Any]]:
    for example in examples:
        holder = document.at(example.pointer.rpartition("/")[0])
        summary = holder.get("summary") if example.pointer.endswith("/value") else None
        yield {"name": example.name, "summary": summary or example.name, "value": example.value}


def _transition(transition: Transition) -> dict[str, Any]:
    """Return which records are moved, and where in the request each member of theirs goes.

    In a batch, that is the place in its first element.
    """
    first = "" if transition.each is None else transition.each.pointer.replace("*", "0")
    return {
        "record": transition.record,
        "from": list(transition.from_states),
        "to": transition.to_state,
        "fills": [
            {
                "member": member,
                "in": "body" if expression.root == "item" else expression.source,
                "pointer": f"{first}{expression.pointer}" if expression.root == "item" else expression.pointer,
            }
            for member, expression in transition.match
        ],
    }
