"""Read text, and take forms of parts, which may be files, apart (RFC 7578)."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.utils import collapse_rfc2231_value

_DISPOSITION = "content-disposition"


def text_of(content_type: str, body: bytes) -> str:
    """Return a body of text. Raises ValueError when it is none in the charset that its media type names, or UTF-8."""
    charset = _head(content_type).get_content_charset("utf-8")
    try:
        return body.decode(charset)
    except (LookupError, UnicodeError):
        raise ValueError(f"the body is no text in {charset[:40]}") from None


def pairs_of(content_type: str, body: bytes) -> list[tuple[str, str]]:
    """Return the names and texts of the parts of a form, of a file its bytes as Latin-1.

    Raises ValueError, with a message for people, when it is none.
    """
    if body.strip() == f"--{_head(content_type).get_boundary()}--".encode():
        return []
    head = f"content-type: {' '.join(content_type.split())}\r\n\r\n".encode("latin-1", "replace")
    try:
        message = message_from_bytes(head + body)
        return list(_pairs(message))
    except RecursionError:
        raise ValueError("the parts of the body are nested too deeply") from None


def _head(content_type: str) -> Message:
    head = Message()
    head["content-type"] = " ".join(content_type.split())
    return head


def _pairs(message: Message) -> Iterator[tuple[str, str]]:
    parts = message.get_payload()
    if not message.is_multipart() or not isinstance(parts, list):
        raise ValueError("the body has no part between boundaries as its Content-Type names them")
    for part in parts:
        if isinstance(part, str):  # pragma: no cover - it is for messages of one part
            continue
        head = _disposition(part)
        name = head.get_param("name", header=_DISPOSITION)
        if name is None:
            raise ValueError("a part of the body has no name")
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            raise ValueError("a part of the body consists of parts itself")  # noqa: TRY004 - it is about what was sent
        is_file = head.get_param("filename", header=_DISPOSITION) is not None
        yield collapse_rfc2231_value(name), _text(content, is_file=is_file)


def _disposition(part: Message) -> Message:
    """Return a message with the header that names a part, as UTF-8 (RFC 7578, 5.1): `email` knows none there."""
    found = Message()
    for name, value in part.raw_items():
        if name.lower() == _DISPOSITION:
            text = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            found[_DISPOSITION] = " ".join(text.split())
    return found


def _text(content: bytes, *, is_file: bool) -> str:
    if is_file:
        return content.decode("latin-1")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("a part of the body that is no file is not UTF-8") from None
