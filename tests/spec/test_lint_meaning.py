"""The rules on what a spec means, S18 and on.

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
SEEDS: Final = "/x-records/parcel/seeds"
BEARER: Final = "/components/securitySchemes/bearerAuth"
PARCEL: Final = f"{SCHEMAS}/Parcel"
HELD: Final = f"{OPERATION}/responses/200/content/application~1json"
REF_STATE: Final = {"$ref": "#/components/schemas/ParcelState"}
OTHER: Final = {"operationId": "keepParcel", "x-name": "hold", "responses": {"200": {"description": "Kept."}}}


def header(name: str) -> dict[str, Any]:
    """Return a header parameter."""
    example = {"one": {"value": "x"}}
    return {"name": name, "in": "header", "description": "H.", "schema": {"type": "string"}, "examples": example}


def pattern(text: str) -> dict[str, Any]:
    """Return changes that give the parcel's remark a pattern."""
    return {f"{PARCEL}/properties/note/pattern": text}


# fmt: off
CASES: Final[list[Case]] = [
    ("S18", "bare $ref", {f"{PARCEL}/properties/state": REF_STATE}, f"{PARCEL}/properties/state"),
    ("S18", "in an array",
     {f"{PARCEL}/properties/weights/items": REF_STATE, f"{HELD}/examples/held/value/weights": []},
     f"{PARCEL}/properties/weights/items"),
    ("S18", "other type", {f"{PARCEL}/properties/state/anyOf/1/type": "integer"},
     f"{PARCEL}/properties/state/anyOf/0"),
    ("S18", "in a header", {f"{OPERATION}/responses/200/headers": {"X-State": {"schema": REF_STATE}}},
     f"{OPERATION}/responses/200/headers/X-State/schema"),
    ("S18", "in a request", {f"{SCHEMAS}/HoldRequest/properties/note": REF_STATE,
                                 f"{BODY}/examples/silent/value/note": "gone"}, None),
    ("S19", "additionalProperties", {f"{SCHEMAS}/Owner/additionalProperties": False},
     f"{SCHEMAS}/Owner/additionalProperties"),
    ("S19", "unevaluatedProperties", {f"{PARCEL}/unevaluatedProperties": False}, f"{PARCEL}/unevaluatedProperties"),
    ("S19", "a map", {f"{SCHEMAS}/Owner/additionalProperties": {"type": "string"}}, None),
    ("S20", "no start", pattern("[0-9]+$"), f"{PARCEL}/properties/note/pattern"),
    ("S20", "no end", pattern("^[0-9]+"), f"{PARCEL}/properties/note/pattern"),
    ("S20", "escaped end", pattern(r"^[0-9]+\$"), f"{PARCEL}/properties/note/pattern"),
    ("S20", "alternatives", pattern("^a|b$"), f"{PARCEL}/properties/note/pattern"),
    ("S20", "digits of any script", pattern(r"^\d+$"), f"{PARCEL}/properties/note/pattern"),
    ("S20", "shorthand in a class", pattern(r"^[\w-]+$"), f"{PARCEL}/properties/note/pattern"),
    ("S20", "any character", pattern("^.+$"), f"{PARCEL}/properties/note/pattern"),
    ("S20", "beyond ASCII", pattern("^[ä]+$"), f"{PARCEL}/properties/note/pattern"),
    ("S20", "name of properties", {f"{SCHEMAS}/Owner/patternProperties": {"^x": {}}},
     f"{SCHEMAS}/Owner/patternProperties/^x"),
    ("S20", "grouped alternatives", pattern(r"^(a|[|.]|\.)$"), None),
    ("S21", "Authorization", {f"{OPERATION}/parameters/-": header("Authorization")}, f"{OPERATION}/parameters/1"),
    ("S21", "content-type", {f"{OPERATION}/parameters/-": header("content-type")}, f"{OPERATION}/parameters/1"),
    ("S21", "Accept-Language", {f"{OPERATION}/parameters/-": header("Accept-Language")}, None),
    ("S22", "boolean schema", {f"{PARCEL}/properties/note": True}, f"{PARCEL}/properties/note"),
    ("S22", "$defs", {f"{SCHEMAS}/Owner/$defs": {}}, f"{SCHEMAS}/Owner/$defs"),
    ("S22", "mixed enum", {f"{SCHEMAS}/ParcelState/enum/-": 1}, f"{SCHEMAS}/ParcelState/enum"),
    ("S22", "$ref on a path item", {"/paths/~1other": {"$ref": "#/paths/~1parcels~1{number}~1hold"}},
     "/paths/~1other/$ref"),
    ("S22", "$ref into a component", {f"{PARCEL}/properties/note": {"$ref": f"#{SCHEMAS}/Owner/properties/name"}},
     f"{PARCEL}/properties/note/$ref"),
    ("S22", "component that refers on", {"/components/responses/Other": {"$ref": "#/components/responses/Problem"}},
     "/components/responses/Other/$ref"),
    ("S22", "parameter with content",
     {f"{PARAMETER}/schema": ..., f"{PARAMETER}/examples": ..., f"{PARAMETER}/content": {"text/plain": {}}},
     PARAMETER),
    ("S22", "map of anything", {f"{SCHEMAS}/Owner/additionalProperties": True}, None),
    ("S23", "two numbers", {"/info/version": "1.0"}, "/info/version"),
    ("S23", "leading zero", {"/info/version": "1.01.0"}, "/info/version"),
    ("S23", "trailing newline", {"/info/version": "1.0.0\n"}, "/info/version"),
    ("S23", "pre-release", {"/info/version": "1.0.0-rc.1+build.5"}, None),
    ("S24", "component", {f"{SCHEMAS}/Owner/description": ...}, f"{SCHEMAS}/Owner"),
    ("S24", "property", {f"{PARCEL}/properties/note/description": " "}, f"{PARCEL}/properties/note"),
    ("S24", "parameter", {f"{PARAMETER}/description": ...}, PARAMETER),
    ("S24", "bare $ref", {f"{PARCEL}/properties/owner": {"$ref": f"#{SCHEMAS}/Owner"},
                              f"{HELD}/examples/held/value/owner": {}}, None),
    ("S25", "none", {"/servers/0/x-name": ...}, "/servers/0"),
    ("S25", "twice", {"/servers/-": {"url": "https://b.example", "x-name": "production"}}, "/servers/1/x-name"),
    ("S25", "no servers", {"/servers": ...}, ""),
    ("S25", "two names", {"/servers/-": {"url": "https://b.example", "x-name": "testing"}}, None),
    ("S26", "invalid record", {f"{SEEDS}/0/record/note": 3}, f"{SEEDS}/0/record/note"),
    ("S26", "unknown state of a seed", {f"{SEEDS}/1/record/state": "lost"}, f"{SEEDS}/1/record/state"),
    ("S26", "unknown state of a transition", {f"{OPERATION}/x-transition/from/-": "lost"},
     f"{OPERATION}/x-transition/from/1"),
    ("S26", "unknown target", {f"{OPERATION}/x-transition/to": "lost"}, f"{OPERATION}/x-transition/to"),
    ("S26", "states not listed", {"/x-records/parcel/schema/properties/state": {"type": "string"}},
     "/x-records/parcel/schema"),
    ("S26", "ranges overlap", {f"{SEEDS}/1/start": "1160"}, f"{SEEDS}/1/record"),
    ("S26", "the same key each time", {f"{SEEDS}/2/record/number": "P1"}, f"{SEEDS}/2/record"),
    ("S26", "the same key of two tenants", {f"{SEEDS}/2/start": "1001"}, None),
    ("S27", "too few to act on", {f"{SEEDS}/0/count": 149}, SEEDS),
    ("S27", "one tenant", {f"{SEEDS}/2/tenant": "north"}, SEEDS),
    ("S27", "none to refuse", {f"{SEEDS}/1/state": "waiting"}, SEEDS),
    ("S27", "just enough", {f"{SEEDS}/0/count": 150}, None),
    ("S28", "no outcome", {f"{OPERATION}/responses/410": {"description": "Gone."}}, f"{OPERATION}/responses/410"),
    ("S28", "two successes", {f"{OPERATION}/responses/202": {"description": "Later."}},
     f"{OPERATION}/responses/202"),
    ("S28", "default", {f"{OPERATION}/responses/default": {"description": "Other."}},
     f"{OPERATION}/responses/default"),
    ("S28", "no answers", {f"{OPERATION}/x-answers": ...}, OPERATION),
    ("S28", "success with an error", {f"{OPERATION}/x-answers/success/status": "409"},
     f"{OPERATION}/x-answers/success/status"),
    ("S28", "server error", {f"{OPERATION}/responses/503": {"description": "Busy."}}, None),
    ("S29", "unauthenticated", {f"{OPERATION}/x-answers/unauthenticated": ...}, f"{OPERATION}/x-answers"),
    ("S29", "wrong state", {f"{OPERATION}/x-answers/wrong-state": ...}, f"{OPERATION}/x-answers"),
    ("S29", "nobody is forbidden", {f"{BEARER}/x-credentials/2": ...}, f"{OPERATION}/x-answers/forbidden"),
    ("S29", "no record", {f"{OPERATION}/x-transition": ...}, f"{OPERATION}/x-answers/unknown-record"),
    ("S29", "nothing forbidden", {f"{BEARER}/x-credentials/2": ..., f"{OPERATION}/x-answers/forbidden": ...,
                                      f"{OPERATION}/responses/403": ...}, None),
    ("S30", "parameter", {f"{OPERATION}/x-ensures/0": "$response.body#/number == $request.path.id"},
     f"{OPERATION}/x-ensures/0"),
    ("S30", "wrong place", {f"{OPERATION}/x-ensures/0": "$response.body#/number == $request.query.number"},
     f"{OPERATION}/x-ensures/0"),
    ("S30", "member of the response", {f"{OPERATION}/x-ensures/0": "$response.body#/id == $request.path.number"},
     f"{OPERATION}/x-ensures/0"),
    ("S30", "header of the response", {f"{OPERATION}/x-ensures/0": '$response.header.X-Id == "1"'},
     f"{OPERATION}/x-ensures/0"),
    ("S30", "member of the request", {f"{OPERATION}/x-constraints/0/any-given/1": "$request.body#/reason/day"},
     f"{OPERATION}/x-constraints/0/any-given/1"),
    ("S30", "item without each", {f"{OPERATION}/x-transition/set/~1note": "$item#/note"},
     f"{OPERATION}/x-transition/set/~1note"),
    ("S30", "member of a closed record", {"/x-records/parcel/schema/additionalProperties": False,
                                              f"{OPERATION}/x-transition/set/~1held_by": "us",
                                              f"{SEEDS}/0/record/weights": ...},
     f"{OPERATION}/x-transition/set/~1held_by"),
    ("S30", "member of a map", {f"{SCHEMAS}/Owner/additionalProperties": {"type": "string"},
                                    f"{OPERATION}/x-ensures/0": '$response.body#/owner/mail == "a"'}, None),
    ("S31", "if", {f"{SCHEMAS}/DateReason/if": {"required": ["date"]}}, f"{SCHEMAS}/DateReason/if"),
    ("S31", "dependentRequired", {f"{SCHEMAS}/DateReason/dependentRequired": {"date": ["kind"]}},
     f"{SCHEMAS}/DateReason/dependentRequired"),
    ("S31", "in the schema of records", {"/x-records/parcel/schema/if": {"required": ["note"]}}, None),
    ("S32", "misspelt", {f"{PARCEL}/properties/number/maxLenght": 3}, f"{PARCEL}/properties/number/maxLenght"),
    ("S32", "example", {f"{PARCEL}/properties/number/example": "P1"}, f"{PARCEL}/properties/number/example"),
    ("S32", "identifier", {f"{SCHEMAS}/Owner/$id": "https://a.example"}, f"{SCHEMAS}/Owner/$id"),
    ("S32", "rare keyword", {f"{PARCEL}/properties/number/contentEncoding": "base64"}, None),
    ("S33", "misspelt", {f"{PARCEL}/required/-": "wieght"}, f"{PARCEL}/required/2"),
    ("S33", "no properties", {f"{SCHEMAS}/Bag": {"type": "object", "description": "B.", "required": ["a"]}},
     f"{SCHEMAS}/Bag/required/0"),
    ("S33", "declared", {f"{PARCEL}/required/-": "weights"}, None),
    ("S34", "none", {f"{OPERATION}/x-ensures": ...}, OPERATION),
    ("S34", "no content",
     {f"{OPERATION}/x-ensures": ..., f"{OPERATION}/responses/200": {"description": "Held."}}, None),
    ("S35", "none", {f"{OPERATION}/externalDocs": ...}, OPERATION),
    ("S35", "no title", {f"{OPERATION}/externalDocs/description": " "}, OPERATION),
    ("S35", "only a title", {f"{OPERATION}/externalDocs": {"description": "Hold a parcel", "url": "a.html"}}, None),
    ("S36", "class in lower case", {"/info/x-name": "parcels"}, "/info/x-name"),
    ("S36", "class that is a keyword", {"/info/x-name": "None"}, "/info/x-name"),
    ("S36", "method in PascalCase", {f"{OPERATION}/x-name": "HoldBack"}, f"{OPERATION}/x-name"),
    ("S36", "method that is a keyword", {f"{OPERATION}/x-name": "yield"}, f"{OPERATION}/x-name"),
    ("S36", "server in PascalCase", {"/servers/0/x-name": "Production"}, "/servers/0/x-name"),
    ("S36", "a tag", {"/tags/0/x-name": "parcel"}, "/tags/0/x-name"),
    ("S36", "two methods of a group",
     {f"{OPERATION}/x-name": "hold", "/paths/~1other": {"get": {**OTHER, "tags": ["parcels"]}}},
     "/paths/~1other/get/x-name"),
    ("S37", "lengths that contradict", {f"{PARAMETER}/schema": {"type": "string", "minLength": 5, "maxLength": 2}},
     f"{PARAMETER}/schema"),
    ("S37", "no example, and values all the same", {f"{PARAMETER}/schema": {"type": "string"},
                                                   f"{PARAMETER}/examples": {"one": {"value": "P-1"}}}, None),
    ("S36", "names in their places", {"/info/x-name": "ParcelsAPI", f"{OPERATION}/x-name": "hold_back"}, None),
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


@pytest.mark.parametrize("number", [rule.number for rule in RULES[17:]])
def test_every_rule_has_specs_that_break_it_and_specs_that_do_not(number: str) -> None:
    assert {at is None for rule, _, _, at in CASES if rule == number} == {True, False}
