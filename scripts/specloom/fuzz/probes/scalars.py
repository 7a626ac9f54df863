"""List the changes of a single value that the keywords of its schema are about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from specloom.fuzz.probes import misses
from specloom.fuzz.probes.edits import Edit, short
from specloom.spec.equality import equal

_BOUNDS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_TELLING: Final = frozenset({"pattern", "enum", "const", "format", "maxLength"})


def type_edits(pointer: str, schema: dict[str, Any], value: Any, tokens: tuple[str, ...]) -> Iterator[Edit]:
    """Yield values of other types."""
    if "type" in schema:
        for wrong in misses.wrong_types(value):
            yield Edit(tokens, wrong, f"{pointer}/type", f"{short(wrong)} for {short(value)}")


def choice_edits(pointer: str, schema: dict[str, Any], value: Any, tokens: tuple[str, ...]) -> Iterator[Edit]:
    """Yield values that a schema lists, and values like those."""
    for keyword in ("enum", "const"):
        if keyword not in schema:
            continue
        rule = f"{pointer}/{keyword}"
        for other in schema["enum"] if keyword == "enum" else [schema["const"]]:
            if not equal(other, value):
                yield Edit(tokens, other, rule, f"the value {short(other)}")
        for text, near in misses.near_texts(value) if isinstance(value, str) else ():
            yield Edit(tokens, near, rule, f"{short(value)} with {text}")
        others: tuple[Any, ...] = (0, 1, True, None, [value])
        for wrong in others:
            yield Edit(tokens, wrong, rule, f"{short(wrong)} for {short(value)}")


def text_edits(pointer: str, schema: dict[str, Any], value: str, tokens: tuple[str, ...]) -> Iterator[Edit]:
    """Yield texts of other forms and lengths."""
    if "pattern" in schema:
        for text, near in misses.near_texts(value):
            yield Edit(tokens, near, f"{pointer}/pattern", f"{short(value)} with {text}")
        yield Edit(tokens, value * 3, f"{pointer}/pattern", f"{short(value)} three times")
    for keyword, steps in (("minLength", (-1, 0)), ("maxLength", (0, 1))):
        for length in [schema[keyword] + step for step in steps] if keyword in schema else ():
            for text in misses.texts_of_length(value, length):
                yield Edit(tokens, text, f"{pointer}/{keyword}", f"{length} characters, as in {text[:1]!r}")
    for text in misses.bad_formats(schema.get("format", "")):
        yield Edit(tokens, text, f"{pointer}/format", f"{text!r} as {schema['format']}")
    for text in () if _TELLING & schema.keys() else misses.free_texts():
        yield Edit(tokens, text, f"{pointer}/type", f"the text {short(text)}")


def number_edits(pointer: str, schema: dict[str, Any], tokens: tuple[str, ...]) -> Iterator[Edit]:
    """Yield numbers at and beyond the bounds."""
    step = schema.get("multipleOf", 1)
    for keyword in (each for each in _BOUNDS if each in schema):
        for number in (schema[keyword] - step, schema[keyword], schema[keyword] + step):
            yield Edit(tokens, number, f"{pointer}/{keyword}", f"{number}")
    for factor in (0.5, 1, 1.5, 3) if "multipleOf" in schema else ():
        yield Edit(tokens, step * factor, f"{pointer}/multipleOf", f"{step * factor}")
    for number in () if {"enum", "const"} & schema.keys() else (0, 1, -1, 2**31, -(2**31) - 1, 1.5):
        yield Edit(tokens, number, f"{pointer}/type", f"{number}")
