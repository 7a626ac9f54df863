"""Write requests as curl lines that send the same bytes; variables of the shell stand in the place of secrets."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from specloom.fuzz.redaction import Encoded, Placeholder, parsed
from specloom.fuzz.result import Step
from specloom.fuzz.wire import Request
from specloom.spec import Credential

_INCIDENTAL: Final = frozenset(
    {"accept", "accept-encoding", "connection", "content-length", "host", "user-agent", "x-schemathesis-testcaseid"}
)
# More than this the kernel may not take as one argument.
_MAX_ARGUMENT: Final = 100_000
_FORMS: Final = {"upper": "^^", "lower": ",,", "swapcase": "~~"}
_BASIC: Final = re.compile(r"Basic \{base64:([^:{}]*):\{credential:([0-9]+)\}:base64\}")
_URL: Final = "import sys, urllib.parse as u; print(u.quote(sys.argv[1], safe=''), end='')"


def variables(credentials: Sequence[Credential]) -> tuple[str, ...]:
    """Return the name of the shell variable of each credential's secret, such as SPECLOOM_TOKEN_SOUTH.

    That of the first credential that may call the operations has no tenant in its name.
    """
    first = next((index for index, each in enumerate(credentials) if not each.forbidden), None)
    found: list[str] = []
    for index, credential in enumerate(credentials):
        name = "SPECLOOM_PASSWORD" if credential.password else "SPECLOOM_TOKEN"
        if index != first:
            name += "_" + re.sub(r"[^A-Z0-9]", "_", credential.tenant.upper())
        found.append(f"{name}_{index}" if name in found else name)
    return tuple(found)


def script(base_url: str, steps: Iterable[Step], names: Sequence[str]) -> str:
    """Return the curl line of a step, or the lines of several, each under a comment that says what is expected.

    `names` are those of the variables, by the number in the placeholders.
    """
    lines = [(step.expected, curl_line(base_url, step.request, names)) for step in steps]
    if len(lines) == 1:
        return lines[0][1]
    texts = (f"# {index}. {' '.join(said.split())}".rstrip() for index, (said, _) in enumerate(lines, 1))
    return "\n".join(f"{text}\n{line}" for text, (_, line) in zip(texts, lines, strict=True))


def curl_line(base_url: str, request: Request, names: Sequence[str]) -> str:
    """Return a curl line for a request in which placeholders stand for the secrets."""
    parts = ["curl", "--globoff", "--path-as-is", "--request", shlex.quote(request.method)]
    for name, value in request.headers:
        if name.lower() not in _INCIDENTAL:
            parts += _header(name, value, names)
    url = _word(base_url.rstrip("/") + request.target, names)
    if not request.body:
        return " ".join([*parts, url])
    if "content-type" not in {name.lower() for name, _ in request.headers}:
        parts += ["--header", "Content-Type:"]  # or else curl would add one
    text = request.body.decode("latin-1")
    if b"\0" in request.body or len(request.body) > _MAX_ARGUMENT:
        return " ".join([f"printf %b {_word(text, names, _escaped)} |", *parts, "--data-binary", "@-", url])
    return " ".join([*parts, "--data-binary", _word(text, names), url])


def _header(name: str, value: str, names: Sequence[str]) -> list[str]:
    basic = _BASIC.fullmatch(value) if name.lower() == "authorization" else None
    if basic is not None and int(basic[2]) < len(names):
        variable = names[int(basic[2])]
        return ["--user", f'"${variable.replace("PASSWORD", "USER", 1)}:${variable}"']
    return ["--header", _word(f"{name}: {value}" if value else f"{name};", names)]


def _word(text: str, names: Sequence[str], quoted: Callable[[str], str] | None = None) -> str:
    """Return `text` as one word of the shell; the characters of `text` stand for bytes (latin-1) where they can."""
    return _words(parsed(text), names, quoted or _quoted) or "''"


def _words(parts: Iterable[str | Placeholder | Encoded], names: Sequence[str], quoted: Callable[[str], str]) -> str:
    words = []
    for part in parts:
        if isinstance(part, str):
            words.append(quoted(part))
        elif isinstance(part, Encoded):
            words.append(f'"$(printf %s {_words(part.parts, names, _quoted)} | base64 | tr -d "\\n")"')
        else:
            words.append(_variable(names[part.index], part.form, part.length))
    return "".join(words)


def _variable(name: str, form: str, length: int) -> str:
    if form == "first":
        return f'"${{{name}:0:{length}}}"'
    if form == "last":
        return f'"${{{name}: -{length}}}"'
    if form == "url":
        return f'"$(python3 -c {shlex.quote(_URL)} "${name}")"'
    return f'"${{{name}{_FORMS[form]}}}"' if form in _FORMS else f'"${name}"'


def _quoted(text: str) -> str:
    """Return `text` quoted for the shell, as it is where it can be read, byte by byte where it cannot."""
    if not text:
        return ""
    try:
        data = text.encode("latin-1")
        text = data.decode("utf-8")
    except UnicodeEncodeError:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeDecodeError:
        text = ""
    if text and text.replace("\n", "").replace("\t", "").isprintable():
        return shlex.quote(text)
    return "$'" + "".join(f"\\x{byte:02x}" for byte in data) + "'"


def _escaped(text: str) -> str:
    """Return `text` quoted for `printf %b`."""
    data = text.encode("latin-1")
    kept = "".join(chr(byte) if 32 <= byte < 127 and byte != 92 else f"\\0{byte:03o}" for byte in data)  # noqa: PLR2004 - printable ASCII, and the backslash
    return shlex.quote(kept) if kept else ""
