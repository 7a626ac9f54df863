"""Edits of a schema that leave out one of its keywords, weaken it, or ask for more than it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from specloom.fuzz.proof.drafting import Edit

Variants = Iterator[tuple[str, Edit]]
"""What the schema says instead, in words, and the edit that makes it say so."""


def variants(keyword: str, value: Any, member: str, *, in_body: bool = True) -> Variants:
    """Yield the edits for one keyword of a schema, the one that leaves it out first.

    `member` is the required member that is meant where a keyword names several. Outside of bodies, an empty text may
    stand for a value that is not given, and HTTP drops white space around that of a header.
    """
    if keyword in {"required", "dependentRequired"}:
        yield f"{member} may be left out", _without_member(keyword, member)
        return
    if keyword in {"oneOf", "anyOf"}:
        yield "anything is taken", _set(keyword, [{}])
        for index in range(len(value) if len(value) > 1 else 0):
            yield f"alternative {index} is refused", _without_alternative(keyword, index)
        return
    yield f"there is no {keyword}", lambda schema: schema.pop(keyword)
    if keyword == "const" and isinstance(value, str):
        keyword, value = "enum", [value]
    for text, other in _WEAKER.get(keyword, _nothing)(value):
        if in_body or text not in _IN_BODIES:
            yield text, _set(keyword, other)


def _without_member(keyword: str, member: str) -> Edit:
    def edit(schema: Any) -> None:
        if keyword == "required":
            schema[keyword] = [name for name in schema[keyword] if name != member]
        else:
            del schema[keyword][member]

    return edit


def _without_alternative(keyword: str, index: int) -> Edit:
    def edit(schema: Any) -> None:
        dropped = schema[keyword].pop(index)
        mapping = schema.get("discriminator", {}).get("mapping", {})
        for tag in [tag for tag, target in mapping.items() if target == dropped.get("$ref")]:
            del mapping[tag]

    return edit


def _set(keyword: str, value: Any) -> Edit:
    def edit(schema: Any) -> None:
        if keyword == "enum":
            schema.pop("const", None)
        schema[keyword] = value

    return edit


_Others = Iterator[tuple[str, Any]]


def _nothing(_: Any) -> _Others:
    yield from ()


def _types(value: Any) -> _Others:
    types = [value] if isinstance(value, str) else list(value)
    if "null" not in types:
        yield "null is taken too", [*types, "null"]
    if "integer" in types and "number" not in types:
        yield "fractions are taken too", ["number" if each == "integer" else each for each in types]
    if "string" in types:
        yield "numbers are taken too", [*types, "number"]
        yield "booleans are taken too", [*types, "boolean"]
    elif {"integer", "number", "boolean"} & set(types):
        yield "text is taken too", [*types, "string"]
    if len(types) > 1:
        for each in types:
            yield f"{each} is refused", [other for other in types if other != each]


_EMPTY: Final = "the empty text is taken too"
_SPACED: Final = "a space may stand behind it"
_IN_BODIES: Final = (_EMPTY, _SPACED)


def _enum(value: list[Any]) -> _Others:
    texts = [each for each in value if isinstance(each, str)]
    other_case = [form(each) for each in texts for form in (str.lower, str.upper, str.swapcase, str.capitalize)]
    more = [each for each in dict.fromkeys(other_case) if each not in value]
    if more:
        yield "its case does not count", [*value, *more]
    if texts:
        yield _SPACED, [*value, *(f"{each} " for each in texts)]
        yield _EMPTY, [*value, ""]
    for each in value if len(value) > 1 else ():
        yield f"{each} is refused", [other for other in value if other != each]


def _pattern(value: str) -> _Others:
    # A pattern is anchored (specs/README.md, S20); weaker ones take more before or behind it.
    if value.startswith("^"):
        yield "anything may stand before it", value[1:]
    if value.endswith("$"):
        yield "anything may stand behind it", value[:-1]
        yield "a newline may stand behind it", f"{value[:-1]}\\n?$"
    if "[0-9]" in value:
        yield "digits of any script are taken", value.replace("[0-9]", "\\p{Nd}")
    if value.startswith("^") and value.endswith("$"):
        yield "the empty text is taken too", f"^(?:{value[1:-1]})?$"


def _more(step: int) -> Callable[[Any], _Others]:
    def others(value: Any) -> _Others:
        for other in (value + step, value - step):
            if other >= 0 or step == 0:
                yield f"it is {other} and not {value}", other

    return others


_WEAKER: Final[dict[str, Callable[[Any], _Others]]] = {
    "type": _types,
    "enum": _enum,
    "pattern": _pattern,
    **dict.fromkeys(("maxLength", "maxItems", "maxProperties", "maximum", "exclusiveMaximum"), _more(1)),
    **dict.fromkeys(("minLength", "minItems", "minProperties", "minimum", "exclusiveMinimum"), _more(-1)),
}
