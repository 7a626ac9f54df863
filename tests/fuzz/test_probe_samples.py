"""Values are made up of schemas that hold themselves, too, and are no larger than they must be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from specloom.fuzz.probes.sampling import Sampler
from specloom.fuzz.probes.walking import Walker
from specloom.spec import Document, Schemas
from specloom.spec.expression import ABSENT
from specloom.spec.reading import parse

_NAMES = ("Box", "Lid", "Lock", "Key")


def document(schemas: dict[str, Any]) -> Document:
    return parse(json.dumps({"components": {"schemas": schemas}}), Path("spec.yaml"))


def reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def listed(name: str) -> dict[str, Any]:
    return {"type": "array", "items": reference(name)}


def held(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """Draw one of the ways in which a schema can hold another one."""
    ways = [reference(name), listed(name), {"anyOf": [reference(name), {"type": "null"}]}]
    return st.sampled_from([*ways, {"type": "object", "properties": {"inner": listed(name)}}])


@st.composite
def holding_each_other(draw: st.DrawFn) -> Document:
    """Draw objects, each with a member that tells which it is, that may hold any of each other and of themselves."""
    schemas = {}
    for name in _NAMES:
        members = {each: draw(held(each)) for each in sorted(draw(st.sets(st.sampled_from(_NAMES))))}
        schemas[name] = {"type": "object", "properties": {"which": {"const": name}, **members}}
    return document(schemas)


def branches(value: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield, for each place in a value, which objects with all of their members it stands in."""
    yield above
    if isinstance(value, dict):
        above = (*above, value["which"]) if "which" in value else above
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from branches(child, above)


@given(holding_each_other(), st.sampled_from(_NAMES))
def test_a_whole_value_holds_no_second_whole_value_of_its_kind(drawn: Document, name: str) -> None:
    schemas = Schemas(drawn)
    pointer = f"/components/schemas/{name}"

    found = Sampler(drawn, schemas).sample(pointer, full=True)

    assert schemas.validator(pointer).is_valid(found)
    assert found.keys() == drawn.at(f"{pointer}/properties").keys()
    assert all(len(set(above)) == len(above) for above in branches(found))


@given(holding_each_other(), st.sampled_from(_NAMES))
def test_adding_all_that_can_be_added_comes_to_an_end(drawn: Document, name: str) -> None:
    schemas = Schemas(drawn)
    walker, pointer, body, added = Walker(drawn, schemas), f"/components/schemas/{name}", dict[str, Any](), 0

    while more := [each for each in walker.edits(pointer, body) if each.text.endswith(" as well")]:
        body = more[0].apply(body)
        added += 1

    assert added <= len(drawn.at(f"{pointer}/properties"))
    assert body == Sampler(drawn, schemas).sample(pointer, full=True)


def test_a_whole_value_of_a_schema_whose_elements_hold_it_has_one_with_what_is_required() -> None:
    box = {
        "type": "object",
        "properties": {"number": {"type": "integer"}, "boxes": listed("Box"), "name": {"const": "b"}},
        "required": ["name"],
    }
    spec = document({"Box": box})
    sampler = Sampler(spec, Schemas(spec))

    found = sampler.sample("/components/schemas/Box", full=True)

    assert found == {"number": 0, "boxes": [{"name": "b"}], "name": "b"}
    assert found is not sampler.sample("/components/schemas/Box", full=True)


def test_what_a_schema_is_made_of_is_whole_even_where_that_holds_it() -> None:
    base = {"type": "object", "properties": {"age": {"type": "integer"}, "friend": reference("Cat")}}
    cat = {"allOf": [reference("Animal"), {"type": "object", "properties": {"lives": {"const": 9}}}]}
    spec = document({"Animal": base, "Cat": cat})

    found = Sampler(spec, Schemas(spec)).sample("/components/schemas/Cat", full=True)

    assert found == {"age": 0, "friend": {}, "lives": 9}


def test_a_schema_that_requires_itself_has_no_value() -> None:
    spec = document({"Box": {"type": "object", "properties": {"box": reference("Box")}, "required": ["box"]}})

    assert Sampler(spec, Schemas(spec)).sample("/components/schemas/Box", full=True) is ABSENT
