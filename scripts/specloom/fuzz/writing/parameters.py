"""Write the values of parameters in the style that each of them has (OpenAPI 3.1, 4.8.12.3 and 4.8.12.6)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from specloom.spec import Parameter

_SEPARATORS: Final = {"spaceDelimited": " ", "pipeDelimited": "|"}


def text_of(value: Any) -> str:
    """Return the text of a scalar as a parameter has it; of what is none, JSON."""
    return value if isinstance(value, str) else json.dumps(value)


def path_text(parameter: Parameter | None, value: Any) -> str:
    """Return what a path has for a parameter, percent-encoded."""
    style, explode = ("simple", False) if parameter is None else (parameter.style, parameter.explode)
    if parameter is not None and parameter.media_type is not None:
        return _quoted(_content(value))
    if style == "label":
        return "." + ("." if explode else ",").join(_texts(value, explode=explode, write=_quoted))
    if style == "matrix":
        return _matrix(quote(parameter.name, safe="") if parameter else "", value, explode=explode)
    return ",".join(_texts(value, explode=explode, write=_quoted))


def query_pairs(parameter: Parameter | None, name: str, value: Any) -> list[tuple[str, str]]:
    """Return the pairs of name and value, not encoded yet, that a query has for a parameter called `name`."""
    style, explode = ("form", True) if parameter is None else (parameter.style, parameter.explode)
    if parameter is not None and parameter.media_type is not None:
        return [(name, _content(value))]
    if style == "deepObject" and isinstance(value, dict):
        return list(_deep(name, value))
    if isinstance(value, dict) and explode:
        return [(member, text_of(each)) for member, each in value.items()]
    if isinstance(value, list) and explode:
        return [(name, text_of(each)) for each in value]
    return [(name, _SEPARATORS.get(style, ",").join(_texts(value, explode=False, write=str)))]


def query_text(parameter: Parameter | None, name: str, value: Any) -> list[str]:
    """Return the parts of a query, percent-encoded, for a parameter called `name`; commas between values are not."""
    is_whole = parameter is not None and parameter.style == "form" and not parameter.explode
    if is_whole and parameter is not None and parameter.media_type is None:
        return [f"{_quoted(name)}={','.join(_texts(value, explode=False, write=_quoted))}"]
    return [f"{_quoted(each)}={_quoted(text)}" for each, text in query_pairs(parameter, name, value)]


def cookie_text(parameters: Iterable[Parameter], values: Mapping[str, Any]) -> str:
    """Return the value of the header `Cookie` for the `values` by name; JSON in it is percent-encoded."""
    known = {each.name: each for each in parameters if each.location == "cookie"}
    texts = {name: header_text(known[name], value) for name, value in values.items()}
    written = {name: _quoted(text) if known[name].media_type else text for name, text in texts.items()}
    return "; ".join(f"{name}={text}" for name, text in written.items())


def header_text(parameter: Parameter | None, value: Any) -> str:
    """Return what a header, or the value of a cookie, has for a parameter."""
    if parameter is not None and parameter.media_type is not None:
        return _content(value)
    return ",".join(_texts(value, explode=parameter is not None and parameter.explode, write=str))


def _content(value: Any) -> str:
    return json.dumps(value)


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _texts(value: Any, *, explode: bool, write: Callable[[str], str]) -> list[str]:
    """Return the parts of a value that commas separate: `a,1,b,2` of an object, with `explode` `a=1,b=2`."""
    if isinstance(value, list):
        return [write(text_of(each)) for each in value]
    if isinstance(value, dict):
        pairs = [(write(name), write(text_of(each))) for name, each in value.items()]
        return [f"{name}={text}" for name, text in pairs] if explode else [text for pair in pairs for text in pair]
    return [write(text_of(value))]


def _matrix(name: str, value: Any, *, explode: bool) -> str:
    texts = _texts(value, explode=explode, write=_quoted)
    pairs = texts if explode and isinstance(value, dict) else [f"{name}={text}" for text in texts]
    if not explode or not isinstance(value, list | dict):
        pairs = [f"{name}={','.join(texts)}"]
    # What is empty has no sign of equality (RFC 6570, section 3.2.7).
    return "".join(f";{pair.removesuffix('=')}" for pair in pairs)


def _deep(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield the members of an object by their places in brackets; an array is given by repeating its name."""
    if isinstance(value, dict):
        for member, each in value.items():
            yield from _deep(f"{name}[{member}]", each)
    elif isinstance(value, list):
        for each in value:
            yield from _deep(name, each)
    else:
        yield name, text_of(value)
