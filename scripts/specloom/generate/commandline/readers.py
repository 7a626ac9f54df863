"""Read the texts of a command line as the types that arguments are declared with.

The names are those of the checks in `calling.kinds`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import attrs


@attrs.frozen
class Reader:
    """Reads a value from JSON; `wanted` is what the value is called, `plain` says that a text is the value itself.

    `one` reads an element of a list, `from_file` the name of a file that is none of JSON. All raise ValueError with a
    message for people.
    """

    wanted: str
    from_json: Callable[[Any], Any]
    plain: bool = False
    one: Reader | None = None
    from_file: Callable[[str], Any] | None = None

    def from_text(self, text: str) -> Any:
        """Read a text, which is JSON, or names a file of JSON as `@file`, unless the reader is plain."""
        try:
            value = text if self.plain else _json(text)
        except ValueError:
            if self.from_file is None or not text.startswith("@"):
                raise
            return self.from_file(text)
        return self.from_json(value)

    def from_texts(self, texts: list[str]) -> Any:
        """Read a list whose elements are texts, or JSON, or come several at once in an array of JSON."""
        if self.one is None or self.one.plain:
            return self.from_json(list(texts))
        values: list[Any] = []
        for text in texts:
            value = _json(text)
            values.extend(cast("Sequence[Any]", value) if isinstance(value, list) else [value])
        return self.from_json(values)


def constant(wanted: object) -> Reader:
    """Return the reader of one value."""
    return Reader(repr(wanted), _checked(lambda value: value == wanted, str(wanted)), plain=isinstance(wanted, str))


def instance(model: Any) -> Reader:
    """Return the reader of objects that become instances of `model`."""

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise ValueError("must be a JSON object")  # noqa: TRY004 - it is about what a user typed
        try:
            return model.from_dict(value)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            raise ValueError(f"is no {model.__name__}: {what}") from None

    return Reader("a JSON object", read)


def list_of(reader: Reader) -> Reader:
    """Return the reader of lists."""

    def read(value: Any) -> Any:
        if not isinstance(value, list):
            raise ValueError("must be a JSON array")  # noqa: TRY004 - it is about what a user typed
        return [reader.from_json(each) for each in cast("Sequence[Any]", value)]

    return Reader("a JSON array", read, one=reader)


def file_of(make: Callable[..., Any]) -> Reader:
    """Return the reader of files of any content, of each of which `make` makes a value."""

    def read(value: Any) -> Any:
        if not isinstance(value, str) or not value.startswith("@"):
            raise ValueError("must be a file, given as @file")
        path = Path(value[1:])
        try:
            return make(payload=BytesIO(path.read_bytes()), file_name=path.name)
        except (OSError, ValueError) as error:
            raise ValueError(f"{value[1:]} cannot be read: {getattr(error, 'strerror', None) or error}") from None

    return Reader("a file", read, plain=True, from_file=read)


def any_of(*readers: Reader) -> Reader:
    """Return the reader that reads by the first of `readers` that can, texts last of all."""
    ordered = sorted(readers, key=lambda each: each.plain)

    def read(value: Any) -> Any:
        problems: list[str] = []
        for reader in ordered:
            try:
                return reader.from_json(value)
            except ValueError as error:
                problems.append(str(error))
        raise ValueError("; or ".join(dict.fromkeys(problems)))

    kinds = [each for each in readers if each is not NULL]
    lists = [each.one for each in kinds if each.one is not None]
    return Reader(
        " or ".join(dict.fromkeys(each.wanted for each in kinds)),
        read,
        plain=all(each.plain for each in kinds),
        one=lists[0] if lists else None,
        from_file=next((each.from_file for each in kinds if each.from_file is not None), None),
    )


def _checked(fits: Callable[[Any], bool], wanted: str) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if not fits(value):
            raise ValueError(f"must be {wanted}")
        return value

    return read


def _made(make: Callable[[str], Any], wanted: str) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        try:
            return make(value)
        except (AttributeError, TypeError, ValueError):
            raise ValueError(f"must be {wanted}") from None

    return read


def _json(text: str) -> Any:
    if text.startswith("@"):
        try:
            text = Path(text[1:]).read_text("utf-8")
        except (OSError, ValueError) as error:
            raise ValueError(f"{text[1:]} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    except ValueError as error:
        raise ValueError(f"must be JSON, or a file of it as @file: {error}") from None


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


ANYTHING = Reader("JSON", lambda value: value)
BOOLEAN = Reader("true or false", _checked(lambda value: isinstance(value, bool), "true or false"))
DATE = Reader("a date", _made(date.fromisoformat, "a date such as 2026-01-31"), plain=True)
IDENTIFIER = Reader("a UUID", _made(UUID, "a UUID"), plain=True)
INTEGER = Reader("an integer", _checked(_is_integer, "an integer"))
NULL = Reader("null", _checked(lambda value: value is None, "null"))
NUMBER = Reader("a number", _checked(_is_number, "a number"))
TEXT = Reader("a text", _checked(lambda value: isinstance(value, str), "a text"), plain=True)
TIME = Reader("a time", _made(datetime.fromisoformat, "a time such as 2026-01-31T12:00:00Z"), plain=True)
