"""Write parameters and forms in the styles of OpenAPI 3.1.1 (section 4.8.12), as RFC 6570 expands them."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple, TypeGuard
from urllib.parse import quote
from uuid import UUID

from specloom.generate.runtime.errors import RequestValidationError

_DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}
# What RFC 3986 reserves and cannot end a value in a query (OpenAPI 3.1.1, appendix C), and what is encoded already.
_RESERVED = ":/?@!$'()*,;%"
_STRAY = re.compile("%(?![0-9A-Fa-f]{2})")
Writer = Callable[[Any], str]


class Parameter(NamedTuple):
    """A parameter, and how its value is written; its `style` is `json` where its content is JSON.

    It is `encoded` where that is percent-encoded.
    """

    name: str
    value: Any
    style: str
    explode: bool = False
    reserved: bool = False


def query(unset: object, *parameters: Parameter) -> str:
    """Return a query with its question mark; "" where no value is given, which is what `unset` says."""
    pairs = [pair for each in _given(unset, parameters) for pair in _pairs(each, _reserved if each.reserved else _url)]
    return "?" + "&".join(f"{name}={text}" for name, text in pairs) if pairs else ""


def path(name: str, value: Any, style: str, explode: bool = False) -> str:  # noqa: FBT001, FBT002 - as a Parameter
    """Return what a path has for a parameter."""
    parameter = next(_given(None, [Parameter(name, value, style, explode)]), None)
    if parameter is None:
        return ""
    if style == "matrix":
        return "".join(f";{name}={text}" if text else f";{name}" for name, text in _pairs(parameter, _url))
    return "." + _whole(parameter, _url, "." if explode else ",") if style == "label" else _whole(parameter, _url)


def fields(unset: object, *parameters: Parameter) -> dict[str, str]:
    """Return headers or cookies by name; nothing in them is percent-encoded."""
    return {each.name: _whole(each, _text) for each in _given(unset, parameters)}


def form(body: Any, encoding: Mapping[str, tuple[str, bool, bool]]) -> bytes:
    """Return the form that `body` makes; `encoding` has style, explode and reserved of the members that have any.

    Of others, an array is repeated, and an object is JSON (section 4.8.14.4).
    """
    members: dict[str, Any] = body.to_dict()
    listed: list[Parameter] = []
    for name, value in members.items():
        style, explode, reserved = encoding.get(name, ("json" if _is_object(value) else "form", True, False))
        listed.append(Parameter(name, value, style, explode, reserved))
    return query(None, *listed)[1:].encode()


def parts(body: Any, types: Mapping[str, str]) -> list[Any]:
    """Return the parts of the form that `body` makes, with the media `types` that the members have, if any.

    A file keeps its own. What is JSON is one part, also if it is an array.
    """
    made: list[Any] = []
    whole = {name for name, kind in types.items() if kind.endswith(("/json", "+json"))}
    members = {name: value for name, value in body.to_dict().items() if name in whole and value is not None}
    for name, (file, content, kind) in body.to_multipart():
        if name not in members:
            made.append((name, (file, content, types.get(name, kind) if file is None or kind is None else kind)))
    return made + [(name, (None, _json(value).encode(), types[name])) for name, value in members.items()]


def _given(unset: object, parameters: Iterable[Parameter]) -> Iterator[Parameter]:
    """Yield the parameters that have a value, as JSON; null and what is empty are none (RFC 6570, section 2.3)."""
    for each in parameters:
        value = _plain(each.value)
        if value is unset:
            continue
        if each.style in {"json", "encoded"}:
            value = _json(value)
            value = quote(value, safe="") if each.style == "encoded" else value
        elif _is_object(value):
            value = {name: member for name, member in value.items() if member is not None}
        elif _is_array(value):
            value = [element for element in value if element is not None]
        if value not in (None, [], {}):
            yield each._replace(value=value)


def _pairs(parameter: Parameter, write: Writer) -> Iterator[tuple[str, str]]:
    """Yield what a query or a matrix has for a parameter."""
    name, value = _url(parameter.name), parameter.value
    if parameter.style == "deepObject":
        yield from _deep(parameter, name, value, write)
    elif parameter.explode and _is_object(value):
        yield from ((_url(member), write(each)) for member, each in value.items())
    elif parameter.explode and _is_array(value):
        yield from ((name, write(each)) for each in value)
    else:
        yield name, _whole(parameter, write, _DELIMITERS.get(parameter.style, ","))


def _deep(parameter: Parameter, name: str, value: Any, write: Writer) -> Iterator[tuple[str, str]]:
    """Yield the members of an object; an array in it, of which OpenAPI says nothing, is repeated as others are."""
    value = _plain(value)
    if _is_object(value):
        for member, each in value.items():
            place = _undivided(parameter, _url(member), "%5B", "%5D")
            yield from _deep(parameter, f"{name}%5B{place}%5D", each, write)
    elif _is_array(value):
        for each in value:
            yield from _deep(parameter, name, each, write)
    elif value is not None:
        yield name, write(value)


def _whole(parameter: Parameter, write: Writer, delimiter: str = ",") -> str:
    """Return a value as one text."""
    value = parameter.value
    if not (_is_object(value) or _is_array(value)):
        return write(value)
    texts = [write(each) for each in (chain(*value.items()) if _is_object(value) else value)]
    if parameter.reserved and delimiter == ",":
        texts = [text.replace(",", "%2C") for text in texts]
    if parameter.explode and _is_object(value):
        names = [_undivided(parameter, name, "=") for name in texts[::2]]
        texts = [f"{name}={text}" for name, text in zip(names, texts[1::2], strict=True)]
    return delimiter.join(_undivided(parameter, text, delimiter) for text in texts)


def _undivided(parameter: Parameter, text: str, *marks: str) -> str:
    """Return `text`. Raises RequestValidationError where a mark in it would be taken for a boundary."""
    if any(mark in text for mark in marks):
        raise RequestValidationError(f"{parameter.name} has a text in it that contains what such texts are divided by")
    return text


def _url(value: Any) -> str:
    return quote(_text(value), safe="")


def _reserved(value: Any) -> str:
    return quote(_STRAY.sub("%25", _text(value)), safe=_RESERVED)


def _text(value: Any) -> str:
    value = _plain(value)
    return value if isinstance(value, str) else _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, default=_plain, allow_nan=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """Return a model, a date, a time or a UUID as JSON."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _is_array(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)
