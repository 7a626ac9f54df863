"""Each rule, with changes to a spec that follows them all: some break the rule, some come close and do not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import attrs
import pytest

from specloom.spec import Document
from specloom.spec.lint import RULES, lint

Write = Callable[[dict[str, Any]], Document]

OPERATION: Final = "/paths/~1parcels~1{number}~1hold/post"
SCHEMAS: Final = "/components/schemas"
BODY: Final = f"{OPERATION}/requestBody/content/application~1json"
PARAMETER: Final = f"{OPERATION}/parameters/0"
SEEDS: Final = "/x-records/parcel/seeds"
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
REF_STATE: Final = {"$ref": "#/components/schemas/ParcelState"}


@attrs.frozen
class Case:
    """Changes (a value by pointer; ... removes) and where the rule is then broken; nowhere if `at` is None."""

    rule: str
    name: str
    changes: dict[str, Any]
    at: str | None = None


def header(name: str) -> dict[str, Any]:
    """Return a header parameter."""
    example = {"one": {"value": "x"}}
    return {"name": name, "in": "header", "description": "H.", "schema": {"type": "string"}, "examples": example}


def pattern(text: str) -> dict[str, Any]:
    """Return changes that give the parcel's remark a pattern."""
    return {f"{PARCEL}/properties/note/pattern": text}


# fmt: off
CASES: Final = (
    Case("S01", "another version", {"/openapi": "3.0.3"}, "/openapi"),
    Case("S01", "no title", {"/info/title": ...}, "/info"),
    Case("S01", "misspelt type", {f"{PARCEL}/type": "objekt"}, f"{PARCEL}/type"),
    Case("S01", "malformed pattern", pattern("^[$"), f"{PARCEL}/properties/note/pattern"),
    Case("S01", "discriminator without a property", {f"{SCHEMAS}/Reason/discriminator": {}},
         f"{SCHEMAS}/Reason/discriminator"),
    Case("S01", "undeclared path parameter", {f"{PARAMETER}/name": "id"}, OPERATION),
    Case("S01", "path parameter that is not in the path", {f"{PARAMETER}/name": "id"}, PARAMETER),
    Case("S01", "parameter declared twice", {f"{OPERATION}/parameters/-": PATH_PARAMETER}, f"{OPERATION}/parameters"),
    Case("S01", "tag declared twice", {"/tags/-": {"name": "parcels"}}, ""),
    Case("S01", "parameter of the whole path",
         {f"{OPERATION}/parameters": [], "/paths/~1parcels~1{number}~1hold/parameters": [PATH_PARAMETER]}),
    Case("S01", "later 3.1", {"/openapi": "3.1.1"}),
    Case("S02", "nowhere", {f"{HELD}/schema/$ref": "#/components/schemas/Nope"}, f"{HELD}/schema/$ref"),
    Case("S02", "another file", {f"{HELD}/schema/$ref": "parcel.yaml#/Parcel"}, f"{HELD}/schema/$ref"),
    Case("S02", "itself", {f"{SCHEMAS}/Loop": {"$ref": "#/components/schemas/Loop"}}, f"{SCHEMAS}/Loop/$ref"),
    Case("S02", "a payload", {f"{SCHEMAS}/Owner/properties/name/examples": ["$ref"]}),
    Case("S03", "none", {f"{OPERATION}/operationId": ...}, OPERATION),
    Case("S03", "twice", {"/paths/~1other": {"get": {"operationId": "holdParcel"}}}, "/paths/~1other/get/operationId"),
    Case("S03", "another name", {f"{OPERATION}/operationId": "keepParcel"}),
    Case("S04", "unknown keyword", {f"{OPERATION}/x-colour": "red"}, f"{OPERATION}/x-colour"),
    Case("S04", "wrong value", {"/servers/0/x-name": "Production!"}, "/servers/0/x-name"),
    Case("S04", "known keyword", {f"{PARCEL}/x-inferred": "The page shows no table."}),
    Case("S05", "unknown kind", {f"{OPERATION}/x-transition/record": "letter"}, f"{OPERATION}/x-transition/record"),
    Case("S05", "undeclared status", {f"{OPERATION}/x-answers/wrong-state/status": "410"},
         f"{OPERATION}/x-answers/wrong-state/status"),
    Case("S05", "unknown example", {f"{OPERATION}/x-answers/wrong-state/example": "gone"},
         f"{OPERATION}/x-answers/wrong-state/example"),
    Case("S05", "malformed expression", {f"{OPERATION}/x-ensures": ["$response.body#/number == $nonsense"]},
         f"{OPERATION}/x-ensures"),
    Case("S05", "known example", {f"{OPERATION}/x-answers/wrong-state/example": "problem"}),
    Case("S06", "inline object", {f"{PARCEL}/properties/owner": {"type": "object", "description": "O."}},
         f"{PARCEL}/properties/owner"),
    Case("S06", "inline enum", {f"{SCHEMAS}/HoldRequest/properties/note": {**STATE, "enum": ["a"]}},
         f"{SCHEMAS}/HoldRequest/properties/note"),
    Case("S06", "inline object in an array", {f"{PARCEL}/properties/weights/items": {"properties": {}}},
         f"{PARCEL}/properties/weights/items"),
    Case("S06", "enum that is excluded", {f"{PARCEL}/properties/note/not": {"enum": ["-"]}}),
    Case("S06", "const", {f"{PARCEL}/properties/note": {**STATE, "const": "a"}}),
    Case("S06", "object in the schema of records", {"/x-records/parcel/schema/properties/owner": {"type": "object"}}),
    Case("S07", "snake case", {f"{SCHEMAS}/hold_note": STATE}, f"{SCHEMAS}/hold_note"),
    Case("S07", "lower camel case", {f"{SCHEMAS}/holdNote": STATE}, f"{SCHEMAS}/holdNote"),
    Case("S07", "with a digit", {f"{SCHEMAS}/HoldNote2": STATE}),
    Case("S08", "none", {f"{OPERATION}/tags": ...}, OPERATION),
    Case("S08", "two", {f"{OPERATION}/tags": ["parcels", "parcels"]}, f"{OPERATION}/tags"),
    Case("S08", "undeclared", {f"{OPERATION}/tags": ["letters"]}, f"{OPERATION}/tags/0"),
    Case("S08", "another one declared", {"/tags/-": {"name": "letters"}, f"{OPERATION}/tags": ["letters"]}),
    Case("S09", "no summary", {f"{OPERATION}/summary": ...}, OPERATION),
    Case("S09", "blank description", {f"{OPERATION}/description": "  "}, OPERATION),
    Case("S09", "one word", {f"{OPERATION}/description": "Holds."}),
    Case("S10", "none", {f"{OPERATION}/security": ...}, OPERATION),
    Case("S10", "only at the root", {f"{OPERATION}/security": ..., "/security": [{"bearerAuth": []}]}, OPERATION),
    Case("S10", "unknown scheme", {f"{OPERATION}/security": [{"bearerAuth": []}, {"key": []}]},
         f"{OPERATION}/security/1/key"),
    Case("S10", "public", {f"{OPERATION}/security": [], f"{OPERATION}/x-answers/unauthenticated": ...,
                           f"{OPERATION}/x-answers/forbidden": ..., f"{OPERATION}/responses/401": ...,
                           f"{OPERATION}/responses/403": ...}),
    Case("S11", "none", {f"{BEARER}/x-credentials": ...}, BEARER),
    Case("S11", "one usable tenant", {f"{BEARER}/x-credentials/1/forbidden": True}, BEARER),
    Case("S11", "three tenants", {f"{BEARER}/x-credentials/-": {"tenant": "west", "token": "sandbox-west-token"}}),
    Case("S12", "parameter", {f"{PARAMETER}/examples": ...}, PARAMETER),
    Case("S12", "body", {f"{BODY}/examples": ...}, BODY),
    Case("S12", "example without a value", {f"{BODY}/examples": {"far": {"externalValue": "https://a.example"}}}, BODY),
    Case("S12", "single example", {f"{PARAMETER}/examples": ..., f"{PARAMETER}/example": "P1"}),
    Case("S13", "success", {f"{HELD}/examples": ...}, HELD),
    Case("S13", "shared response", {"/components/responses/Problem/content/application~1json/examples": ...},
         "/components/responses/Problem/content/application~1json"),
    Case("S13", "no content", {"/components/responses/Problem/content": ...}),
    Case("S14", "parameter", {f"{PARAMETER}/examples/parcel/value": "1001"}, f"{PARAMETER}/examples/parcel/value"),
    Case("S14", "body", {f"{BODY}/examples/later/value/reason/date": "31.1.2030"},
         f"{BODY}/examples/later/value/reason"),
    Case("S14", "response", {f"{HELD}/examples/held/value/weights/0": "heavy"},
         f"{HELD}/examples/held/value/weights/0"),
    Case("S14", "schema", {f"{PARCEL}/properties/number/examples": ["P1", 2]},
         f"{PARCEL}/properties/number/examples/1"),
    Case("S14", "default", {f"{PARCEL}/properties/number/default": 2}, f"{PARCEL}/properties/number/default"),
    Case("S14", "unknown member", {f"{HELD}/examples/held/value/colour": "red"}),
    Case("S15", "nullable", {f"{PARCEL}/properties/number/nullable": True}, f"{PARCEL}/properties/number/nullable"),
    Case("S15", "nullable object by type", {f"{SCHEMAS}/Owner/type": ["object", "null"]}, f"{SCHEMAS}/Owner/type"),
    Case("S15", "null first", {f"{PARCEL}/properties/note/type": ["null", "string"]}, f"{PARCEL}/properties/note/type"),
    Case("S15", "two types", {f"{PARCEL}/properties/note/type": ["string", "integer"]},
         f"{PARCEL}/properties/note/type"),
    Case("S15", "null in an enum", {f"{SCHEMAS}/ParcelState/enum/-": None}, f"{SCHEMAS}/ParcelState/enum"),
    Case("S15", "nullable scalar as anyOf",
         {f"{PARCEL}/properties/note": {"description": "N.", "anyOf": [{"type": "string"}, {"type": "null"}]}},
         f"{PARCEL}/properties/note/anyOf"),
    Case("S15", "oneOf", {f"{PARCEL}/properties/owner/anyOf": ..., f"{PARCEL}/properties/owner/oneOf":
                          [{"$ref": "#/components/schemas/Owner"}, {"type": "null"}]},
         f"{PARCEL}/properties/owner/oneOf"),
    Case("S15", "nullable enum", {f"{PARCEL}/properties/state/anyOf/-": {"type": "null"}}),
    Case("S16", "none", {f"{PARCEL}/properties/weights/items": ...}, f"{PARCEL}/properties/weights"),
    Case("S16", "prefixItems alone", {f"{PARCEL}/properties/weights/items": ...,
                                      f"{PARCEL}/properties/weights/prefixItems": [{"type": "number"}]},
         f"{PARCEL}/properties/weights"),
    Case("S16", "items without a type", {f"{PARCEL}/properties/weights/items": {}}),
    Case("S17", "no discriminator", {f"{SCHEMAS}/Reason/discriminator": ...}, f"{SCHEMAS}/Reason/oneOf"),
    Case("S17", "anyOf", {f"{SCHEMAS}/Reason/oneOf": ..., f"{SCHEMAS}/Reason/anyOf":
                          [{"$ref": "#/components/schemas/DateReason"}, {"$ref": "#/components/schemas/WordsReason"}]},
         f"{SCHEMAS}/Reason/anyOf"),
    Case("S17", "no const", {f"{SCHEMAS}/DateReason/properties/kind/const": ...}, f"{SCHEMAS}/Reason/oneOf/0"),
    Case("S17", "tag not required", {f"{SCHEMAS}/DateReason/required": ["date"]}, f"{SCHEMAS}/Reason/oneOf/0"),
    Case("S17", "mapping not full", {f"{SCHEMAS}/Reason/discriminator/mapping/WORDS": ...},
         f"{SCHEMAS}/Reason/discriminator"),
    Case("S17", "mapping too full",
         {f"{SCHEMAS}/Reason/discriminator/mapping/WEATHER": "#/components/schemas/WordsReason"},
         f"{SCHEMAS}/Reason/discriminator/mapping/WEATHER"),
    Case("S17", "union in a response",
         {f"{PARCEL}/properties/owner/anyOf/-": {"$ref": "#/components/schemas/Problem"}}),
    Case("S17", "union of an object and a scalar",
         {f"{SCHEMAS}/HoldRequest/properties/note": {"description": "N.", "anyOf": [
             {"$ref": "#/components/schemas/Owner"}, {"type": "string"}]},
          f"{BODY}/examples/silent/value/note": "a"}),
    Case("S18", "bare $ref", {f"{PARCEL}/properties/state": REF_STATE}, f"{PARCEL}/properties/state"),
    Case("S18", "in an array",
         {f"{PARCEL}/properties/weights/items": REF_STATE, f"{HELD}/examples/held/value/weights": []},
         f"{PARCEL}/properties/weights/items"),
    Case("S18", "other type", {f"{PARCEL}/properties/state/anyOf/1/type": "integer"},
         f"{PARCEL}/properties/state/anyOf/0"),
    Case("S18", "in a header", {f"{OPERATION}/responses/200/headers": {"X-State": {"schema": REF_STATE}}},
         f"{OPERATION}/responses/200/headers/X-State/schema"),
    Case("S18", "in a request", {f"{SCHEMAS}/HoldRequest/properties/note": REF_STATE,
                                 f"{BODY}/examples/silent/value/note": "gone"}),
    Case("S19", "additionalProperties", {f"{SCHEMAS}/Owner/additionalProperties": False},
         f"{SCHEMAS}/Owner/additionalProperties"),
    Case("S19", "unevaluatedProperties", {f"{PARCEL}/unevaluatedProperties": False}, f"{PARCEL}/unevaluatedProperties"),
    Case("S19", "a map", {f"{SCHEMAS}/Owner/additionalProperties": {"type": "string"}}),
    Case("S20", "no start", pattern("[0-9]+$"), f"{PARCEL}/properties/note/pattern"),
    Case("S20", "no end", pattern("^[0-9]+"), f"{PARCEL}/properties/note/pattern"),
    Case("S20", "escaped end", pattern(r"^[0-9]+\$"), f"{PARCEL}/properties/note/pattern"),
    Case("S20", "alternatives", pattern("^a|b$"), f"{PARCEL}/properties/note/pattern"),
    Case("S20", "digits of any script", pattern(r"^\d+$"), f"{PARCEL}/properties/note/pattern"),
    Case("S20", "shorthand in a class", pattern(r"^[\w-]+$"), f"{PARCEL}/properties/note/pattern"),
    Case("S20", "any character", pattern("^.+$"), f"{PARCEL}/properties/note/pattern"),
    Case("S20", "beyond ASCII", pattern("^[ä]+$"), f"{PARCEL}/properties/note/pattern"),
    Case("S20", "name of properties", {f"{SCHEMAS}/Owner/patternProperties": {"^x": {}}},
         f"{SCHEMAS}/Owner/patternProperties/^x"),
    Case("S20", "grouped alternatives", pattern(r"^(a|[|.]|\.)$")),
    Case("S21", "Authorization", {f"{OPERATION}/parameters/-": header("Authorization")}, f"{OPERATION}/parameters/1"),
    Case("S21", "content-type", {f"{OPERATION}/parameters/-": header("content-type")}, f"{OPERATION}/parameters/1"),
    Case("S21", "Accept-Language", {f"{OPERATION}/parameters/-": header("Accept-Language")}),
    Case("S22", "boolean schema", {f"{PARCEL}/properties/note": True}, f"{PARCEL}/properties/note"),
    Case("S22", "$defs", {f"{SCHEMAS}/Owner/$defs": {}}, f"{SCHEMAS}/Owner/$defs"),
    Case("S22", "mixed enum", {f"{SCHEMAS}/ParcelState/enum/-": 1}, f"{SCHEMAS}/ParcelState/enum"),
    Case("S22", "$ref on a path item", {"/paths/~1other": {"$ref": "#/paths/~1parcels~1{number}~1hold"}},
         "/paths/~1other/$ref"),
    Case("S22", "$ref into a component", {f"{PARCEL}/properties/note": {"$ref": f"#{SCHEMAS}/Owner/properties/name"}},
         f"{PARCEL}/properties/note/$ref"),
    Case("S22", "component that refers on", {"/components/responses/Other": {"$ref": "#/components/responses/Problem"}},
         "/components/responses/Other/$ref"),
    Case("S22", "parameter with content",
         {f"{PARAMETER}/schema": ..., f"{PARAMETER}/examples": ..., f"{PARAMETER}/content": {"text/plain": {}}},
         PARAMETER),
    Case("S22", "map of anything", {f"{SCHEMAS}/Owner/additionalProperties": True}),
    Case("S23", "two numbers", {"/info/version": "1.0"}, "/info/version"),
    Case("S23", "leading zero", {"/info/version": "1.01.0"}, "/info/version"),
    Case("S23", "trailing newline", {"/info/version": "1.0.0\n"}, "/info/version"),
    Case("S23", "pre-release", {"/info/version": "1.0.0-rc.1+build.5"}),
    Case("S24", "component", {f"{SCHEMAS}/Owner/description": ...}, f"{SCHEMAS}/Owner"),
    Case("S24", "property", {f"{PARCEL}/properties/note/description": " "}, f"{PARCEL}/properties/note"),
    Case("S24", "parameter", {f"{PARAMETER}/description": ...}, PARAMETER),
    Case("S24", "bare $ref", {f"{PARCEL}/properties/owner": {"$ref": f"#{SCHEMAS}/Owner"},
                              f"{HELD}/examples/held/value/owner": {}}),
    Case("S25", "none", {"/servers/0/x-name": ...}, "/servers/0"),
    Case("S25", "twice", {"/servers/-": {"url": "https://b.example", "x-name": "production"}}, "/servers/1/x-name"),
    Case("S25", "no servers", {"/servers": ...}, ""),
    Case("S25", "two names", {"/servers/-": {"url": "https://b.example", "x-name": "testing"}}),
    Case("S26", "invalid record", {f"{SEEDS}/0/record/note": 3}, f"{SEEDS}/0/record/note"),
    Case("S26", "unknown state of a seed", {f"{SEEDS}/1/record/state": "lost"}, f"{SEEDS}/1/record/state"),
    Case("S26", "unknown state of a transition", {f"{OPERATION}/x-transition/from/-": "lost"},
         f"{OPERATION}/x-transition/from/1"),
    Case("S26", "unknown target", {f"{OPERATION}/x-transition/to": "lost"}, f"{OPERATION}/x-transition/to"),
    Case("S26", "states not listed", {"/x-records/parcel/schema/properties/state": {"type": "string"}},
         "/x-records/parcel/schema"),
    Case("S26", "ranges overlap", {f"{SEEDS}/1/start": "1160"}, f"{SEEDS}/1/record"),
    Case("S26", "the same key each time", {f"{SEEDS}/2/record/number": "P1"}, f"{SEEDS}/2/record"),
    Case("S26", "the same key of two tenants", {f"{SEEDS}/2/start": "1001"}),
    Case("S27", "too few to act on", {f"{SEEDS}/0/count": 149}, SEEDS),
    Case("S27", "one tenant", {f"{SEEDS}/2/tenant": "north"}, SEEDS),
    Case("S27", "none to refuse", {f"{SEEDS}/1/state": "waiting"}, SEEDS),
    Case("S27", "just enough", {f"{SEEDS}/0/count": 150}),
    Case("S28", "no outcome", {f"{OPERATION}/responses/410": {"description": "Gone."}}, f"{OPERATION}/responses/410"),
    Case("S28", "two successes", {f"{OPERATION}/responses/202": {"description": "Later."}},
         f"{OPERATION}/responses/202"),
    Case("S28", "default", {f"{OPERATION}/responses/default": {"description": "Other."}},
         f"{OPERATION}/responses/default"),
    Case("S28", "no answers", {f"{OPERATION}/x-answers": ...}, OPERATION),
    Case("S28", "success with an error", {f"{OPERATION}/x-answers/success/status": "409"},
         f"{OPERATION}/x-answers/success/status"),
    Case("S28", "server error", {f"{OPERATION}/responses/503": {"description": "Busy."}}),
    Case("S29", "unauthenticated", {f"{OPERATION}/x-answers/unauthenticated": ...}, f"{OPERATION}/x-answers"),
    Case("S29", "wrong state", {f"{OPERATION}/x-answers/wrong-state": ...}, f"{OPERATION}/x-answers"),
    Case("S29", "nobody is forbidden", {f"{BEARER}/x-credentials/2": ...}, f"{OPERATION}/x-answers/forbidden"),
    Case("S29", "no record", {f"{OPERATION}/x-transition": ...}, f"{OPERATION}/x-answers/unknown-record"),
    Case("S29", "nothing forbidden", {f"{BEARER}/x-credentials/2": ..., f"{OPERATION}/x-answers/forbidden": ...,
                                      f"{OPERATION}/responses/403": ...}),
    Case("S30", "parameter", {f"{OPERATION}/x-ensures/0": "$response.body#/number == $request.path.id"},
         f"{OPERATION}/x-ensures/0"),
    Case("S30", "wrong place", {f"{OPERATION}/x-ensures/0": "$response.body#/number == $request.query.number"},
         f"{OPERATION}/x-ensures/0"),
    Case("S30", "member of the response", {f"{OPERATION}/x-ensures/0": "$response.body#/id == $request.path.number"},
         f"{OPERATION}/x-ensures/0"),
    Case("S30", "header of the response", {f"{OPERATION}/x-ensures/0": '$response.header.X-Id == "1"'},
         f"{OPERATION}/x-ensures/0"),
    Case("S30", "member of the request", {f"{OPERATION}/x-constraints/0/any-given/1": "$request.body#/reason/day"},
         f"{OPERATION}/x-constraints/0/any-given/1"),
    Case("S30", "item without each", {f"{OPERATION}/x-transition/set/~1note": "$item#/note"},
         f"{OPERATION}/x-transition/set/~1note"),
    Case("S30", "member of a closed record", {"/x-records/parcel/schema/additionalProperties": False,
                                              f"{OPERATION}/x-transition/set/~1held_by": "us",
                                              f"{SEEDS}/0/record/weights": ...},
         f"{OPERATION}/x-transition/set/~1held_by"),
    Case("S30", "member of a map", {f"{SCHEMAS}/Owner/additionalProperties": {"type": "string"},
                                    f"{OPERATION}/x-ensures/0": '$response.body#/owner/mail == "a"'}),
    Case("S31", "if", {f"{SCHEMAS}/DateReason/if": {"required": ["date"]}}, f"{SCHEMAS}/DateReason/if"),
    Case("S31", "dependentRequired", {f"{SCHEMAS}/DateReason/dependentRequired": {"date": ["kind"]}},
         f"{SCHEMAS}/DateReason/dependentRequired"),
    Case("S31", "in the schema of records", {"/x-records/parcel/schema/if": {"required": ["note"]}}),
    Case("S32", "misspelt", {f"{PARCEL}/properties/number/maxLenght": 3}, f"{PARCEL}/properties/number/maxLenght"),
    Case("S32", "example", {f"{PARCEL}/properties/number/example": "P1"}, f"{PARCEL}/properties/number/example"),
    Case("S32", "identifier", {f"{SCHEMAS}/Owner/$id": "https://a.example"}, f"{SCHEMAS}/Owner/$id"),
    Case("S32", "rare keyword", {f"{PARCEL}/properties/number/contentEncoding": "base64"}),
    Case("S33", "misspelt", {f"{PARCEL}/required/-": "wieght"}, f"{PARCEL}/required/2"),
    Case("S33", "no properties", {f"{SCHEMAS}/Bag": {"type": "object", "description": "B.", "required": ["a"]}},
         f"{SCHEMAS}/Bag/required/0"),
    Case("S33", "declared", {f"{PARCEL}/required/-": "weights"}),
    Case("S34", "none", {f"{OPERATION}/x-ensures": ...}, OPERATION),
    Case("S34", "no content", {f"{OPERATION}/x-ensures": ..., f"{OPERATION}/responses/200": {"description": "Held."}}),
)
# fmt: on


def test_the_small_spec_follows_every_rule(parcel: Document) -> None:
    assert lint(parcel) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.name}")
def test_a_rule_is_found_broken_where_it_is_and_nowhere_else(case: Case, write: Write) -> None:
    document = write(case.changes)
    found = [finding for finding in lint(document) if finding.rule == case.rule]

    if case.at is None:
        assert lint(document) == []
    else:
        assert case.at in [finding.pointer for finding in found]
        for finding in found:
            assert finding.message
            assert finding.remedy
            assert (
                str(document.place(finding.pointer))
                == f"{document.path}:{document.line(finding.pointer)} #{finding.pointer}"
            )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.number)
def test_every_rule_has_a_spec_that_breaks_it_and_one_that_does_not(rule: Any) -> None:
    assert {case.at is None for case in CASES if case.rule == rule.number} == {True, False}


def test_rules_are_numbered_without_gaps() -> None:
    assert [rule.number for rule in RULES] == [f"S{number:02}" for number in range(1, len(RULES) + 1)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.number)
def test_a_rule_is_one_sentence(rule: Any) -> None:
    assert re.fullmatch(r"[A-Z][^\n]*[a-z]\.", rule.statement)


def test_findings_come_in_the_order_of_the_file(write: Write) -> None:
    document = write({f"{SCHEMAS}/Owner/description": ..., f"{OPERATION}/summary": ..., "/info/version": "1"})

    assert [finding.rule for finding in lint(document)] == ["S23", "S09", "S24"]


def test_all_faults_of_one_kind_are_found_at_once(write: Write) -> None:
    document = write({f"{PARCEL}/type": "objekt", f"{SCHEMAS}/Owner/type": "objekt"})

    assert [finding.pointer for finding in lint(document)] == [f"{PARCEL}/type", f"{SCHEMAS}/Owner/type"]
