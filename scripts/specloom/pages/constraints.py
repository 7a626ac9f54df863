"""Read constraints that pages state in words, such as "digits only" or "maximum 100", as keywords of JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import attrs

DIGITS: Final = "^[0-9]+$"
"""The pattern of a string of digits."""

_NUMBER: Final = r"(-?\d[\d ,_]{0,20}(?:\.\d{1,20})?)"
_UNIT: Final = r"(?:\s*(?P<unit>[a-z]+))?"
_LETTERS: Final = frozenset({"character", "characters", "char", "chars", "letter", "letters", "symbols"})
_DIGITS_UNIT: Final = frozenset({"digit", "digits"})
_END: Final = re.compile(
    r"(?<=[.!?;])(?:\s+|(?=[A-Z]))|\n|(?<=[a-z0-9)])(?=(?:Required when|Non-empty|Maximum|Example:)\b)"
)
_LOOKS: Final = re.compile(
    r"\b(?:must|required|mandatory|maximum|minimum|max|min|at most|at least|up to|no more than|only|default|one of|"
    r"either|null|nullable|empty|digits?|characters?|pattern|format|deprecated|length|between|unique|valid|allowed)\b|[<>]=?\s*\d",
    re.IGNORECASE,
)
_MAX: Final = 2000


@attrs.frozen
class Constraint:
    """What a sentence says of a member or parameter: an attribute of it (see facts.py) and its value.

    The value of `condition` has the other member's name as the page writes it.
    """

    attribute: str
    value: Any


def sentences(text: str) -> list[str]:
    """Return the sentences in `text`, also where they have no blank between them."""
    return [part.strip() for part in _END.split(text[:_MAX]) if part and part.strip()]


def looks_like_one(sentence: str) -> bool:
    """Return whether a sentence seems to state a constraint."""
    return _LOOKS.search(sentence) is not None


def constraints(sentence: str, types: tuple[str, ...] = ()) -> list[Constraint]:
    """Return what one sentence states; `types` are those of the member that it is about, as far as they are known."""
    found: dict[str, Constraint] = {}
    for pattern, make in _RULES:
        match = pattern.search(sentence)
        if match is not None:
            for each in make(match, types):
                found.setdefault(each.attribute, each)
    return list(found.values())


_Make = Callable[[re.Match[str], tuple[str, ...]], Iterator[Constraint]]


def _says(attribute: str, value: Any) -> _Make:
    def make(match: re.Match[str], types: tuple[str, ...]) -> Iterator[Constraint]:
        del match, types
        yield Constraint(attribute, value)

    return make


def _number(text: str) -> int | float:
    text = re.sub(r"[ ,_]", "", text)
    return float(text) if "." in text else int(text)


def _keyword(end: str, unit: str | None, types: tuple[str, ...]) -> str:
    """Return the keyword for a bound: `end` is min or max, and `unit` the word after the number."""
    if unit in _LETTERS | _DIGITS_UNIT or ("string" in types and "array" not in types):
        return f"{end}Length"
    if "array" in types or (unit and not {"integer", "number"} & set(types)):
        return f"{end}Items"
    return "maximum" if end == "max" else "minimum"


def _bound(end: str) -> _Make:
    def make(match: re.Match[str], types: tuple[str, ...]) -> Iterator[Constraint]:
        yield Constraint(_keyword(end, match["unit"], types), _number(match[1]))

    return make


def _range(match: re.Match[str], types: tuple[str, ...]) -> Iterator[Constraint]:
    yield Constraint(_keyword("min", match["unit"], types), _number(match[1]))
    yield Constraint(_keyword("max", match["unit"], types), _number(match[2]))


def _exactly(match: re.Match[str], types: tuple[str, ...]) -> Iterator[Constraint]:
    if match["unit"] in _DIGITS_UNIT:
        yield Constraint("pattern", f"^[0-9]{{{_number(match[1])}}}$")
    else:
        yield Constraint(_keyword("min", match["unit"], types), _number(match[1]))
        yield Constraint(_keyword("max", match["unit"], types), _number(match[1]))


def _compared(match: re.Match[str], types: tuple[str, ...]) -> Iterator[Constraint]:
    end = "max" if match[0].startswith(("<", "≤")) else "min"
    keyword = _keyword(end, match["unit"], types)
    is_exclusive = keyword in {"maximum", "minimum"} and match["sign"] in {"<", ">"}
    yield Constraint(f"exclusive{keyword.capitalize()}" if is_exclusive else keyword, _number(match["number"]))


def _not_empty(match: re.Match[str], types: tuple[str, ...]) -> Iterator[Constraint]:
    is_array = "array" in types or re.search(r"\b(?:array|list)\b", match.string, re.IGNORECASE)
    yield Constraint("minItems" if is_array else "minLength", 1)


def _condition(match: re.Match[str], types: tuple[str, ...]) -> Iterator[Constraint]:
    del types
    yield Constraint("condition", {"member": match["member"].strip("`'\""), "equals": plain(match["value"])})


def _values(match: re.Match[str], types: tuple[str, ...]) -> Iterator[Constraint]:
    values = listed(match["values"])
    if len(values) > 1:
        yield Constraint("enum", [value_of(value, types) for value in values])


def _value(attribute: str) -> _Make:
    def make(match: re.Match[str], types: tuple[str, ...]) -> Iterator[Constraint]:
        yield Constraint(attribute, value_of(plain(match["value"]), types))

    return make


def _either(match: re.Match[str], types: tuple[str, ...]) -> Iterator[Constraint]:
    del types
    yield Constraint("either", [plain(match["one"]), plain(match["other"])])


def plain(text: str) -> str:
    """Return a value without quotes, brackets and the full stop around it."""
    return text.strip().rstrip(".,;").strip("`'\"[]()").strip()


def listed(text: str) -> list[str]:
    """Return the values of a list in words, such as "a, b or c"."""
    text = text.strip().rstrip(".").strip("[]()")
    return [plain(part) for part in re.split(r"\s*[,|/]\s*(?:or\s+|and\s+)?|\s+(?:or|and)\s+", text) if plain(part)]


def value_of(text: str, types: tuple[str, ...]) -> Any:
    """Return the JSON value that `text` is for a member of these types: text, unless none of them is string."""
    if not types or "string" in types:
        return text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value


def _rule(pattern: str, make: _Make) -> tuple[re.Pattern[str], _Make]:
    return re.compile(pattern, re.IGNORECASE), make


_OF: Final = r"(?:\s*(?:of|is|:|length:?))?"
_SETS: Final = r"one of|(?:allowed|possible|supported|accepted) values(?: are)?|can be|must be either|must be"
_NAME: Final = r"[`'\"]?[A-Za-z_][\w.\[\]-]{0,80}[`'\"]?"
_WORD: Final = r"[`'\"]?[A-Za-z0-9_][\w.-]{0,80}[`'\"]?"
_WORDS: Final = rf"{_WORD}(?:\s*(?:,|/|\||\bor\b|\band\b)\s*(?:or\s+)?{_WORD}){{1,50}}"

_RULES: Final = (
    _rule(r"\bdigits only\b|\bonly (?:digits|numbers)\b|^numeric\b|\bmust be numeric\b", _says("pattern", DIGITS)),
    _rule(r"\bnon-?empty\b|\b(?:must not|cannot|can't|may not) be empty\b|\bnot be empty\b", _not_empty),
    _rule(
        rf"\b(?:maximum|max\.?|at most|up to|no more than){_OF}\s*{_NUMBER}{_UNIT}",
        _bound("max"),
    ),
    _rule(
        rf"\b(?:minimum|min\.?|at least|no less than){_OF}\s*{_NUMBER}{_UNIT}",
        _bound("min"),
    ),
    _rule(rf"\bbetween\s+{_NUMBER}\s+and\s+{_NUMBER}{_UNIT}", _range),
    _rule(rf"\bexactly\s+{_NUMBER}{_UNIT}", _exactly),
    _rule(rf"(?P<sign>>=|<=|≥|≤|>|<)\s*(?P<number>-?\d{{1,20}}(?:\.\d{{1,20}})?){_UNIT}", _compared),
    _rule(
        rf"\b(?:required|mandatory) (?:when|if)\s+(?P<member>{_NAME})\s*(?:is|=|==|equals)\s*(?P<value>{_WORD})",
        _condition,
    ),
    _rule(
        rf"\b(?:{_SETS})\s*:?\s*(?P<values>[\[(]?{_WORDS})",
        _values,
    ),
    _rule(rf"\beither\s+(?P<one>{_NAME})\s+or\s+(?P<other>{_NAME})\s*(?:must|is|—|-)", _either),
    _rule(rf"\b(?:defaults? to|default(?: value)?(?: is)?|by default)\s*:?\s*(?P<value>{_WORD})", _value("default")),
    _rule(r"\b(?:example|e\.g\.)\s*:?\s*(?P<value>\S.{0,500})", _value("example")),
    _rule(r"\b(?:match(?:es)? )?(?:pattern|regex)\s*:?\s*(?P<value>\^.{0,500}\$|`.{0,500}`)", _value("pattern")),
    _rule(r"\bnullable\b|\b(?:may|can) be null\b|\bor null\b", _says("nullable", value=True)),
    _rule(r"\bdeprecated\b", _says("deprecated", value=True)),
    _rule(r"\b(?:unique|distinct) (?:items|elements|values)\b|\bno duplicates\b", _says("uniqueItems", value=True)),
    _rule(r"\b(?:RFC ?3339|ISO[ -]?8601)\b", _says("format", "date-time")),
    _rule(r"\bUUID\b", _says("format", "uuid")),
    _rule(r"^(?:an? )?integer\b", _says("type", "integer")),
    _rule(r"^(?:a )?boolean\b", _says("type", "boolean")),
    _rule(r"^(?:it is )?(?:required|mandatory)\.?$", _says("required", value=True)),
    _rule(r"^(?:it is )?optional\.?$", _says("required", value=False)),
)
