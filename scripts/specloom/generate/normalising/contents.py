"""Write the bodies of requests and responses in the media types that openapi-python-client knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import attrs

from specloom.generate.normalising.parts import Part, part
from specloom.generate.normalising.simplifying import Simplifier
from specloom.generate.result import Loss
from specloom.spec import Operation, Parameter, Response
from specloom.spec.api import MediaType, RequestBody

JSON: Final = "application/json"
_MULTIPART: Final = "multipart/form-data"
_FORM: Final = "application/x-www-form-urlencoded"
BYTES: Final = "application/octet-stream"
_FILE: Final = {"type": "string", "format": "binary"}
_PREFERRED: Final = (JSON, _MULTIPART, _FORM, BYTES)


@attrs.frozen
class Content:
    """A body as it is read: what is left of it in the spec, and the Request Body Object with the media types of it."""

    body: RequestBody | None
    written: dict[str, Any] | None
    overrides: dict[str, str]
    losses: tuple[Loss, ...]


def kind(media_type: str) -> str:
    """Return the media type that openapi-python-client treats like `media_type`."""
    name = plain(media_type)
    if name == JSON or name.endswith("+json"):
        return JSON
    return name if name in _PREFERRED else BYTES


def has_json(parameter: Parameter) -> bool:
    """Whether the content of a parameter is JSON."""
    return parameter.media_type is not None and kind(parameter.media_type) == JSON


def plain(media_type: str) -> str:
    """Return a media type without parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


def request(operation: Operation, simplifier: Simplifier) -> Content:
    """Return the body of `operation`, in the media types that can be told apart by the types of Python they have."""
    body = operation.body
    if body is None or not body.media_types:
        return Content(None, None, {}, ())
    kept: dict[str, tuple[MediaType, dict[str, Any]]] = {}
    losses = []
    for each in sorted(body.media_types, key=lambda it: (_PREFERRED.index(kind(it.name)), plain(it.name) != BYTES)):
        is_odd = kind(each.name) == BYTES != plain(each.name)
        reason = "another media type is there" if kept and is_odd else _indistinct(kept.values(), simplifier)
        schema = None if reason else _schema(each, simplifier)
        if schema is None:
            reason = reason or f"{kind(each.name)} holds an object, and its schema allows none"
        elif any(schema is other for _, other in kept.values()):
            reason = "what is sent so can be sent in another media type"
        if schema is None or reason:
            losses.append(Loss("media type", each.pointer, f"{operation.label} as {each.name}", reason))
        else:
            kept[each.name] = (each, schema)
    written = {
        "required": body.required,
        "content": {name: {"schema": schema} for name, (_, schema) in kept.items()},
    }
    rest = attrs.evolve(body, media_types=tuple(each for each, _ in kept.values()))
    overrides = {name: kind(name) for name in kept if name != kind(name)}
    return Content(rest, written, overrides, tuple(losses)) if kept else Content(None, None, {}, tuple(losses))


def response(operation: Operation, found: Response, simplifier: Simplifier) -> dict[str, Any]:
    """Return the response with the one media type that the facade reads by the code of openapi-python-client."""
    chosen = chosen_type(found.media_types)
    if chosen is None or operation.method == "head":
        return {"description": found.description}
    if kind(chosen.name) == JSON:
        schema = {} if chosen.schema_pointer is None else simplifier.member([_start(chosen, simplifier)])
        return {"description": found.description, "content": {JSON: {"schema": schema}}}
    is_text = plain(chosen.name).startswith("text/")
    content = {"text/plain": {"schema": {"type": "string"}}} if is_text else {BYTES: {"schema": _FILE}}
    return {"description": found.description, "content": content}


def chosen_type(media_types: tuple[MediaType, ...]) -> MediaType | None:
    """Return the media type that an answer is read as unless it names another: JSON, text or bytes before others."""
    known = (each for each in media_types if _is_known(plain(each.name)))
    return next(known, None) or next(iter(media_types), None)


def _is_known(name: str) -> bool:
    return kind(name) == JSON or name == BYTES or name.startswith("text/")


def _schema(media_type: MediaType, simplifier: Simplifier) -> dict[str, Any] | None:
    """Return the schema of a body in this media type; None when it is a form that cannot be made of it."""
    form = kind(media_type.name)
    if form == BYTES:
        return _FILE
    start = _start(media_type, simplifier)
    return simplifier.member([start]) if form == JSON else simplifier.read_object(start, form=form == _MULTIPART)


def _start(media_type: MediaType, simplifier: Simplifier) -> Part:
    if media_type.schema_pointer is None:
        return Part(f"{media_type.pointer}/schema", {}, media_type.pointer)
    return part(media_type.schema_pointer, simplifier.at(media_type.schema_pointer))


def _indistinct(others: Iterable[tuple[MediaType, dict[str, Any]]], simplifier: Simplifier) -> str:
    """Return why no other body can be told from those of `others` by its type, "" when it can be."""
    for other, schema in others:
        slot = simplifier.classes.of(schema)
        if schema is _FILE or slot is None or slot.kind != "object":
            return f"its type would not tell it from {other.name}"
    return ""
