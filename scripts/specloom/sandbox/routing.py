"""Find the operation that a request is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, Generic, TypeVar
from urllib.parse import quote, unquote_to_bytes

import attrs

T = TypeVar("T")

_EXPRESSION: Final = re.compile(r"\{([^{}]+)\}")
_ENCODED: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_IN_A_PATH: Final = "/!$&'()*+,;=:@-._~"
"""What a path may hold as it is besides letters and digits (RFC 3986, 3.3)."""


@attrs.frozen
class Route(Generic[T]):
    """What stands at one path template: the operations by upper-case method, and which methods are allowed."""

    methods: Mapping[str, T]

    @property
    def allow(self) -> str:
        """The value of `Allow` (RFC 9110, 10.2.1)."""
        head = ["HEAD"] if "GET" in self.methods and "HEAD" not in self.methods else []
        return ", ".join([*self.methods, *head])

    def target(self, method: str) -> T | None:
        """Return what answers `method`; a HEAD that is not declared is answered as a GET (RFC 9110, 9.3.2)."""
        found = self.methods.get(method)
        return self.methods.get("GET") if found is None and method == "HEAD" else found


@attrs.define
class Match(Generic[T]):
    """A route, and the values of its path parameters, percent-encoded as they came; never changed."""

    route: Route[T]
    values: Mapping[str, str]


class Router(Generic[T]):
    """Matches paths against path templates (OpenAPI 3.1, 4.8.8.2): concrete segments win over templated ones."""

    def __init__(self, routes: Iterable[tuple[str, str, T]]) -> None:
        """Take (path template, method, target) of every operation."""
        methods: dict[str, dict[str, T]] = {}
        for template, method, target in routes:
            methods.setdefault(template, {})[method.upper()] = target
        self._fixed = {_written(path): Match(Route(found), {}) for path, found in methods.items() if "{" not in path}
        templated = sorted(
            (path for path in methods if "{" in path), key=lambda path: [_weight(each) for each in path.split("/")]
        )
        self._templated = [(_pattern(path), _EXPRESSION.findall(path), Route(methods[path])) for path in templated]

    def find(self, path: str) -> Match[T] | None:
        """Return what stands at `path` (percent-encoded), or None; an empty path parameter matches nothing."""
        fixed = self._fixed.get(path)
        if fixed is not None:
            return fixed
        for pattern, names, route in self._templated:
            found = pattern.fullmatch(path)
            if found is not None:
                values = found.groups()
                if not all(_is_text(each) for each in values):
                    return None
                return Match(route, {name: values[index] for index, name in enumerate(names)})
        plain = _plain(path) if "%" in path else path
        return self.find(plain) if plain != path else None


def shape(template: str) -> str:
    """Return what a path template has in common with all others that match the same paths."""
    return _EXPRESSION.sub("{}", on_the_wire(template))


def on_the_wire(template: str) -> str:
    """Return a path template without a fragment, which is never sent, and without a query, which is no path."""
    return template.partition("#")[0].partition("?")[0] or "/"


def names(template: str) -> list[str]:
    """Return the names of the parameters of a path template, in their order."""
    return _EXPRESSION.findall(on_the_wire(template))


def _weight(segment: str) -> tuple[bool, int]:
    """Return what sorts a segment: one without parameters comes first, then the one with the most text."""
    return "{" in segment, -len(_EXPRESSION.sub("", segment))


def _pattern(template: str) -> re.Pattern[Any]:
    parts = _EXPRESSION.split(template)
    return re.compile("([^/]+)".join(re.escape(_written(text)) for text in parts[::2]))


def _written(text: str) -> str:
    """Return a part of a template as a path has it; what is percent-encoded in it already stays so."""
    return quote(text, safe=f"{_IN_A_PATH}%")


def _plain(path: str) -> str:
    """Return a path in which nothing is percent-encoded that need not be (RFC 3986, 6.2.2.2)."""
    return _ENCODED.sub(lambda found: _decided(found[0], chr(int(found[1], 16))), path)


def _decided(encoded: str, char: str) -> str:
    is_plain = char.isascii() and char != "/" and (char.isalnum() or char in _IN_A_PATH)
    return char if is_plain else encoded.upper()


def _is_text(encoded: str) -> bool:
    """Say whether what is percent-encoded is UTF-8."""
    if "%" not in encoded:
        return True
    try:
        unquote_to_bytes(encoded).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
