"""Probes of parameters: missing, of another type, with another value, given twice, and unknown ones beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

import attrs

from specloom.fuzz.conformance import Location
from specloom.fuzz.likeness import alike
from specloom.fuzz.probes.bench import Bench
from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.probes.edits import Edit, short
from specloom.fuzz.probes.probe import Family, Probe
from specloom.fuzz.probes.shapes import Shapes
from specloom.fuzz.probes.targets import with_value
from specloom.spec import Parameter
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Outcome
from specloom.spec.expression import ABSENT

# No reading of these is an integer, a number, or a boolean.
_NO_NUMBERS: Final = ("abc", "x1", "1x", "true", "null", "[]", "{}", "1,2", "--1", "one", "1 2")
_NO_INTEGERS: Final = (*_NO_NUMBERS, "1.5", "0.5", "NaN")
_NO_BOOLEANS: Final = ("abc", "2", "nein", "[]")
_MARK: Final = "specloom-mark"


def invalid(bench: Bench) -> Family:
    """Break each parameter of each operation; but what is wrong in a path may lead to another operation."""
    for operation, shapes in bench.operations():
        is_alone = len(alike(bench.context.whole, operation)) == 1
        for parameter in operation.parameters:
            if parameter.location == "path" and not is_alone:
                continue
            for shape in (shapes.plain, shapes.wide):
                draft = bench.live(shape)
                for text, changed, rule in () if draft is None else _changes(bench, shapes, draft, parameter):
                    verdict = bench.verdict(changed)
                    if verdict.outcome == "success":
                        continue
                    probe = bench.probe(changed, f"{parameter.location} parameter {parameter.name}: {text}", rule)
                    yield _lenient(probe, changed, parameter)


def valid(bench: Bench) -> Family:
    """Give each parameter other values that are as good, and one that nobody knows beside them."""
    for operation, shapes in bench.operations():
        for parameter in operation.parameters:
            if parameter.location not in {"query", "header"}:
                continue
            for value in _good(bench, parameter):
                draft = bench.live(shapes.plain)
                if draft is None or not bench.may_spend(operation, bench.tenant, bench.size(draft)):
                    continue
                changed = with_value(draft, parameter.location, json_pointer.join(parameter.name), value)
                if bench.verdict(changed).outcome == "success":
                    text = f"{parameter.location} parameter {parameter.name} as {short(value)}"
                    yield bench.probe(changed, text, parameter.schema_pointer)
        for extra in ({"query": {"x-unknown": "1"}}, {"headers": {"X-Unknown": "1"}}, {"headers": {"Accept": "*/*"}}):
            draft = bench.live(shapes.plain)
            if draft is not None and bench.may_spend(operation, bench.tenant, bench.size(draft)):
                more = attrs.evolve(
                    draft,
                    query={**draft.query, **extra.get("query", {})},
                    headers={**draft.headers, **extra.get("headers", {})},
                )
                yield bench.probe(more, f"a valid request, and {extra}", operation.pointer)


def repeated(bench: Bench) -> Family:
    """Give a parameter of the query twice: a sandbox refuses it, other servers may take either."""
    for operation, shapes in bench.operations():
        for parameter in operation.parameters:
            draft = bench.live(shapes.wide, count=1)
            value = None if draft is None else draft.query.get(parameter.name)
            is_whole = isinstance(value, list | dict) or _is_array(bench, parameter)
            if draft is None or value is None or parameter.location != "query" or is_whole:
                continue
            carried = bench.credential(operation)
            if carried is None:
                continue
            twice = attrs.evolve(draft, query={**draft.query, parameter.name: [value, value]})
            outcomes: tuple[Outcome, ...] = ("invalid",) if bench.control is not None else ("invalid", "success")
            text = f"{parameter.name} given twice"
            yield Probe(
                operation, twice.request(carried), text, parameter.pointer, outcomes, draft=draft,
                verdict=bench.verdict(draft),
            )  # fmt: skip


def undecodable(bench: Bench) -> Family:
    """Write bytes that are no UTF-8 into texts: a sandbox refuses them, other servers may make something of them."""
    for operation, shapes in bench.operations():
        for parameter in operation.parameters:
            draft = bench.live(shapes.wide, count=1) or bench.live(shapes.wide)
            carried = bench.credential(operation)
            if draft is None or carried is None or parameter.location not in {"path", "query"}:
                continue
            held = draft.path if parameter.location == "path" else draft.query
            if not isinstance(held.get(parameter.name), str):
                continue
            marked = with_value(draft, parameter.location, json_pointer.join(parameter.name), _MARK).request(carried)
            value = quote(held[parameter.name], safe="")
            request = attrs.evolve(marked, target=marked.target.replace(_MARK, f"{value}%FF"))
            text = f"{parameter.location} parameter {parameter.name} with a byte that is no UTF-8"
            probe = Probe(operation, request, text, parameter.schema_pointer, ("invalid",), draft=draft)
            if parameter.location == "path":
                yield attrs.evolve(probe, outcomes=_of_path(probe), statuses=("400", "404"))
            elif bench.control is not None:
                yield attrs.evolve(probe, places=(Location("query"),))
            else:
                yield attrs.evolve(probe, outcomes=_known(probe))


def _changes(bench: Bench, shapes: Shapes, draft: Draft, parameter: Parameter) -> Iterator[tuple[str, Draft, str]]:
    """Yield (what is wrong, draft, pointer of the rule)."""
    place = json_pointer.join(parameter.name)
    if parameter.location == "cookie":
        return
    if parameter.required and parameter.location != "path":
        yield "missing", with_value(draft, parameter.location, place, ABSENT), f"{parameter.pointer}/required"
    held = {"path": draft.path, "query": draft.query, "header": draft.headers}[parameter.location]
    if parameter.name not in held:
        return
    for edit in _edits(bench, shapes, parameter, held[parameter.name]):
        if isinstance(edit.value, str) and _can_carry(parameter, edit.value):
            yield edit.text, with_value(draft, parameter.location, place, edit.value), edit.rule


def _edits(bench: Bench, shapes: Shapes, parameter: Parameter, value: Any) -> Iterator[Edit]:
    pointer, schema = bench.api.document.resolve(parameter.schema_pointer)
    if not isinstance(schema, dict) or ("type" not in schema and "enum" not in schema):
        return  # what a text stands for, servers decide in different ways then
    types = schema.get("type", "string")
    types = {types} if isinstance(types, str) else set(types)
    wrong: tuple[str, ...] = ()
    if "string" not in types and "array" not in types:
        wrong = _NO_BOOLEANS if types == {"boolean"} else _NO_NUMBERS if "number" in types else _NO_INTEGERS
    for text in wrong:
        # What is JSON, as the content of a parameter may be, can be what the schema wants after all.
        if "object" not in types or text != "{}":
            yield Edit((), text, f"{pointer}/type", f"{text!r}")
    for edit in shapes.walker.edits(pointer, value):
        if isinstance(edit.value, str) and "string" in types:
            yield edit
        elif isinstance(edit.value, int | float) and not isinstance(edit.value, bool) and types & {"integer", "number"}:
            yield attrs.evolve(edit, value=f"{edit.value}")


def _good(bench: Bench, parameter: Parameter) -> Iterator[Any]:
    pointer, schema = bench.api.document.resolve(parameter.schema_pointer)
    del pointer
    yield from schema.get("enum", ())
    yield from (example.value for example in parameter.examples)
    if schema.get("type") == "string" and not {"enum", "pattern", "format", "maxLength"} & schema.keys():
        yield from ("x", "A-1_b.c~d", "y" * 200)
        if parameter.location == "query":
            yield from ("a b", "a+b", "a&b=c", "Žluťoučký", "50%", "a/b?c#d", "🐎")


def _can_carry(parameter: Parameter, text: str) -> bool:
    """Say whether a text can be sent as it is: a header loses spaces around it, and may hold printable ASCII only."""
    if parameter.location == "header":
        return text.isascii() and text.isprintable() and text == text.strip() and text != ""
    return parameter.location == "query" or text not in {"", ".", ".."}


def _lenient(probe: Probe, draft: Draft, parameter: Parameter) -> Probe:
    """Return `probe` with the further answers that are legal where servers read a text in different ways."""
    if parameter.location == "path":
        outcomes = tuple(dict.fromkeys((*probe.outcomes, *_of_path(probe))))
        return attrs.evolve(probe, outcomes=outcomes, statuses=("400", "404", "414"), places=())
    if parameter.location == "query" and draft.query.get(parameter.name) == "":
        # Some servers take an empty parameter for one that is not there.
        outcomes = tuple(dict.fromkeys((*probe.outcomes, *_known(probe))))
        return attrs.evolve(probe, outcomes=outcomes, places=(), draft=None, verdict=None)
    return probe


def _of_path(probe: Probe) -> tuple[Outcome, ...]:
    return ("invalid", "unknown-record") if probe.operation.transition is not None else ("invalid",)


def _known(probe: Probe) -> tuple[Outcome, ...]:
    return (
        ("invalid", "unknown-record", "success") if probe.operation.transition is not None else ("invalid", "success")
    )


def _is_array(bench: Bench, parameter: Parameter) -> bool:
    declared = bench.api.document.resolve(parameter.schema_pointer)[1].get("type", ())
    return "array" in ([declared] if isinstance(declared, str) else declared)
