"""An operation as the runtime knows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, TypeVar

from attrs import field, frozen

from specloom.generate.runtime.errors import StatusError
from specloom.generate.runtime.responses import RawResponse

T_co = TypeVar("T_co", covariant=True)

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_SUCCESS: Final = 2


@frozen
class ErrorAnswer:
    """A documented error: its class, and how its body is read, which may raise anything."""

    error: type[StatusError]
    read: Callable[[RawResponse], Any]


@frozen(eq=False)
class Endpoint(Generic[T_co]):
    """An operation: method in capitals, path template, security alternatives (each of scheme names), answers.

    `successes` and `errors` are keyed by status as a spec has it: `200`, `4XX` or `default`. Reading an answer may
    raise anything: that makes a ResponseValidationError. `accept` is sent as Accept unless the caller gives another.
    """

    id: str
    method: str
    path: str
    security: tuple[tuple[str, ...], ...]
    successes: Mapping[str, Callable[[RawResponse], T_co]] = field(repr=False)
    errors: Mapping[str, ErrorAnswer] = field(repr=False)
    # Several frameworks answer errors in HTML to those who do not ask for JSON.
    accept: str = "application/json, */*;q=0.1"

    @property
    def is_safe(self) -> bool:
        """Whether a request changes nothing by definition (RFC 9110, section 9.2.1)."""
        return self.method in _SAFE

    def success(self, status: int) -> Callable[[RawResponse], T_co] | None:
        """Return how the answer with this status is read; None when the status is no documented success."""
        exact = self.successes.get(str(status))
        if exact is not None or str(status) in self.errors:
            return exact
        group = f"{status // 100}XX"
        found = self.successes.get(group)
        if found is None and group not in self.errors and status // 100 == _SUCCESS:
            found = self.successes.get("default")
        return found

    def error(self, status: int) -> ErrorAnswer | None:
        """Return the documented error for this status, None when there is none."""
        found = self.errors.get(str(status)) or self.errors.get(f"{status // 100}XX")
        return found or (self.errors.get("default") if status // 100 != _SUCCESS else None)
