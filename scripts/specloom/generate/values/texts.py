"""Times, dates and UUIDs that are written as they were read: one moment has many notations (RFC 3339, section 5.6)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from specloom.generate.values.checking import mistyped


class Timestamp(datetime):
    """A time that was read from text; `isoformat()` gives that text back, with its fraction and its `Z`.

    A leap second, which no datetime can hold, counts as the second before; digits after microseconds are cut off. Only
    the text has them. What is calculated from it has no text and is written as any other datetime.
    """

    __slots__ = ("_text",)
    _text: str

    @classmethod
    def read(cls, member: str, text: object) -> datetime:
        """Read the value of `member`. Raises TypeError when it is no text, ValueError when it is no time."""
        if not isinstance(text, str):
            raise mistyped(member, "a time as text", text)
        try:
            value = cls.fromisoformat(text)
        except ValueError:
            value = cls._read_rare(member, text)
        value._text = text  # noqa: SLF001 - it was made here
        return value

    @classmethod
    def _read_rare(cls, member: str, text: str) -> Self:
        """Read a lower-case `z` and a leap second, both of which RFC 3339 allows and Python does not."""
        plain = text.upper()
        if plain[16:19] == ":60":
            plain = f"{plain[:16]}:59{plain[19:]}"
        try:
            return cls.fromisoformat(plain)
        except ValueError:
            raise ValueError(f"{member} must be a time, such as 2023-12-07T08:29:50Z") from None

    def isoformat(self, sep: str = "T", timespec: str = "auto") -> str:
        """Return the text that this was read from, unless another notation is asked for."""
        if sep == "T" and timespec == "auto":
            try:
                return self._text
            except AttributeError:
                pass
        return super().isoformat(sep, timespec)

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        try:
            return _timestamp, (self._text,)
        except AttributeError:
            return super().__reduce_ex__(protocol)  # type: ignore[return-value]


class Identifier(UUID):
    """A UUID that was read from text; `str()` gives that text back, in upper case or with braces if it was so."""

    __slots__ = ("_text",)
    _text: str

    def __init__(self, text: str) -> None:
        """Keep `text`, of which UUID reads more notations than the one of RFC 9562."""
        super().__init__(text)
        object.__setattr__(self, "_text", text)

    @classmethod
    def read(cls, member: str, text: object) -> UUID:
        """Read the value of `member`. Raises TypeError when it is no text, ValueError when it is no UUID."""
        if not isinstance(text, str):
            raise mistyped(member, "a UUID as text", text)
        try:
            return cls(text)
        except ValueError:
            raise ValueError(f"{member} must be a UUID") from None

    def __str__(self) -> str:
        return self._text

    def __reduce__(self) -> tuple[Any, ...]:
        return Identifier, (self._text,)


def read_date(member: str, text: object) -> date:
    """Read the value of `member`. Raises TypeError when it is no text, ValueError when it is no `YYYY-MM-DD`."""
    if not isinstance(text, str):
        raise mistyped(member, "a date as text", text)
    try:
        value = date.fromisoformat(text)
    except ValueError:
        value = None
    if value is None or value.isoformat() != text:
        raise ValueError(f"{member} must be a date, such as 2023-12-07")
    return value


def _timestamp(text: str) -> datetime:
    return Timestamp.read("the time", text)
