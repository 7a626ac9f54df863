"""Read an API from its spec."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from specloom.spec import behaviour
from specloom.spec import pointer as json_pointer
from specloom.spec.api import (
    METHODS,
    Api,
    Credential,
    Example,
    Header,
    MediaType,
    Operation,
    Parameter,
    RequestBody,
    Response,
    SecurityScheme,
    Server,
)
from specloom.spec.document import Document
from specloom.spec.reading import load
from specloom.spec.validity import check
from specloom.spec.walking import path_items

_STYLES: Final = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
"""How a parameter is written unless it says so (OpenAPI 3.1, 4.8.12.2)."""

UNREAD: Final = frozenset({"accept", "authorization", "content-type"})
"""Headers that OpenAPI ignores where they are declared as parameters (4.8.12.2): media types and security say it."""


def load_api(path: Path) -> Api:
    """Read the spec at `path`, which stands in a folder of the API's name.

    Raises SpecloomError when the file is no valid OpenAPI 3.1 document or an `x-` keyword in it does not follow the
    vocabulary, so that all other code can rely on both.
    """
    document = load(path)
    check(document)
    return read_api(document, path.resolve().parent.name)


def read_api(document: Document, name: str) -> Api:
    """Read the API called `name` from a document that is known to be valid."""
    data = document.data
    schemes = data.get("components", {}).get("securitySchemes", {})
    return Api(
        name=name,
        title=data["info"]["title"],
        version=data["info"]["version"],
        document=document,
        operations=tuple(_operations(document)),
        servers=tuple(
            Server(server["url"], server.get("x-name"), server.get("description", ""))
            for server in data.get("servers", [])
        ),
        security_schemes={name: _security_scheme(document, name) for name in schemes},
        records=behaviour.read_records(data),
        class_name=data["info"].get("x-name"),
    )


def _operations(document: Document) -> Iterator[Operation]:
    for path, _ in path_items(document.data):
        item_pointer, item = document.resolve(json_pointer.join("paths", path))
        for method in METHODS:
            if method in item:
                yield _operation(document, path, method, item_pointer, item)


def _operation(document: Document, path: str, method: str, item_pointer: str, item: Mapping[str, Any]) -> Operation:
    source = item[method]
    pointer = f"{item_pointer}/{method}"
    security = source.get("security", document.data.get("security", []))
    return Operation(
        id=source.get("operationId", f"{method} {path}"),
        method=method,
        path=path,
        pointer=pointer,
        tag=next(iter(source.get("tags", [])), "default"),
        summary=source.get("summary", ""),
        description=source.get("description", ""),
        parameters=tuple(_parameters(document, item_pointer, item, pointer, source)),
        body=_body(document, f"{pointer}/requestBody") if "requestBody" in source else None,
        responses={
            status: _response(document, f"{pointer}/responses/{status}", status)
            for status in source.get("responses", {})
            if not status.startswith("x-")
        },
        security=tuple(tuple(alternative) for alternative in security),
        transition=behaviour.read_transition(source["x-transition"]) if "x-transition" in source else None,
        constraints=tuple(
            behaviour.read_constraint(constraint, f"{pointer}/x-constraints/{index}")
            for index, constraint in enumerate(source.get("x-constraints", []))
        ),
        answers={
            outcome: behaviour.read_answer(answer, f"{pointer}/x-answers/{outcome}")
            for outcome, answer in source.get("x-answers", {}).items()
        },
        ensures=tuple(behaviour.read_ensure(text) for text in source.get("x-ensures", [])),
        page=source.get("externalDocs", {}).get("description", ""),
        method_name=source.get("x-name"),
    )


def _parameters(
    document: Document, item_pointer: str, item: Mapping[str, Any], pointer: str, source: Mapping[str, Any]
) -> Iterator[Parameter]:
    """Yield the parameters of an operation; its own take the place of those of the path (OpenAPI 3.1, 4.8.9.1)."""
    found: dict[tuple[str, str], Parameter] = {}
    for base, holder in ((item_pointer, item), (pointer, source)):
        for index in range(len(holder.get("parameters", []))):
            parameter = _parameter(document, f"{base}/parameters/{index}")
            if parameter.location != "header" or parameter.name.lower() not in UNREAD:
                found[parameter.location, parameter.name] = parameter
    yield from found.values()


def _parameter(document: Document, pointer: str) -> Parameter:
    pointer, source = document.resolve(pointer)
    # A parameter has its schema itself, or in the one media type of its content (OpenAPI 3.1, 4.8.12.2).
    at, holder, name = pointer, source, None
    for name, media_type in source.get("content", {}).items():
        at, holder = pointer + json_pointer.join("content", name), media_type
    style = source.get("style", _STYLES[source["in"]])
    schema_pointer, schema = document.resolve(f"{at}/schema") if "schema" in holder else (f"{at}/schema", {})
    return Parameter(
        name=source["name"],
        location=source["in"],
        required=source.get("required", False),
        pointer=pointer,
        schema_pointer=schema_pointer,
        schema=schema,
        examples=tuple(_examples(document, pointer, source)),
        description=source.get("description", ""),
        style=style,
        explode=source.get("explode", style == "form"),
        allow_reserved=source.get("allowReserved", False),
        media_type=name,
    )


def _body(document: Document, pointer: str) -> RequestBody:
    pointer, source = document.resolve(pointer)
    return RequestBody(source.get("required", False), pointer, tuple(_media_types(document, pointer, source)))


def _response(document: Document, pointer: str, status: str) -> Response:
    pointer, source = document.resolve(pointer)
    headers = []
    for name in source.get("headers", {}):
        header_pointer, header = document.resolve(pointer + json_pointer.join("headers", name))
        headers.append(Header(name, header.get("required", False), header_pointer, f"{header_pointer}/schema"))
    return Response(
        status=status,
        pointer=pointer,
        description=source["description"],
        media_types=tuple(_media_types(document, pointer, source)),
        headers=tuple(headers),
        faults=behaviour.read_fault_layout(source["x-faults"]) if "x-faults" in source else None,
    )


def _media_types(document: Document, pointer: str, source: Mapping[str, Any]) -> Iterator[MediaType]:
    for name, media_type in source.get("content", {}).items():
        at = pointer + json_pointer.join("content", name)
        schema_pointer = f"{at}/schema" if "schema" in media_type else None
        encoded = {each.name: each for each in _encoded(at, media_type.get("encoding", {}))}
        yield MediaType(name, at, schema_pointer, tuple(_examples(document, at, media_type)), encoded)


def _encoded(pointer: str, encoding: Mapping[str, Mapping[str, Any]]) -> Iterator[Parameter]:
    """Yield the members of a form; one that has a style needs no media type (OpenAPI 3.1, 4.8.15.1.2)."""
    for name, source in encoding.items():
        has_style = bool(source.keys() & {"style", "explode", "allowReserved"})
        if has_style or "contentType" in source:
            style = source.get("style", "form")
            yield Parameter(
                name=name,
                location="query",
                required=False,
                pointer=pointer + json_pointer.join("encoding", name),
                schema_pointer="",
                schema={},
                style=style,
                explode=source.get("explode", style == "form"),
                allow_reserved=source.get("allowReserved", False),
                media_type=None if has_style else source["contentType"],
            )


def _examples(document: Document, pointer: str, source: Mapping[str, Any]) -> Iterator[Example]:
    if "example" in source:
        yield Example("example", source["example"], f"{pointer}/example")
    for name in source.get("examples", {}):
        at, example = document.resolve(pointer + json_pointer.join("examples", name))
        if "value" in example:
            yield Example(name, example["value"], f"{at}/value")


def _security_scheme(document: Document, name: str) -> SecurityScheme:
    pointer, source = document.resolve(json_pointer.join("components", "securitySchemes", name))
    return SecurityScheme(
        name=name,
        pointer=pointer,
        type=source["type"],
        scheme=source["scheme"].lower() if "scheme" in source else None,
        location=source.get("in"),
        parameter=source.get("name"),
        credentials=tuple(Credential(**credential) for credential in source.get("x-credentials", [])),
    )
