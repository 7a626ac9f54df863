"""Near misses and near hits of a single value, by the keyword that tells the two apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

# The digits 0 to 9 of other scripts, which `\\d` matches in many engines.
_THAI: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_WIDE: Final = str.maketrans("0123456789", "".join(map(chr, range(0xFF10, 0xFF1A))))
_ASTRAL: Final = "\U0001f40e"
_SIZE_LIMIT: Final = 20_000
_TEXTS: Final = (
    "", "x", "Žluťoučký kůň 🐎 نص", "a'b\"c\\d <e>&amp; %41 {$n} ${x}", "null", "0", "tab\tand\r\nlines \u2028",
    "y" * 500, " x ", "'; --", "e\u0301 \u00e9", "true",
)  # fmt: skip
_BAD_FORMATS: Final = {
    "date-time": ("tomorrow", "2030-13-01T00:00:00Z", "2030-01-31", "2030-01-31 12:00:00"),
    "date": ("tomorrow", "2030-02-30", "31.01.2030"),
    "time": ("noon", "25:00:00Z"),
    "email": ("nobody", "@", "a b@example.com"),
    "ipv4": ("192.0.2.256", "x"),
    "ipv6": (":::", "x"),
    "uri": ("not a uri", "//"),
    "uuid": ("3f0b2f5e", "3f0b2f5e-7b3f-4a5e-9c55-0d2c8f1d6a1g"),
}


def wrong_types(value: Any) -> Iterator[Any]:
    """Yield values of other types than that of `value`, those first that a lax server takes for it."""
    if isinstance(value, bool):
        yield from ("true" if value else "false", 1 if value else 0, "yes", None, [value], {})
    elif isinstance(value, str):
        if value.isascii() and value.isdigit() and len(value) < 16:  # noqa: PLR2004 - what a double holds exactly
            yield from (int(value), float(value))
        yield from (1, 0, 1.5, True, False, None, [value], [], {"value": value}, {})
    elif isinstance(value, int | float):
        yield from (str(value), value + 0.5, True, False, None, [value], {}, "", 10**30)
    elif isinstance(value, list):
        yield from (*value[:1], {}, dict(enumerate_texts(value[:2])), "x", "", "[]", 1, 0, True, None)
    elif isinstance(value, dict):
        yield from ([value], [], "x", "", "{}", 1, 0, True, None)
    else:
        yield from ("null", "", 0, False, [], {})


def enumerate_texts(values: list[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the elements of an array as members named by their indexes, as forms of PHP send them."""
    return ((str(index), value) for index, value in enumerate(values))


def near_texts(text: str) -> Iterator[tuple[str, str]]:
    """Yield texts that differ a little from `text`, each with what is done to it."""
    yield "a line feed after it", text + "\n"
    yield "a space after it", text + " "
    yield "a space before it", " " + text
    yield "nothing in it", ""
    yield "a space alone", " "
    yield "a line feed before it", "\n" + text
    yield "a carriage return and a line feed after it", text + "\r\n"
    yield "a letter after it", text + "x"
    yield "a letter before it", "x" + text
    yield "a hyphen inside", text[:1] + "-" + text[1:]
    yield "a full stop and a zero after it", text + ".0"
    yield "a sign before it", "-" + text
    yield "a plus before it", "+" + text
    yield "Thai digits", text.translate(_THAI)
    yield "one Thai digit", text[:-1] + text[-1:].translate(_THAI)
    yield "full-width digits", text.translate(_WIDE)
    yield "a superscript after it", text + "²"
    yield "an accented letter after it", text + "é"
    yield "an emoji after it", text + _ASTRAL
    yield "a zero byte after it", text + "\0"
    yield "a no-break space after it", text + "\u00a0"
    yield "a zero-width space after it", text + "\u200b"
    yield "a line of it twice", f"{text}\n{text}"
    yield "a wrong line before it", f"!\n{text}"
    yield "a wrong line after it", f"{text}\n!"
    yield "lower case", text.lower()
    yield "upper case", text.upper()
    yield "another case", text.swapcase()
    yield "the last character gone", text[:-1]
    yield "the first character gone", text[1:]
    yield "another word", "no-such-value"
    yield "a slash inside", text[:1] + "/" + text[1:]
    yield "an underscore inside", text[:1] + "_" + text[1:]
    yield "a comma inside", text[:1] + "," + text[1:]
    yield "every printable character that is neither letter nor digit", text + "!#$%&*:;<=>?@[]^`{|}~"


def texts_of_length(text: str, length: int) -> Iterator[str]:
    """Yield texts of `length` code points, made of `text` and of what takes two UTF-16 units and four bytes each."""
    if 0 <= length <= _SIZE_LIMIT:
        yield (text * (length // max(len(text), 1) + 1))[:length] if text else "x" * length
        yield "x" * length
        yield "é" * length
        yield _ASTRAL * length


def bad_formats(name: str) -> tuple[str, ...]:
    """Return texts that are not of the format `name` by any reading of it; none for a format that is not known."""
    return _BAD_FORMATS.get(name, ())


def free_texts() -> tuple[str, ...]:
    """Return texts of which each is as good as another where a schema says no more than that it is text."""
    return _TEXTS
