"""Probes of routes: other methods, other paths, and other spellings of the same path."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

import attrs

from specloom.fuzz.likeness import operations_at
from specloom.fuzz.probes.bench import Bench
from specloom.fuzz.probes.probe import Family, Probe
from specloom.fuzz.wire import Request

_METHODS: Final = ("GET", "PUT", "PATCH", "DELETE", "POST")
# Servers may answer these for all resources alike (RFC 9110, 9.3.2, 9.3.7 and 9.3.8).
_OPEN_METHODS: Final = ("HEAD", "OPTIONS", "TRACE", "FROBNICATE")
_REFUSED: Final = ("400", "401", "403", "404", "405", "301", "302", "307", "308", "410", "501")


def methods(bench: Bench) -> Family:
    """Send methods that the path does not have: 405, with those that it has in Allow (RFC 9110, 15.5.6)."""
    for operation, shapes in bench.operations():
        declared = {each.method.upper() for each in operations_at(bench.context.whole, operation)}
        draft = bench.live(shapes.plain)
        carried = bench.credential(operation)
        if draft is None or carried is None:
            continue
        request = draft.request(carried)
        for method in _METHODS:
            if method not in declared:
                changed = attrs.evolve(request, method=method)
                text = f"the method {method}"
                yield Probe(operation, changed, text, operation.pointer, (), ("405",), draft=draft)
        for method in _OPEN_METHODS:
            if method not in declared:
                changed = Request(method, request.target, request.headers)
                # HEAD is answered as GET is, without the body.
                allowed = (*_REFUSED, "200", "204", *(["2XX"] if method == "HEAD" and "GET" in declared else []))
                yield Probe(operation, changed, f"the method {method}", operation.pointer, (), allowed, draft=draft)


def paths(bench: Bench) -> Family:
    """Send a request to paths that there are not."""
    for operation, shapes in bench.operations():
        draft = bench.live(shapes.plain)
        carried = bench.credential(operation)
        if draft is None or carried is None:
            continue
        request = draft.request(carried)
        path, mark, query = request.target.partition("?")
        segments = path.split("/")
        others = {
            "one segment more": f"{path}/x",
            "its last segment gone": "/".join(segments[:-1]) or "/",
            "a letter after it": f"{path}x",
            "a letter before its first segment": f"/x{path[1:]}",
            "its first segment twice": f"/{segments[1]}{path}",
        }
        for text, other in others.items():
            if not _is_route(bench, other):
                changed = attrs.evolve(request, target=f"{other}{mark}{query}")
                yield Probe(operation, changed, f"the path with {text}", operation.pointer, (), _REFUSED, draft=draft)


def spellings(bench: Bench) -> Family:
    """Percent-encode what needs no encoding: it is the same path, and the same query (RFC 3986, 6.2.2.2)."""
    for operation, shapes in bench.operations():
        draft = bench.live(shapes.plain)
        carried = bench.credential(operation)
        if draft is None or carried is None or not bench.may_spend(operation, bench.tenant, bench.size(draft)):
            continue
        target = draft.request(carried).target
        spelt = target
        for value in (*draft.path.values(), *draft.query.values()):
            if isinstance(value, str) and value.isascii():
                # Not inside of another segment or value: before and after it stands what separates those.
                spelt = re.sub(f"(?<=[/=]){re.escape(quote(value, safe=''))}(?=[/?&]|$)", _encoded(value), spelt)
        if spelt != target and bench.verdict(draft).outcome == "success":
            rule = f"{operation.pointer}/x-transition/match" if operation.transition else operation.pointer
            probe = bench.probe(draft, "a valid request with characters encoded", rule)
            yield attrs.evolve(probe, request=attrs.evolve(probe.request, target=spelt))


def _encoded(text: str) -> str:
    return "".join(f"%{ord(char):02x}" for char in text)


def _is_route(bench: Bench, path: str) -> bool:
    """Say whether a path fits the template of any operation."""
    given = path.split("/")
    for operation in bench.context.whole.operations:
        wanted = operation.path.split("/")
        if len(wanted) == len(given) and all(
            one == other or one.startswith("{") for one, other in zip(wanted, given, strict=True)
        ):
            return True
    return False
