"""Find the operation that a page documents, its title, and what its curl lines show of both."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from specloom.pages.collecting import Collector
from specloom.pages.curl import Curl
from specloom.pages.facts import EXISTS, Fact, Subject
from specloom.pages.security import state_curl
from specloom.pages.tokens import Token

CURL: Final = "curl"
"""Who found what only curl lines show."""

_METHODS: Final = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS"
_OPERATION: Final = re.compile(rf"(?P<method>{_METHODS})\s*(?P<url>(?:https?://|/)[^\s?#]{{0,500}})(?:\?\S*)?")
_PATH: Final = re.compile(r"(?:https?://[^\s/]{1,200})?/[^\s?#]{0,500}")
_VARIABLE: Final = re.compile(r"^(?:\$\{?\w+\}?|\{\{\w+\}\}|<[\w -]+>|\{\w+\})(?=/|$)")
_EXAMPLE_HOSTS: Final = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|org|net))?|localhost|test|invalid)$")
_TYPE_WORDS: Final = frozenset({"string", "0", "1", "number", "integer"})
_MAX_CURLS: Final = 200
_CREDENTIALS: Final = frozenset({"authorization"})
_ABOUT_BODY: Final = frozenset({"content-type", "accept"})

# The link for screen readers that pages begin with.
_SKIP_LINK: Final = re.compile(r"skip to (?:main )?content\.?", re.IGNORECASE)


def state_operation(found: Sequence[Token], facts: Collector, reader: str) -> int | None:
    """State the operations that stand on the page outside curl lines; return the index of the first's token."""
    first: int | None = None
    for at, token in enumerate(found):
        words = token.words
        following = found[at + 1].words if at + 1 < len(found) else ""
        written = _OPERATION.fullmatch(words)
        if written is None and re.fullmatch(_METHODS, words) and _PATH.fullmatch(following):
            written = _OPERATION.fullmatch(f"{words} {following}")
        if written is None:
            continue
        server, path = _split(written["url"])
        if server:
            _exists(facts, Subject("server", "", server), token.line, reader)
        if first is None:
            first = at
            _exists(facts, Subject("operation", "", f"{written['method']} {path}"), token.line, reader)
            for name in re.findall(r"\{([^{}]+)\}", path):
                _exists(facts, Subject("parameter", "path", name), token.line, reader)
        elif f"{written['method']} {path}" not in _operations(facts):
            facts.remark(token.line, words, "another operation; a page is read as that of its first")
    return first


def is_operation(text: str) -> bool:
    """Return whether a text is nothing but a method, a path or both."""
    return any(re.fullmatch(pattern, text) for pattern in (_METHODS, _PATH, _OPERATION))


def state_title(
    found: Sequence[Token], operation: int | None, headings: frozenset[str], facts: Collector, reader: str
) -> int:
    """State the page's title; return the index of its token.

    It is the main heading; else what stands before method and path unless that is a heading of the layout; else what
    stands before a text that is there twice, as a description often is; else the first text.
    """
    texts = [(at, token) for at, token in enumerate(found) if token.is_text and not _SKIP_LINK.fullmatch(token.words)]
    if not texts:
        return 0
    at = next((at for at, token in texts if token.is_title), None)
    if at is None and operation is not None and operation > 0 and found[operation - 1].words.lower() not in headings:
        at = operation - 1
    if at is None and operation is None:
        intro = []
        for each in texts:
            if each[1].words.lower() in headings:
                break
            intro.append(each)
        twice = (index for index in range(1, len(intro) - 1) if intro[index][1].words == intro[index + 1][1].words)
        index = next(twice, None)
        at = None if index is None else intro[index - 1][0]
    if at is None:
        at = texts[0][0]
    facts.add(Subject("title"), "text", found[at].words, found[at].line, reader)
    return at


def state_curls(found: Sequence[Token], facts: Collector) -> None:
    """State curl lines, and the operation, server, parameters and credentials that nothing but them names."""
    curls = [token for token in found if token.curl is not None][:_MAX_CURLS]
    for index, token in enumerate(curls):
        assert token.curl is not None  # noqa: S101 - for the type checker
        subject = Subject("curl", "", str(index))
        headers = {
            name: value if name.lower() != "authorization" else _scheme(value) for name, value in token.curl.headers
        }
        for attribute, value in (
            ("method", token.curl.method),
            ("url", token.curl.url),
            ("headers", headers or None),
            ("body", _body(token.curl.body)),
        ):
            if value is not None:
                facts.add(subject, attribute, value, token.line, CURL)
        _state_curl(token.curl, token.line, facts)


def _state_curl(curl: Curl, line: int, facts: Collector) -> None:
    server, rest = _split(curl.url)
    path, _, query = rest.partition("?")
    operations = _operations(facts)
    if not operations and path:
        names = [subject.name for subject in facts.subjects("parameter") if subject.where == "path"]
        path = _template(path, names)
        _exists(facts, Subject("operation", "", f"{curl.method} {path}"), line, CURL)
        for name in re.findall(r"\{([^{}]+)\}", path):
            _exists(facts, Subject("parameter", "path", name), line, CURL)
    elif operations:
        method, _, known = operations[0].partition(" ")
        base = _base(path, known)
        if base is None or method != curl.method:
            facts.remark(line, f"curl {curl.method} {curl.url}", f"not of the page's operation, {operations[0]}")
            return
        server = server and server + base
    if server:
        _exists(facts, Subject("server", "", server), line, CURL)
    for name, _ in parse_qsl(query, keep_blank_values=True, max_num_fields=None)[:200]:
        _exists(facts, Subject("parameter", "query", name), line, CURL)
    state_curl(curl, line, facts, CURL)
    for name, _ in curl.headers:
        if name.lower() not in _CREDENTIALS | _ABOUT_BODY:
            _exists(facts, Subject("parameter", "header", name), line, CURL)
    media = next((value for name, value in curl.headers if name.lower() == "content-type" and value), None)
    if media and curl.body is not None:
        _exists(facts, Subject("media-type", "request", media.split(";")[0].strip()), line, CURL)


def _split(url: str) -> tuple[str, str]:
    """Return server and path of a URL; no server where that is a variable or an example."""
    url = _VARIABLE.sub("", url, count=1)
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "", url
    rest = unquote(parts.path) + (f"?{parts.query}" if parts.query else "")
    if not parts.scheme or not host or _EXAMPLE_HOSTS.search(host):
        return "", rest
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}", rest


def _template(path: str, names: list[str]) -> str:
    """Return a path with the page's path parameters in the place of segments that are words for types."""
    segments = [f"{{{part[1:]}}}" if part.startswith(":") else part for part in path.split("/")]
    fillers = [index for index, part in enumerate(segments) if part in _TYPE_WORDS or not part]
    fillers = [index for index in fillers if index > 0]
    if len(fillers) == len(names):
        for index, name in zip(fillers, names, strict=True):
            segments[index] = f"{{{name}}}"
    return "/".join(segments)


def _base(path: str, template: str) -> str | None:
    """Return what stands in `path` before the part that fits the template; None when none fits."""
    pattern = "".join(
        "[^/]*" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{[^{}]*\})", template)
    )
    found = re.fullmatch(rf"(/.*?)?{pattern}/?", path)
    return None if found is None else found[1] or ""


def _scheme(value: str | None) -> str | None:
    """Return the scheme of an Authorization header alone: pages have shown real tokens."""
    return value and f"{value.split()[0]} …" if value and " " in value else value and "…"


def _body(body: str | None) -> Any:
    try:
        return None if body is None else json.loads(body)
    except (ValueError, RecursionError):
        return body


def _operations(facts: Collector) -> list[str]:
    return [subject.name for subject in facts.subjects("operation")]


def _exists(facts: Collector, subject: Subject, line: int, reader: str) -> Fact | None:
    facts.add(subject, EXISTS, True, line, reader)  # noqa: FBT003 - the fact's value
    return None
