"""Runtime expressions (OpenAPI 3.1, section 4.8.20.4), extended by records and wildcards, and templates made of them.

An expression names values of a *scope*, a mapping from root names to JSON values:

- `$request.path.NAME`, `$request.query.NAME`, `$request.header.NAME`, `$response.header.NAME`
- `$request.body#/POINTER`, `$response.body#/POINTER`, `$record#/POINTER`, `$item#/POINTER`, `$value#/POINTER`
- `$fault.in`, `$fault.field`, `$fault.message`, `$index`, `$now`, `$uuid`, `$n`

The pointer may be left out, and may have the token `*` for every element. What an expression does not find is absent:
that is not an error, and differs from null.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from specloom.spec import pointer as json_pointer

Scope = Mapping[str, Any]
Template = Callable[[Scope], Any]

_NAMED: Final = re.compile(r"\$(request\.path|request\.query|request\.header|response\.header|fault)\.([^\s#{}]+)")
_POINTED: Final = re.compile(r"\$(request\.body|response\.body|record|item|value)(?:#((?:/[^\s{}]*)?))?")
_PLAIN: Final = re.compile(r"\$(index|now|uuid|n)")
_EMBEDDED: Final = re.compile(r"\{(\$[^{}]+)\}")


class _Absent:
    """The type of `ABSENT`, which stands for a value that is not there."""

    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return False

    def __reduce__(self) -> str:
        # There is one absence: a copy of it, or what a pickle of it gives, is itself.
        return "ABSENT"


ABSENT: Final = _Absent()


@attrs.frozen
class Expression:
    """A parsed runtime expression: a root of the scope and a pointer into it, which may have wildcards."""

    text: str
    root: str
    pointer: str
    _tokens: tuple[str, ...] = attrs.field(init=False, repr=False, eq=False)
    _has_wildcards: bool = attrs.field(init=False, repr=False, eq=False)

    @_tokens.default
    def _split(self) -> tuple[str, ...]:
        return tuple(json_pointer.split(self.pointer))

    @_has_wildcards.default
    def _look_for_wildcards(self) -> bool:
        return "*" in self._tokens

    @property
    def source(self) -> str:
        """Where the value comes from: `path`, `query`, `header` or `body` of a request, or the name of the root."""
        return self.root.removeprefix("request.")

    def find(self, scope: Scope) -> Iterator[tuple[str, Any]]:
        """Yield (pointer below the root, value) of everything found."""
        root = scope.get(self.root, ABSENT)
        if root is not ABSENT:
            yield from json_pointer.find(root, self.pointer)

    def first(self, scope: Scope) -> Any:
        """Return the first value found, or ABSENT."""
        if self._has_wildcards:
            return next((value for _, value in self.find(scope)), ABSENT)
        root = scope.get(self.root, ABSENT)
        if root is ABSENT:
            return ABSENT
        try:
            return json_pointer.walk(root, self._tokens)
        except LookupError:
            return ABSENT


def parse(text: str) -> Expression:
    """Parse one runtime expression; raise ValueError when `text` is none."""
    if match := _NAMED.fullmatch(text):
        name = match[2].lower() if match[1].endswith("header") else match[2]
        return Expression(text, match[1], json_pointer.join(name))
    if match := _POINTED.fullmatch(text):
        return Expression(text, match[1], match[2] or "")
    if match := _PLAIN.fullmatch(text):
        return Expression(text, match[1], "")
    message = f"{text!r} is no runtime expression"
    raise ValueError(message)


def template(source: Any) -> Template:
    """Compile a JSON value with expressions in it; the result, called with a scope, gives the value filled in.

    A string that is an expression gives what it finds, typed; `{$…}` inside a longer string gives its text. A
    member or element whose expression finds nothing is left out. An object with the one member `$each` gives an array
    with its template filled in for each scope in `scope["each"]`. A leading `$$` stands for a plain `$`.
    Raises ValueError for a string that starts with `$` and is no expression.
    """
    if isinstance(source, str):
        return _string(source)
    if isinstance(source, Mapping):
        if set(source) == {"$each"}:
            return _each(template(source["$each"]))
        return _object(source)
    if isinstance(source, Sequence):
        return _array([template(value) for value in source])
    return lambda _: source


def expressions(source: Any) -> Iterator[Expression]:
    """Yield every expression of a template; raise ValueError at a string that starts with `$` and is none."""
    if isinstance(source, str):
        if source.startswith("$") and not source.startswith("$$"):
            yield parse(source)
        else:
            for match in _EMBEDDED.finditer(source):
                yield parse(match[1])
    elif isinstance(source, Mapping):
        for value in source.values():
            yield from expressions(value)
    elif isinstance(source, Sequence):
        for value in source:
            yield from expressions(value)


def _string(source: str) -> Template:
    if source.startswith("$$"):
        return lambda _: source[1:]
    if source.startswith("$"):
        return parse(source).first
    parts = _EMBEDDED.split(source)
    if len(parts) == 1:
        return lambda _: source
    texts, embedded = parts[::2], [parse(part) for part in parts[1::2]]

    def fill(scope: Scope) -> str:
        values = [expression.first(scope) for expression in embedded]
        filled = ["" if value is ABSENT else str(value) for value in values]
        return texts[0] + "".join(value + text for value, text in zip(filled, texts[1:], strict=True))

    return fill


def _object(source: Mapping[str, Any]) -> Template:
    # Members that are always the same are there from the start, which also keeps the order.
    start = {name: template(value)({}) if _is_fixed(value) else None for name, value in source.items()}
    members = [(name, template(value)) for name, value in source.items() if not _is_fixed(value)]

    def fill(scope: Scope) -> dict[str, Any]:
        filled = start.copy()
        for name, member in members:
            value = member(scope)
            if value is ABSENT:
                del filled[name]
            else:
                filled[name] = value
        return filled

    return fill


def _is_fixed(source: Any) -> bool:
    """Say whether a template is a scalar without expressions; arrays and objects are made anew each time."""
    return not isinstance(source, (Mapping, list)) and not any(True for _ in expressions(source))


def _array(elements: list[Template]) -> Template:
    def fill(scope: Scope) -> list[Any]:
        values = (element(scope) for element in elements)
        return [value for value in values if value is not ABSENT]

    return fill


def _each(element: Template) -> Template:
    def fill(scope: Scope) -> list[Any]:
        return [element(inner) for inner in scope["each"]]

    return fill
