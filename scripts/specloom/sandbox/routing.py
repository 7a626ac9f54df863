"""Find the operation that a request is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar
from urllib.parse import unquote_to_bytes

import attrs

T = TypeVar("T")


@attrs.frozen
class Match(Generic[T]):
    """The operations of the path by upper-case method, and the decoded values of its path parameters."""

    methods: Mapping[str, T]
    values: Mapping[str, str]


class Router(Generic[T]):
    """Matches paths against path templates (OpenAPI 3.1, 4.8.8.2): concrete segments win over templated ones."""

    def __init__(self, routes: Iterable[tuple[str, str, T]]) -> None:
        """Take (path template, method, target) of every operation."""
        self._methods: dict[str, dict[str, T]] = {}
        for template, method, target in routes:
            self._methods.setdefault(template, {})[method.upper()] = target
        self._by_length: dict[int, list[tuple[list[str], str]]] = {}
        for template in sorted(self._methods, key=lambda path: [segment[:1] == "{" for segment in path.split("/")]):
            segments = template.split("/")
            self._by_length.setdefault(len(segments), []).append((segments, template))

    def find(self, path: str) -> Match[T] | None:
        """Return what stands at `path` (percent-encoded), or None; an empty path parameter matches nothing."""
        segments = path.split("/")
        for template_segments, template in self._by_length.get(len(segments), []):
            values = _values(template_segments, segments)
            if values is not None:
                return Match(self._methods[template], values)
        return None


def _values(template: list[str], segments: list[str]) -> dict[str, str] | None:
    values: dict[str, str] = {}
    for expected, given in zip(template, segments, strict=True):
        if expected.startswith("{") and expected.endswith("}"):
            if not given:
                return None
            try:
                values[expected[1:-1]] = unquote_to_bytes(given).decode("utf-8")
            except UnicodeDecodeError:
                return None
        elif expected != given:
            return None
    return values
