"""Write a body in its media type."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

import attrs

from specloom.fuzz.writing.parameters import query_text, text_of
from specloom.spec.api import MediaType, Parameter

_BOUNDARY: Final = "specloom-boundary"
_FORM: Final = "application/x-www-form-urlencoded"


@attrs.frozen
class Written:
    """A body, and the `Content-Type` that it is sent with."""

    media_type: str
    content: bytes = attrs.field(repr=False)


def chosen(media_types: Sequence[MediaType]) -> MediaType | None:
    """Return the media type to send a body in: JSON if there is a choice, else a form, else the first."""
    return min(media_types, key=lambda each: _rank(each.name), default=None)


def is_json(media_type: str) -> bool:
    """Say whether a media type is JSON (RFC 6839, 3.1), or a range that has it."""
    name = _essence(media_type)
    return name.endswith(("/json", "+json")) or name in {"*/*", "application/*"}


def as_json(value: Any) -> bytes:
    """Return a JSON value as UTF-8; lone surrogates stay escaped."""
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()


def write_body(media_type: str, value: Any, encoded: Mapping[str, Parameter] | None = None) -> Written:
    """Return `value` as a body of `media_type`; a range is made definite. `encoded` are those of a MediaType."""
    name = _essence(media_type)
    if is_json(name):
        return Written("application/json" if "*" in name else media_type, as_json(value))
    if name == _FORM and isinstance(value, dict):
        return Written(media_type, "&".join(_form_parts(value, encoded or {})).encode())
    if name.startswith("multipart/"):
        content = (
            b"".join(_parts(value if isinstance(value, dict) else {"file": value})) + f"--{_BOUNDARY}--\r\n".encode()
        )
        return Written(f"{name.replace('*', 'form-data')}; boundary={_BOUNDARY}", content)
    kind, _, rest = name.partition("/")
    definite = f"{kind}/{'plain' if kind == 'text' else 'octet-stream'}" if rest == "*" else media_type
    if re.search(r"[/+]xml$", name) and not isinstance(value, str):
        return Written(definite, _xml("root", value).encode())
    return Written(definite, value.encode() if isinstance(value, str) else as_json(value))


def _rank(name: str) -> int:
    essence = _essence(name)
    return 0 if is_json(essence) else 1 if essence == _FORM else 2


def _essence(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _form_parts(value: dict[str, Any], encoded: Mapping[str, Parameter]) -> Iterator[str]:
    """Yield the parts of a form: of an array each element, an object as JSON, but for what is `encoded` (4.8.14.4)."""
    for name, member in value.items():
        parameter = encoded.get(name)
        if parameter is not None and parameter.media_type is None:
            yield from query_text(parameter, name, member)
        else:
            is_json = isinstance(member, dict) or (parameter is not None and _has_json(parameter))
            yield from query_text(None, name, json.dumps(member) if is_json else member)


def _has_json(parameter: Parameter) -> bool:
    return parameter.media_type is not None and is_json(parameter.media_type)


def _parts(value: dict[str, Any]) -> Iterator[bytes]:
    """Yield the parts of a form (RFC 7578): of an array a part for each element, an object as JSON."""
    for name, member in value.items():
        for each in member if isinstance(member, list) else [member]:
            kind = "application/json" if isinstance(each, dict | list) else "text/plain; charset=utf-8"
            shown = re.sub(r'[\r\n"]', "_", name)
            head = f'--{_BOUNDARY}\r\ncontent-disposition: form-data; name="{shown}"\r\ncontent-type: {kind}\r\n\r\n'
            yield head.encode() + text_of(each).encode("utf-8", "surrogatepass") + b"\r\n"


def _xml(name: str, value: Any) -> str:
    """Return a value as an element of XML; nothing of the XML Object is looked at."""
    tag = re.sub(r"[^A-Za-z0-9_.-]", "_", name)
    tag = tag if re.match("[A-Za-z_]", tag) else f"_{tag}"
    if isinstance(value, list):
        return "".join(_xml(name, each) for each in value)
    if isinstance(value, dict):
        return f"<{tag}>{''.join(_xml(member, each) for member, each in value.items())}</{tag}>"
    return f"<{tag}>{escape(text_of(value))}</{tag}>"
