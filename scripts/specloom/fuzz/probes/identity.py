"""Probes of identity: a request acts on the record that it names, once, and on no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import attrs

from specloom.fuzz.probes import misses
from specloom.fuzz.probes.bench import Bench
from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.probes.probe import Family, Probe
from specloom.fuzz.probes.targets import Target, targets, with_target, with_value
from specloom.fuzz.scope import location_of, member
from specloom.spec.expression import ABSENT

# Text that a header, or a path on its way through routers and proxies, may not carry as it is.
_PLAIN: Final = re.compile(r"[A-Za-z0-9_.~-]+")
_HEADER: Final = re.compile(r"[!-~]([ -~]*[!-~])?")
_OTHERS: Final[tuple[Any, ...]] = (0, 1, -1, 2, 7, 2**31, 10**12)


def first(bench: Bench) -> Family:
    """Send a valid request for each operation, and the same again, by whatever keys the record has."""
    for operation, shapes in bench.operations():
        draft = bench.live(shapes.plain)
        if draft is None or bench.verdict(draft).outcome != "success":
            continue
        rule = f"{operation.pointer}/x-transition" if operation.transition else operation.pointer
        state = ""
        if operation.transition is not None and draft.records:
            found = member(draft.records[0].body, bench.api.records[operation.transition.record].state)
            state = "" if found is ABSENT else f" for a record that is {found}"
        exchange = yield bench.probe(draft, f"a valid request{state}", rule)
        if not exchange.succeeded or operation.transition is None:
            continue
        text = "the same request again, after it had succeeded"
        yield bench.probe(draft, text, f"{rule}/from", before=(exchange.step,))
        for name, _, shape in shapes.all():
            again = bench.bound(shape, draft.records) if bench.size(shape) == len(draft.records) else None
            if again is not None and bench.verdict(again).outcome == "wrong-state":
                yield bench.probe(again, f"{text}, with {name}", f"{rule}/from", before=(exchange.step,))


def unknown(bench: Bench) -> Family:
    """Send requests for records that there are not, whose keys differ a little from those of one that there is."""
    for operation, shapes in bench.operations():
        rule = f"{operation.pointer}/x-transition/match"
        seen: set[tuple[str, ...]] = set()
        for _, _, shape in shapes.all():
            draft = bench.live(shape, count=1) or bench.live(shape)
            found = [] if draft is None else list(targets(bench.api, draft))
            given = tuple(f"{target.part}{target.place}" for target in found)
            if draft is None or given in seen:
                continue
            seen.add(given)
            for target in (each for each in found if each.is_key):
                for text, value in _near_keys(target.value):
                    probe = _refused(bench, with_target(draft, target, value), target, f"a key with {text}", rule)
                    if probe is not None:
                        yield probe


def mismatched(bench: Bench) -> Family:
    """Send requests that name a record by its key, and beside that a value which it has not."""
    for operation, shapes in bench.operations():
        draft = bench.live(shapes.wide, count=1) or bench.live(shapes.wide)
        if operation.transition is None or draft is None:
            continue
        rule = f"{operation.pointer}/x-transition/match"
        records = bench.records(operation, bench.tenant)
        others = [each.body for each in (*records[5:6], *bench.context.supply.refused(operation, bench.tenant)[:1])]
        for target in targets(bench.api, draft):
            values = [member(body, target.pointer) for body in others] + _others(bench, draft, target)
            for value in values:
                if value is not ABSENT and value != target.value:
                    changed = with_target(draft, target, value)
                    probe = _refused(bench, changed, target, f"{target.pointer} of another record", rule)
                    if probe is not None:
                        yield probe
        for pointer, changed in _contradicting(bench, bench.live(shapes.plain, count=1), others):
            yield bench.probe(changed, f"{pointer} of another record as well", rule)


def _contradicting(bench: Bench, draft: Draft | None, others: list[Any]) -> Iterator[tuple[str, Draft]]:
    """Yield (pointer in the record, draft) with a member of another record that the draft does not give."""
    if draft is None or draft.operation.transition is None:
        return
    given = {target.pointer for target in targets(bench.api, draft)}
    for pointer, expression in draft.operation.transition.match:
        if pointer in given or expression.root == "item":
            continue
        for body in others:
            value = member(body, pointer)
            if value is not ABSENT:
                changed = with_value(draft, *location_of(expression), value)
                if bench.verdict(changed).outcome != "success":
                    yield pointer, changed


def _others(bench: Bench, draft: Draft, target: Target) -> list[Any]:
    """Return values that a member other than a key might have as well."""
    if target.is_key:
        return []
    if isinstance(target.value, int) and not isinstance(target.value, bool):
        return [each for each in _OTHERS if each != target.value]
    for parameter in draft.operation.parameters:
        if parameter.location == target.part and parameter.name == target.tokens[0]:
            _, schema = bench.api.document.resolve(parameter.schema_pointer)
            return list(schema.get("enum", ()))
    return []


def _near_keys(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, str):
        found = [(text, near) for text, near in misses.near_texts(value) if near not in {value, ".", ".."}]
        found += [
            ("a zero before it", f"0{value}"),
            # A server that decodes a path or a query twice would find the record.
            ("its first character percent-encoded twice", "".join(f"%{ord(c):02X}" for c in value[:1]) + value[1:]),
            ("a zero after it", f"{value}0"),
            ("a nine for its last character", f"{value[:-1]}9{value[-1:]}"),
            ("itself after it", value + value),
            ("a wildcard", "*"),
            ("a wildcard of SQL", "%"),
            ("its first half and a wildcard of SQL", value[: len(value) // 2] + "%"),
            ("an underscore for its last character", f"{value[:-1]}_"),
            ("a quote after it", f"{value}'"),
            ("SQL after it", f"{value}' OR '1'='1"),
            ("its characters backwards", value[::-1]),
            ("300 zeros", "0" * 300),
        ]
        return [each for each in found if each[1] != value]
    if isinstance(value, int) and not isinstance(value, bool):
        return [("another number", value + delta) for delta in (10**6, 10**9, -(10**6))] + [("a sign", -value - 1)]
    return []


def _refused(bench: Bench, draft: Draft, target: Target, text: str, rule: str) -> Probe | None:
    """Return the probe of a draft that must be refused; None when it names a record, or cannot be sent."""
    verdict = bench.verdict(draft)
    if verdict.outcome == "success":
        return None
    value = dict({"path": draft.path, "query": draft.query, "header": draft.headers}.get(target.part, {})).get(
        target.tokens[0] if target.tokens else ""
    )
    if target.part == "header" and not (isinstance(value, str) and _HEADER.fullmatch(value)):
        return None
    probe = bench.probe(draft, text, rule)
    if target.part == "body" or (isinstance(value, str) and _PLAIN.fullmatch(value)) or isinstance(value, int):
        return probe
    if value == "" and target.part == "path":
        # Nothing between two slashes: routers differ on what that leads to.
        return attrs.evolve(probe, statuses=("400", "404", "405", "301", "307", "308"))
    # A server may decode a path before it routes, or refuse odd characters on the way.
    extra = ("400", "404", "414") if target.part == "path" else ()
    return attrs.evolve(probe, outcomes=tuple(dict.fromkeys((*probe.outcomes, "invalid"))), statuses=extra, places=())
