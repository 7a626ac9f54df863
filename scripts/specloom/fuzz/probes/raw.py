"""Probes of raw bytes and media types: what is no JSON, or JSON that parsers differ on, or sent as something else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import attrs

from specloom.fuzz.conformance.documented import covers
from specloom.fuzz.probes.bench import Bench
from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.probes.edits import replaced
from specloom.fuzz.probes.probe import Family, Probe
from specloom.fuzz.probes.shapes import Shapes
from specloom.fuzz.scope import member
from specloom.fuzz.wire import Request
from specloom.fuzz.writing import as_json
from specloom.spec import Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Outcome
from specloom.spec.expression import ABSENT

_MARK: Final = "specloom-mark"
_MUST: Final[tuple[Outcome, ...]] = ("invalid",)
_MAY: Final[tuple[Outcome, ...]] = ("invalid", "success")
_WORDS: Final = (
    b"NaN", b"Infinity", b"-Infinity", b"01", b"1.", b".5", b"+1", b"0x1", b"'x'", b"undefined", b'"\\x41"',
    b'"a\tb"', b'"a\nb"', b'"\\ud83"', b'"\\"', b'"\xff"', b'"\xc3"', b'"\xed\xa0\x80"',
)  # fmt: skip
# Half of a character, and numbers beyond a double: RFC 8259, 6 and 8.2, leaves open what becomes of them.
_OPEN_WORDS: Final = (b'"\\ud83d"', b'{"\\ude00": "\\ud83d"}', b"1e400", b"-1e999", b"1" * 500)
_OTHER_TYPES: Final = (
    "text/plain", "application/x-www-form-urlencoded", "application/xml", "text/html", "image/png",
    "multipart/form-data; boundary=x", "application/octet-stream",
)  # fmt: skip
_DEPTH: Final = 2000


def malformed(bench: Bench) -> Family:
    """Send bodies that are no JSON, and some that are more than JSON."""
    for operation, shapes in bench.with_json():
        if operation.body is None:
            continue
        draft = _with_body(bench, shapes)
        for text, content in () if draft is None else malformations(as_json(draft.body)):
            draft = _with_body(bench, shapes)
            if draft is not None:
                yield _probe(bench, draft, content, text, _MUST)
        draft = _with_body(bench, shapes)
        if draft is None:
            continue
        for text, content, outcomes in _unusual(bench, draft):
            live = _with_body(bench, shapes)
            if live is not None:
                yield _probe(bench, live, content, text, outcomes)
        for empty in (None, b"", b" ", b"\n") if operation.body.required else ():
            # Without a body there is no media type to be judged by.
            statuses = () if empty else ("415",)
            yield attrs.evolve(_probe(bench, draft, empty, "an empty body", _MUST), statuses=statuses)


def words(bench: Bench) -> Family:
    """Write what is no JSON value into each place that takes any number or value, and into one that takes text."""
    for operation, shapes in bench.with_json():
        for shape in (shapes.wide, shapes.plain):
            draft = bench.live(shape)
            if operation.body is None or draft is None or draft.body is ABSENT:
                continue
            for tokens in _places(bench, shapes, draft):
                marked = as_json(replaced(draft.body, tokens, _MARK))
                for word, outcomes in (*((word, _MUST) for word in _WORDS), *((word, _MAY) for word in _OPEN_WORDS)):
                    live = bench.live(shape)
                    if live is not None:
                        content = marked.replace(f'"{_MARK}"'.encode(), word)
                        text = f"{word!r} at {'.'.join(tokens)}"
                        yield attrs.evolve(_probe(bench, live, content, text, outcomes), verdict=None)


def media_types(bench: Bench) -> Family:
    """Send a valid body as something else, and as what it is in other words."""
    for operation, shapes in bench.with_json():
        if operation.body is None or shapes.media_type is None:
            continue
        name = shapes.media_type.name
        rule = f"{operation.body.pointer}/content"
        declared = [each.name for each in operation.body.media_types]
        others = [each for each in (*_OTHER_TYPES, f"{name}x") if not any(covers(known, each) for known in declared)]
        for value in others:
            draft = _with_body(bench, shapes)
            if draft is not None:
                text = f"a valid body as {value}"
                yield _typed(
                    draft,
                    value,
                    Probe(operation, draft.request(_pass(bench, operation)), text, rule, _MUST, ("415",), draft=draft),
                )
        spellings = [f"{name}; charset=utf-8", f"{name};charset=UTF-8", name.upper(), f'{name}; charset="utf-8"']
        for value in spellings:
            draft = _with_body(bench, shapes)
            if draft is not None and bench.may_spend(operation, bench.tenant, bench.size(draft)):
                yield _typed(draft, value, bench.probe(draft, f"a valid body as {value}", rule))


def _typed(draft: Draft, value: str, probe: Probe) -> Probe:
    headers = tuple(each for each in probe.request.headers if each[0] != "Content-Type")
    return attrs.evolve(
        probe, request=attrs.evolve(probe.request, headers=(*headers, ("Content-Type", value))), draft=draft
    )


def _with_body(bench: Bench, shapes: Shapes) -> Draft | None:
    """Return a live draft that has a body."""
    for shape in (shapes.plain, *(shapes.draft(body) for body in shapes.bodies)):
        draft = bench.live(shape)
        if draft is not None and draft.body is not ABSENT:
            return draft
    return None


def _pass(bench: Bench, operation: Operation) -> Any:
    return bench.credential(operation)


def _probe(bench: Bench, draft: Draft, content: bytes | None, text: str, outcomes: tuple[Outcome, ...]) -> Probe:
    operation = draft.operation
    request: Request = attrs.evolve(draft.request(_pass(bench, operation)), body=content)
    rule = operation.body.pointer if operation.body is not None else operation.pointer
    verdict = bench.verdict(draft) if "success" in outcomes else None
    return Probe(operation, request, text, rule, outcomes, draft=draft, verdict=verdict)


def malformations(body: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield bytes like the JSON `body` that no parser of JSON may take (RFC 8259), and what is wrong with them."""
    # What spoils an object may leave another text, or another number.
    yield from ((text, content) for text, content in _spoilt(body) if not _is_json(content))


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content.decode("utf-8"), parse_constant=_no_json)
    except (ValueError, RecursionError):
        return False
    return True


def _no_json(word: str) -> None:
    raise ValueError(word)  # NaN and the like


def _spoilt(body: bytes) -> Iterator[tuple[str, bytes]]:
    for count in sorted({1, 2, len(body) // 2, len(body) - 1} & set(range(1, len(body)))):
        yield f"a body that ends after {count} bytes", body[:count]
    yield "a body without its first byte", body[1:]
    yield "a comma after the last member", body[:-1] + b"," + body[-1:]
    yield "a comma before the first member", body[:1] + b"," + body[1:]
    yield "two bodies", body + body
    yield "two bodies in two lines", body + b"\n" + body
    yield "a bracket after the body", body + b"}"
    yield "a word after the body", body + b" x"
    yield "a semicolon after the body", body + b";"
    yield "a zero byte after the body", body + b"\0"
    yield "single quotes", body.replace(b'"', b"'") if b'"' in body else b"{'a': 1}"
    yield "names without quotes", b"{a: 1}"
    yield "equals signs for colons", b'{"a"= 1}'
    yield "a member without a value", b'{"a":}'
    yield "a member without a colon", b'{"a" 1}'
    yield "a comment", b"/* x */" + body
    yield "a comment at the end", body + b"// x"
    yield "a number as a name", b"{1: 1}"
    yield "a form", b"a=1&b=2"
    yield "XML", b"<a/>"
    yield "a word", b"x"
    yield "no closing bracket", b"{"
    yield "an opening bracket alone", b"["
    yield "True of Python", b"True"
    yield "NaN", b"NaN"
    yield "bytes that are no UTF-8", b'{"\xff": 1}'
    yield "a body and a byte that is no UTF-8", body + b"\xff"
    yield "UTF-16", body.decode().encode("utf-16")
    yield "a prefix against hijacking", b")]}'\n" + body


def _unusual(bench: Bench, draft: Draft) -> Iterator[tuple[str, bytes, tuple[Outcome, ...]]]:
    """Yield bytes that parsers differ on, and whether a success is legal.

    A server with a control plane is a sandbox, and promises to refuse what RFC 8259 leaves open: members given twice
    (section 4), and values that are nested deeply (9).
    """
    body = as_json(draft.body)
    open_: tuple[Outcome, ...] = _MUST if bench.control is not None else _MAY
    yield "a byte order mark", b"\xef\xbb\xbf" + body, _MAY
    if isinstance(draft.body, dict):
        for name, value in draft.body.items():
            member = as_json({name: value})[1:-1]
            yield f"the member {name} twice", body[:1] + member + b", " + body[1:], open_
        twice = b'"x-unknown": 1, "x-unknown": 2'
        closing = b"}" if body == b"{}" else b", " + twice + b"}"
        yield "a further member twice", (b"{" + twice + b"}") if body == b"{}" else body[:-1] + closing, open_
    yield "many brackets", b"[" * _DEPTH, _MUST
    yield "an array that is nested deeply", b"[" * _DEPTH + b"]" * _DEPTH, _MUST
    yield "an object that is nested deeply", b'{"a":' * _DEPTH + b"1" + b"}" * _DEPTH, open_


def _places(bench: Bench, shapes: Shapes, draft: Draft) -> list[tuple[str, ...]]:
    """Return places that take a number or any value, where a wrong number is the only fault; else one of text."""
    found: list[tuple[str, ...]] = []
    texts: list[tuple[str, ...]] = []
    if shapes.body_pointer is None:
        return []
    for edit in shapes.walker.edits(shapes.body_pointer, draft.body):
        if edit.tokens and edit.tokens not in found and edit.value is not ABSENT:
            for value, places in ((1.5, found), (_MARK, texts)):
                body = replaced(draft.body, edit.tokens, value)
                if edit.tokens not in places and bench.oracle.is_valid(attrs.evolve(draft, body=body)):
                    places.append(edit.tokens)
    # What is there may come back in the answer, and so may what is deep inside; a further member of the body does not.
    found.sort(key=lambda tokens: (member(draft.body, json_pointer.join(*tokens)) is ABSENT, -len(tokens)))
    return [*found[:2], *texts[:1]] or [()]
