from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.release.compat.documents import document

from specloom.release.compat.change import Change, Side
from specloom.release.compat.pairs import Part, SchemaPair
from specloom.release.compat.schemas import schema_changes

SCHEMA = "/components/schemas/Parcel"
TEXT = {"type": "string"}
SIDES = pytest.mark.parametrize("side", [Side.REQUEST, Side.RESPONSE], ids=lambda side: side.value)


def found(base: Any, revision: Any, side: Side, versions: tuple[str, str] = ("3.1.0", "3.1.0")) -> list[Change]:
    """Compare the schema Parcel of two sets of components; a schema alone is that of Parcel."""
    parts = []
    for value, version in zip((base, revision), versions, strict=True):
        schemas = value if isinstance(value, dict) and "Parcel" in value else {"Parcel": value}
        made = document({"openapi": version, "components": {"schemas": schemas}})
        parts.append(Part(made, SCHEMA, schemas["Parcel"]))
    return list(schema_changes(SchemaPair(side, "POST /parcels", "body $", *parts)))


def told(base: Any, revision: Any, side: Side) -> dict[str, str]:
    return {f"{each.rule} {each.where}": each.severity.label for each in found(base, revision, side)}


def members(required: tuple[str, ...] = (), /, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


@SIDES
def test_a_schema_that_refers_to_itself_is_compared_once(side: Side) -> None:
    def tree(size: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "Parcel": members(inner=ref("Box")),
            "Box": members(content={"type": "array", "items": ref("Parcel")}, size=size),
        }

    assert list(told(tree(TEXT), tree({"type": "integer"}), side)) == ["type body $.inner.size"]


@SIDES
@pytest.mark.parametrize(
    ("base", "revision"),
    [
        pytest.param({"nullable": True, **TEXT}, {"type": ["string", "null"]}, id="type"),
        pytest.param({"nullable": True, "allOf": [TEXT]}, {"anyOf": [TEXT, {"type": "null"}]}, id="no type"),
        pytest.param({"nullable": True, "enum": ["a", None], **TEXT}, {"enum": [None, "a"]}, id="enum"),
        pytest.param(
            {"type": "number", "minimum": 1, "exclusiveMinimum": True},
            {"type": "number", "exclusiveMinimum": 1},
            id="exclusive",
        ),
        pytest.param(
            members(default={"nullable": True, **TEXT}), members(default={"type": ["null", "string"]}), id="by name"
        ),
        pytest.param({"$ref": "#/components/schemas/Box", "maxLength": 3}, {"type": "string"}, id="beside $ref"),
    ],
)
def test_openapi_30_and_31_say_the_same(base: Any, revision: Any, side: Side) -> None:
    assert found({"Parcel": base, "Box": TEXT}, {"Parcel": revision}, side, ("3.0.3", "3.1.0")) == []


def test_what_stands_beside_a_reference_counts_since_31() -> None:
    base, revision = {"Parcel": ref("Box"), "Box": TEXT}, {"Parcel": ref("Box") | {"maxLength": 3}, "Box": TEXT}

    assert told(base, revision, Side.REQUEST) == {"max-length body $": "breaking"}


def test_a_read_only_member_is_no_matter_of_requests() -> None:
    base = members(("id",), id={"readOnly": True, "type": "integer"})
    revision = members(("id",), id={"readOnly": True, "type": "string"})

    assert told(base, revision, Side.REQUEST) == {}
    assert told(base, revision, Side.RESPONSE) == {"type body $.id": "breaking"}


def test_a_write_only_member_is_no_matter_of_responses() -> None:
    base, revision = members(("pin",), pin={"writeOnly": True} | TEXT), members(("name",), name=TEXT)

    assert told(base, revision, Side.RESPONSE) == {"required body $": "additive"}


@SIDES
def test_an_optional_member_more_harms_nobody_where_members_are_open(side: Side) -> None:
    assert told(members(a=TEXT), members(a=TEXT, b=TEXT), side) == {"property-added body $": "additive"}


def test_a_member_more_breaks_clients_that_were_told_there_are_no_more() -> None:
    base, revision = members(a=TEXT), members(a=TEXT, b=TEXT)
    closed = {"additionalProperties": False}

    assert told(base | closed, revision | closed, Side.REQUEST) == {"property-added body $": "additive"}
    assert told(base | closed, revision | closed, Side.RESPONSE) == {"property-added body $": "breaking"}


def test_a_member_of_a_map_must_go_on_being_what_the_map_holds() -> None:
    a_map = {"type": "object", "additionalProperties": TEXT}
    revision = a_map | {"properties": {"a": {"type": "integer"}}}

    assert told(a_map, revision, Side.REQUEST) == {"property-added body $": "additive", "type body $.a": "breaking"}


def test_a_member_that_another_alternative_declares_is_not_new() -> None:
    base = {"anyOf": [members(a=TEXT), members(b={"type": "integer"})]}
    revision = {"anyOf": [members(a=TEXT, b=TEXT), members(b={"type": "integer"})]}

    assert told(base, revision, Side.REQUEST)["type body $.b"] == "breaking"


@SIDES
def test_a_value_more_in_an_open_enumeration_is_known_now(side: Side) -> None:
    base = {"anyOf": [{"enum": ["small"]}, TEXT]}
    revision = {"anyOf": [{"enum": ["small", "large"]}, TEXT]}

    assert told(base, revision, side) == {"enum body $": "additive"}


def kinds(**alternatives: Any) -> dict[str, Any]:
    """Return alternatives with a constant tag each."""
    return {"oneOf": [members(("kind",), kind={"const": name}, **more) for name, more in alternatives.items()]}


@SIDES
def test_alternatives_are_matched_by_tag_in_any_order(side: Side) -> None:
    base = kinds(letter={"weight": TEXT}, box={"size": TEXT})
    revision = kinds(box={"size": {"type": "integer"}}, letter={"weight": TEXT})

    assert told(base, revision, side) == {"type body $.size": "breaking"}


@SIDES
def test_alternatives_are_matched_by_name_in_any_order(side: Side) -> None:
    base = {"Parcel": {"anyOf": [ref("Letter"), ref("Box")]}, "Letter": members(a=TEXT), "Box": members(b=TEXT)}
    revision = {
        "Parcel": {"anyOf": [ref("Box"), ref("Letter")]},
        "Letter": members(a=TEXT, c=TEXT),
        "Box": members(b=TEXT),
    }

    assert told(base, revision, side) == {"property-added body $": "additive"}


def test_a_discriminator_tells_alternatives_apart_that_look_alike() -> None:
    letter, box = members(("kind",), kind=TEXT, weight=TEXT), members(("kind",), kind=TEXT, size=TEXT)
    base = {"Parcel": {"oneOf": [ref("Letter")]}, "Letter": letter}
    revision = {"Parcel": {"oneOf": [ref("Letter"), ref("Box")]}, "Letter": letter, "Box": box}
    tagged = {**revision, "Parcel": {**revision["Parcel"], "discriminator": {"propertyName": "kind"}}}

    assert told(base, revision, Side.REQUEST)["one-of body $"] == "breaking"
    assert "breaking" not in told(base, tagged, Side.REQUEST).values()


def test_a_type_in_place_of_alternatives_is_compared_with_all_of_them() -> None:
    base = {"anyOf": [TEXT, {"type": "integer"}]}

    assert told(base, {"type": ["string", "integer"]}, Side.REQUEST) == {}
    assert told(base, {"type": ["string", "number"]}, Side.REQUEST) == {"integer body $": "additive"}
    assert told(base, TEXT, Side.REQUEST) == {"type body $": "breaking"}


@pytest.mark.parametrize("reference", ["other.yaml#/Parcel", "#/components/schemas/Nowhere", "#anchor"])
def test_a_reference_that_leads_nowhere_cannot_be_judged_unless_it_stays(reference: str) -> None:
    assert told({"$ref": reference}, {"$ref": reference}, Side.REQUEST) == {}
    assert told({"$ref": reference}, TEXT, Side.REQUEST) == {"not-comparable body $": "breaking"}


@pytest.mark.parametrize("length", [60, 600])
def test_schemas_may_nest_deeper_than_the_stack(length: int) -> None:
    def chain(end: Any, **more: Any) -> dict[str, Any]:
        steps = {f"Step{index}": members(("next",), next=ref(f"Step{index + 1}")) | more for index in range(length)}
        return {"Parcel": ref("Step0"), **steps, f"Step{length}": end}

    (change,) = found(chain(TEXT), chain({"type": "integer"}), Side.REQUEST)

    assert change.rule == "type"
    assert change.where == "body $" + length * ".next"
    assert found(chain(TEXT), chain(TEXT, title="Step"), Side.REQUEST) == []


def test_schemas_that_no_one_can_follow_cannot_be_judged_unless_they_stay() -> None:
    def chain(end: Any) -> dict[str, Any]:
        steps = {f"Step{index}": {"allOf": [ref(f"Step{index + 1}")]} for index in range(600)}
        return {"Parcel": ref("Step0"), **steps, "Step600": end}

    assert told(chain(TEXT), chain({"type": "integer"}), Side.REQUEST) == {"not-comparable body $": "breaking"}
    assert told(chain(TEXT), chain(TEXT), Side.REQUEST) == {}


@SIDES
@pytest.mark.parametrize("keyword", ["title", "description", "$comment", "example", "externalDocs", "x-anything"])
def test_what_is_written_for_readers_is_no_change(keyword: str, side: Side) -> None:
    assert told(members(a=TEXT), members(a={**TEXT, keyword: "text"}), side) == {}


def test_a_finding_leads_to_the_keyword_in_both_documents() -> None:
    base = {"Parcel": members(box=ref("Box")), "Box": {"allOf": [{"type": "string", "maxLength": 5}]}}
    revision = {"Parcel": members(box={"type": "string", "maxLength": 3})}

    (change,) = found(base, revision, Side.REQUEST)

    assert change.base is not None
    assert change.revision is not None
    assert change.base.pointer == "/components/schemas/Box/allOf/0/maxLength"
    assert change.revision.pointer == "/components/schemas/Parcel/properties/box/maxLength"
    assert change.where == "body $.box"


@SIDES
def test_a_large_union_that_refers_to_itself_is_compared_soon(side: Side) -> None:
    def nodes(more: Any) -> dict[str, Any]:
        names = [f"Node{number}" for number in range(15)]
        below = {"type": "array", "items": ref("Parcel")}
        made = {name: members(("kind",), kind={"const": name}, below=below, **more) for name in names}
        return {"Parcel": {"oneOf": [ref(name) for name in names]}, **made}

    compared = told(nodes({}), nodes({"weight": {"type": "integer"}}), side)

    assert set(compared) == {"property-added body $"}


@SIDES
def test_alternatives_with_other_tags_do_not_make_up_for_each_other(side: Side) -> None:
    cat, dog = (members(("kind",), kind={"const": name}, name=TEXT) for name in ("cat", "dog"))
    gone = told({"oneOf": [cat, dog]}, {"oneOf": [cat]}, side)
    assert gone == {"alternative body $": "breaking" if side is Side.REQUEST else "additive"}
