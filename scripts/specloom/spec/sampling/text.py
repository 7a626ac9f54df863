"""Make strings of a format or a pattern."""

from __future__ import annotations

import base64
import importlib
import ipaddress
import math
import re
import string
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

_WORDS: Final = (
    "amber",
    "birch",
    "cedar",
    "delta",
    "ember",
    "fjord",
    "grove",
    "heron",
    "inlet",
    "juniper",
    "kelp",
    "lark",
)
_TRIALS: Final = 24
_MORE: Final = (*(4,) * 12, *(0, 1, 2, 8, 16, 32, 64, 128), *(4,) * 4)
"""How often what may be repeated is repeated at most, in each trial."""

_PROPERTIES: Final = {
    "L[a-z]?": "a-zA-Z",
    "Letter": "a-zA-Z",
    "N[a-z]?": "0-9",
    "Z[a-z]?": " ",
    "P[a-z]?": ".,",
    "S[a-z]?": "+",
}
"""What stands here for the characters of a property of Unicode."""

_CATEGORIES: Final = {
    "CATEGORY_DIGIT": string.digits,
    "CATEGORY_WORD": string.ascii_letters + string.digits + "_",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_DIGIT": string.ascii_letters,
    "CATEGORY_NOT_WORD": " .-",
    "CATEGORY_NOT_SPACE": string.ascii_letters + string.digits,
}
_PRINTABLE: Final = string.ascii_letters + string.digits + " .-_,:;/!?#%&()*+<=>@[]^{|}~$'\"\\`"


def sample_text(schema: Mapping[str, Any], random: Random) -> str:
    """Return a string by the `pattern`, `format` and lengths of a schema; it may miss one where they fit badly."""
    name = schema.get("format", "byte" if schema.get("contentEncoding") == "base64" else "")
    make = _FORMATS.get(name, _words)
    if "pattern" in schema:
        return _patterned(schema, random, make if make is not _words else None)
    made = make(random)
    least, most = schema.get("minLength", 0), schema.get("maxLength", len(made))
    while len(made) < least:
        made += random.choice(string.ascii_lowercase)
    return made[: max(most, least)]


def _patterned(schema: Mapping[str, Any], random: Random, make: Callable[[Random], str] | None) -> str:
    """Return a string of a pattern, by its format where one gives such strings, of a length that is allowed if any is.

    A string that misses one of them is the last resort.
    """
    least, most = schema.get("minLength", 0), schema.get("maxLength", math.inf)
    pattern = _in_python(schema["pattern"])
    made = ""
    for trial in range(_TRIALS):
        made = make(random) if make is not None and trial < _TRIALS // 2 else _matching(pattern, random, _MORE[trial])
        if least <= len(made) <= most and _matches(pattern, made):
            return made
    return made


def _in_python(pattern: str) -> str:
    """Return a pattern of ECMA 262 as Python reads it: names of groups, and properties of Unicode roughly."""
    pattern = re.sub(r"\(\?<(?=[A-Za-z_])", "(?P<", pattern)
    for name, plain in _PROPERTIES.items():
        pattern = re.sub(rf"\[\\p\{{{name}\}}\]", f"[{plain}]", pattern)
        pattern = re.sub(rf"(\[[^\]]*)\\p\{{{name}\}}", rf"\g<1>{plain}", pattern)
        pattern = re.sub(rf"\\p\{{{name}\}}", f"[{plain}]", pattern)
    return pattern


def _matches(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except re.error:
        return False


def _words(random: Random) -> str:
    return " ".join(random.choices(_WORDS, k=random.randint(1, 3)))


def _time(random: Random) -> datetime:
    return datetime(2030, 1, 1, tzinfo=UTC) + timedelta(seconds=random.randrange(366 * 24 * 3600))


def _date_time(random: Random) -> str:
    return _time(random).isoformat().replace("+00:00", "Z")


def _host(random: Random) -> str:
    return f"{random.choice(_WORDS)}.example"


_FORMATS: Final[Mapping[str, Callable[[Random], str]]] = {
    "date-time": _date_time,
    "date": lambda random: _time(random).date().isoformat(),
    "time": lambda random: _date_time(random).partition("T")[2],
    "duration": lambda random: f"PT{random.randint(1, 59)}M",
    "uuid": lambda random: str(uuid.UUID(int=random.getrandbits(128), version=4)),
    "email": lambda random: f"{random.choice(_WORDS)}@{_host(random)}",
    "idn-email": lambda random: f"{random.choice(_WORDS)}@{_host(random)}",
    "hostname": _host,
    "idn-hostname": _host,
    "ipv4": lambda random: str(ipaddress.IPv4Address(random.getrandbits(32))),
    "ipv6": lambda random: str(ipaddress.IPv6Address(random.getrandbits(128))),
    "uri": lambda random: f"https://{_host(random)}/{random.choice(_WORDS)}",
    "iri": lambda random: f"https://{_host(random)}/{random.choice(_WORDS)}",
    "uri-reference": lambda random: f"/{random.choice(_WORDS)}",
    "iri-reference": lambda random: f"/{random.choice(_WORDS)}",
    "json-pointer": lambda random: f"/{random.choice(_WORDS)}",
    "regex": lambda random: f"^{random.choice(_WORDS)}$",
    "byte": lambda random: base64.b64encode(random.randbytes(9)).decode(),
}


def _matching(pattern: str, random: Random, more: int) -> str:
    """Return a string that matches a regular expression, or "" when it is none that Python reads.

    What may be repeated is repeated up to `more` times beyond what must be.
    """
    # What Python itself parses patterns with; it has no public name (Hypothesis uses it as well).
    parser: Any = importlib.import_module("re._parser")
    try:
        return "".join(_parts(parser.parse(pattern), random, {}, more))
    except (re.error, OverflowError):
        return ""


def _parts(  # noqa: C901 - one case for each kind of part
    tokens: Iterable[tuple[Any, Any]], random: Random, groups: dict[int, str], more: int
) -> Iterable[str]:
    for name, argument in tokens:
        match str(name):
            case "LITERAL":
                yield chr(argument)
            case "NOT_LITERAL":
                yield random.choice([char for char in _PRINTABLE if ord(char) != argument])
            case "ANY":
                yield random.choice(string.ascii_letters)
            case "IN":
                yield random.choice(_characters(argument))
            case "BRANCH":
                yield from _parts(random.choice(argument[1]), random, groups, more)
            case "SUBPATTERN":
                groups[argument[0]] = "".join(_parts(argument[-1], random, groups, more))
                yield groups[argument[0]]
            case "GROUPREF":
                yield groups.get(argument, "")
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, most, repeated = argument
                for _ in range(random.randint(least, min(int(most), least + more))):
                    yield from _parts(repeated, random, groups, more)
            case "ATOMIC_GROUP":
                yield from _parts(argument, random, groups, more)


def _characters(tokens: Iterable[tuple[Any, Any]]) -> list[str]:
    """Return the characters that a set allows, printable ones when it says which it does not."""
    found: set[str] = set()
    negated = False
    for name, argument in tokens:
        match str(name):
            case "NEGATE":
                negated = True
            case "LITERAL":
                found.add(chr(argument))
            case "RANGE":
                found.update(map(chr, range(argument[0], min(argument[1], argument[0] + 500) + 1)))
            case "CATEGORY":
                found.update(_CATEGORIES[str(argument)])
    return sorted(set(_PRINTABLE) - found if negated else found)
