"""What a request may measure; what is larger, or slower, is refused before it is judged."""

from __future__ import annotations

from typing import Final

import attrs


@attrs.frozen
class Limits:
    """Sizes in bytes, times in seconds."""

    body: int = 1024 * 1024
    """Length of a body; 413 (the limit of nginx unless it is told otherwise)."""

    head: int = 64 * 1024
    """Length of the request line and the header fields together; 431."""

    fields: int = 200
    """Number of header fields; 431."""

    target: int = 8 * 1024
    """Length of path and query; 414 (RFC 9112, section 3, asks for 8000 at least)."""

    seconds: float = 30.0
    """Time in which a request must have arrived, body and all; 408."""


LIMITS: Final = Limits()
