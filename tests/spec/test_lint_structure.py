"""The rules on how a spec is built, S01 to S17.

A case is a rule, a name, changes to the small spec (a value by pointer; ... removes), and where the rule is then
broken; where that is None, the changed spec follows every rule.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest

from specloom.spec.lint import RULES

Judge = Callable[[str, dict[str, Any], str | None], None]
Case = tuple[str, str, dict[str, Any], str | None]

OPERATION: Final = "/paths/~1parcels~1{number}~1hold/post"
SCHEMAS: Final = "/components/schemas"
BODY: Final = f"{OPERATION}/requestBody/content/application~1json"
PARAMETER: Final = f"{OPERATION}/parameters/0"
BEARER: Final = "/components/securitySchemes/bearerAuth"
PARCEL: Final = f"{SCHEMAS}/Parcel"
HELD: Final = f"{OPERATION}/responses/200/content/application~1json"
STATE: Final = {"type": "string", "description": "A state."}
PATH_PARAMETER: Final = {
    "name": "number",
    "in": "path",
    "required": True,
    "description": "N.",
    "schema": {"type": "string"},
    "examples": {"one": {"value": "P1"}},
}

# fmt: off
CASES: Final[list[Case]] = [
    ("S01", "another version", {"/openapi": "3.0.3"}, "/openapi"),
    ("S01", "no title", {"/info/title": ...}, "/info"),
    ("S01", "misspelt type", {f"{PARCEL}/type": "objekt"}, f"{PARCEL}/type"),
    ("S01", "malformed pattern", {f"{PARCEL}/properties/note/pattern": "^[$"}, f"{PARCEL}/properties/note/pattern"),
    ("S01", "discriminator without a property", {f"{SCHEMAS}/Reason/discriminator": {}},
     f"{SCHEMAS}/Reason/discriminator"),
    ("S01", "undeclared path parameter", {f"{PARAMETER}/name": "id"}, OPERATION),
    ("S01", "path parameter that is not in the path", {f"{PARAMETER}/name": "id"}, PARAMETER),
    ("S01", "parameter declared twice", {f"{OPERATION}/parameters/-": PATH_PARAMETER}, f"{OPERATION}/parameters"),
    ("S01", "tag declared twice", {"/tags/-": {"name": "parcels"}}, ""),
    ("S01", "parameter of the whole path",
     {f"{OPERATION}/parameters": [], "/paths/~1parcels~1{number}~1hold/parameters": [PATH_PARAMETER]}, None),
    ("S01", "later 3.1", {"/openapi": "3.1.1"}, None),
    ("S02", "nowhere", {f"{HELD}/schema/$ref": "#/components/schemas/Nope"}, f"{HELD}/schema/$ref"),
    ("S02", "another file", {f"{HELD}/schema/$ref": "parcel.yaml#/Parcel"}, f"{HELD}/schema/$ref"),
    ("S02", "itself", {f"{SCHEMAS}/Loop": {"$ref": "#/components/schemas/Loop"}}, f"{SCHEMAS}/Loop/$ref"),
    ("S02", "a payload", {f"{SCHEMAS}/Owner/properties/name/examples": ["$ref"]}, None),
    ("S03", "none", {f"{OPERATION}/operationId": ...}, OPERATION),
    ("S03", "twice", {"/paths/~1other": {"get": {"operationId": "holdParcel"}}}, "/paths/~1other/get/operationId"),
    ("S03", "another name", {f"{OPERATION}/operationId": "keepParcel"}, None),
    ("S04", "unknown keyword", {f"{OPERATION}/x-colour": "red"}, f"{OPERATION}/x-colour"),
    ("S04", "wrong value", {"/servers/0/x-name": "Production!"}, "/servers/0/x-name"),
    ("S04", "known keyword", {f"{PARCEL}/x-inferred": "The page shows no table."}, None),
    ("S05", "unknown kind", {f"{OPERATION}/x-transition/record": "letter"}, f"{OPERATION}/x-transition/record"),
    ("S05", "undeclared status", {f"{OPERATION}/x-answers/wrong-state/status": "410"},
     f"{OPERATION}/x-answers/wrong-state/status"),
    ("S05", "unknown example", {f"{OPERATION}/x-answers/wrong-state/example": "gone"},
     f"{OPERATION}/x-answers/wrong-state/example"),
    ("S05", "malformed expression", {f"{OPERATION}/x-ensures": ["$response.body#/number == $nonsense"]},
     f"{OPERATION}/x-ensures"),
    ("S05", "known example", {f"{OPERATION}/x-answers/wrong-state/example": "problem"}, None),
    ("S06", "inline object", {f"{PARCEL}/properties/owner": {"type": "object", "description": "O."}},
     f"{PARCEL}/properties/owner"),
    ("S06", "inline enum", {f"{SCHEMAS}/HoldRequest/properties/note": {**STATE, "enum": ["a"]}},
     f"{SCHEMAS}/HoldRequest/properties/note"),
    ("S06", "inline object in an array", {f"{PARCEL}/properties/weights/items": {"properties": {}}},
     f"{PARCEL}/properties/weights/items"),
    ("S06", "enum that is excluded", {f"{PARCEL}/properties/note/not": {"enum": ["-"]}}, None),
    ("S06", "const", {f"{PARCEL}/properties/note": {**STATE, "const": "a"}}, None),
    ("S06", "object in the schema of records", {"/x-records/parcel/schema/properties/owner": {"type": "object"}}, None),
    ("S07", "snake case", {f"{SCHEMAS}/hold_note": STATE}, f"{SCHEMAS}/hold_note"),
    ("S07", "lower camel case", {f"{SCHEMAS}/holdNote": STATE}, f"{SCHEMAS}/holdNote"),
    ("S07", "with a digit", {f"{SCHEMAS}/HoldNote2": STATE}, None),
    ("S08", "none", {f"{OPERATION}/tags": ...}, OPERATION),
    ("S08", "two", {f"{OPERATION}/tags": ["parcels", "parcels"]}, f"{OPERATION}/tags"),
    ("S08", "undeclared", {f"{OPERATION}/tags": ["letters"]}, f"{OPERATION}/tags/0"),
    ("S08", "another one declared", {"/tags/-": {"name": "letters"}, f"{OPERATION}/tags": ["letters"]}, None),
    ("S09", "no summary", {f"{OPERATION}/summary": ...}, OPERATION),
    ("S09", "blank description", {f"{OPERATION}/description": "  "}, OPERATION),
    ("S09", "one word", {f"{OPERATION}/description": "Holds."}, None),
    ("S10", "none", {f"{OPERATION}/security": ...}, OPERATION),
    ("S10", "only at the root", {f"{OPERATION}/security": ..., "/security": [{"bearerAuth": []}]}, OPERATION),
    ("S10", "unknown scheme", {f"{OPERATION}/security": [{"bearerAuth": []}, {"key": []}]},
     f"{OPERATION}/security/1/key"),
    ("S10", "public", {f"{OPERATION}/security": [], f"{OPERATION}/x-answers/unauthenticated": ...,
                           f"{OPERATION}/x-answers/forbidden": ..., f"{OPERATION}/responses/401": ...,
                           f"{OPERATION}/responses/403": ...}, None),
    ("S11", "none", {f"{BEARER}/x-credentials": ...}, BEARER),
    ("S11", "one usable tenant", {f"{BEARER}/x-credentials/1/forbidden": True}, BEARER),
    ("S11", "three tenants", {f"{BEARER}/x-credentials/-": {"tenant": "west", "token": "sandbox-west-token"}}, None),
    ("S12", "parameter", {f"{PARAMETER}/examples": ...}, PARAMETER),
    ("S12", "body", {f"{BODY}/examples": ...}, BODY),
    ("S12", "example without a value", {f"{BODY}/examples": {"far": {"externalValue": "https://a.example"}}}, BODY),
    ("S12", "single example", {f"{PARAMETER}/examples": ..., f"{PARAMETER}/example": "P1"}, None),
    ("S13", "success", {f"{HELD}/examples": ...}, HELD),
    ("S13", "shared response", {"/components/responses/Problem/content/application~1json/examples": ...},
     "/components/responses/Problem/content/application~1json"),
    ("S13", "no content", {"/components/responses/Problem/content": ...}, None),
    ("S14", "parameter", {f"{PARAMETER}/examples/parcel/value": "1001"}, f"{PARAMETER}/examples/parcel/value"),
    ("S14", "body", {f"{BODY}/examples/later/value/reason/date": "31.1.2030"},
     f"{BODY}/examples/later/value/reason"),
    ("S14", "response", {f"{HELD}/examples/held/value/weights/0": "heavy"},
     f"{HELD}/examples/held/value/weights/0"),
    ("S14", "schema", {f"{PARCEL}/properties/number/examples": ["P1", 2]},
     f"{PARCEL}/properties/number/examples/1"),
    ("S14", "default", {f"{PARCEL}/properties/number/default": 2}, f"{PARCEL}/properties/number/default"),
    ("S14", "unknown member", {f"{HELD}/examples/held/value/colour": "red"}, None),
    ("S15", "nullable", {f"{PARCEL}/properties/number/nullable": True}, f"{PARCEL}/properties/number/nullable"),
    ("S15", "nullable object by type", {f"{SCHEMAS}/Owner/type": ["object", "null"]}, f"{SCHEMAS}/Owner/type"),
    ("S15", "null first", {f"{PARCEL}/properties/note/type": ["null", "string"]}, f"{PARCEL}/properties/note/type"),
    ("S15", "two types", {f"{PARCEL}/properties/note/type": ["string", "integer"]},
     f"{PARCEL}/properties/note/type"),
    ("S15", "null in an enum", {f"{SCHEMAS}/ParcelState/enum/-": None}, f"{SCHEMAS}/ParcelState/enum"),
    ("S15", "nullable scalar as anyOf",
     {f"{PARCEL}/properties/note": {"description": "N.", "anyOf": [{"type": "string"}, {"type": "null"}]}},
     f"{PARCEL}/properties/note/anyOf"),
    ("S15", "oneOf", {f"{PARCEL}/properties/owner/anyOf": ..., f"{PARCEL}/properties/owner/oneOf":
                          [{"$ref": "#/components/schemas/Owner"}, {"type": "null"}]},
     f"{PARCEL}/properties/owner/oneOf"),
    ("S15", "nullable enum", {f"{PARCEL}/properties/state/anyOf/-": {"type": "null"}}, None),
    ("S16", "none", {f"{PARCEL}/properties/weights/items": ...}, f"{PARCEL}/properties/weights"),
    ("S16", "prefixItems alone", {f"{PARCEL}/properties/weights/items": ...,
                                      f"{PARCEL}/properties/weights/prefixItems": [{"type": "number"}]},
     f"{PARCEL}/properties/weights"),
    ("S16", "items without a type", {f"{PARCEL}/properties/weights/items": {}}, None),
    ("S17", "no discriminator", {f"{SCHEMAS}/Reason/discriminator": ...}, f"{SCHEMAS}/Reason/oneOf"),
    ("S17", "anyOf", {f"{SCHEMAS}/Reason/oneOf": ..., f"{SCHEMAS}/Reason/anyOf":
                          [{"$ref": "#/components/schemas/DateReason"}, {"$ref": "#/components/schemas/WordsReason"}]},
     f"{SCHEMAS}/Reason/anyOf"),
    ("S17", "no const", {f"{SCHEMAS}/DateReason/properties/kind/const": ...}, f"{SCHEMAS}/Reason/oneOf/0"),
    ("S17", "tag not required", {f"{SCHEMAS}/DateReason/required": ["date"]}, f"{SCHEMAS}/Reason/oneOf/0"),
    ("S17", "mapping not full", {f"{SCHEMAS}/Reason/discriminator/mapping/WORDS": ...},
     f"{SCHEMAS}/Reason/discriminator"),
    ("S17", "mapping too full",
     {f"{SCHEMAS}/Reason/discriminator/mapping/WEATHER": "#/components/schemas/WordsReason"},
     f"{SCHEMAS}/Reason/discriminator/mapping/WEATHER"),
    ("S17", "union in a response",
     {f"{PARCEL}/properties/owner/anyOf/-": {"$ref": "#/components/schemas/Problem"}}, None),
    ("S17", "union of an object and a scalar",
     {f"{SCHEMAS}/HoldRequest/properties/note": {"description": "N.", "anyOf": [
             {"$ref": "#/components/schemas/Owner"}, {"type": "string"}]},
          f"{BODY}/examples/silent/value/note": "a"}, None),
]
# fmt: on


@pytest.mark.parametrize(
    ("rule", "changes", "at"),
    [pytest.param(rule, changes, at, id=f"{rule} {name}") for rule, name, changes, at in CASES],
)
def test_a_rule_is_broken_where_it_is_and_nowhere_else(
    rule: str, changes: dict[str, Any], at: str | None, judge: Judge
) -> None:
    judge(rule, changes, at)


@pytest.mark.parametrize("number", [rule.number for rule in RULES[:17]])
def test_every_rule_has_specs_that_break_it_and_specs_that_do_not(number: str) -> None:
    assert {at is None for rule, _, _, at in CASES if rule == number} == {True, False}
