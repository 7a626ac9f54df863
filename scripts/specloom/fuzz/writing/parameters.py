"""Write the values of parameters in the style that each of them has (OpenAPI 3.1, 4.8.12.3 and 4.8.12.6)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
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
    if not explode or not isinstance(value, list | dict):
        return f";{name}={','.join(texts)}"
    return "".join(f";{text}" if isinstance(value, dict) else f";{name}={text}" for text in texts)


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
