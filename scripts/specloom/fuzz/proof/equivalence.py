"""Say why a server that follows a changed schema of requests answers every request as one that is right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import jsonschema_rs

from specloom.fuzz.proof.drafting import Draft
from specloom.fuzz.proof.mutant import Mutant
from specloom.spec import Api, Operation
from specloom.spec import pointer as json_pointer

_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array", dict: "object"}


_EMPTY_SEGMENT: Final = "a path in which a segment is empty leads to no operation"


def implied(api: Api, operation: Operation, mutant: Mutant) -> str:
    """Return the reason; empty when there is none of those known here.

    - the values that `enum` or `const` beside it list are all that is taken, whatever `type` says
    - a parameter is text, and text that looks like a number, or like null, is text still
    - a segment of a path is not empty
    - a key that no record has is answered as an invalid one is
    """
    rule = mutant.rule
    if rule.kind == "parameter.required-parameter":
        return _EMPTY_SEGMENT if "/parameters/path." in rule.at else ""
    if rule.area not in {"body", "parameter"} or rule.aspect in {"required", "required-body", "media-type"}:
        return ""
    tokens = json_pointer.split(rule.at)[:-1]
    before, after = Draft(api).at(tokens), Draft(mutant.api).at(tokens)
    if rule.aspect == "type" and _listed(before) and _listed(before) <= _types(before) & _types(after):
        return "the values listed beside it are all that is taken"
    if rule.area == "parameter":
        return _implied_parameter(tokens, before, after) or _unknown_either_way(api, operation, tokens, before, after)
    return ""


def _implied_parameter(tokens: list[str], before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    location = tokens[tokens.index("parameters") + 1].partition(".")[0]
    if "type" in before and "type" not in after and "string" in _types(before):
        return "a parameter is text, and any text is taken already"
    if _read_as(before) == _read_as(after) and before.get("type") != after.get("type"):
        return "a parameter is text, and is read alike under either type"
    if location == "path" and before.get("minLength") == 1 and after.get("minLength", 0) == 0:
        return _EMPTY_SEGMENT
    return ""


def _unknown_either_way(
    api: Api, operation: Operation, tokens: list[str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> str:
    """Say whether a parameter names records, all of which both schemas take, and others are answered alike."""
    transition, answers = operation.transition, operation.answers
    if transition is None or not answered_alike(operation):
        return ""
    kind = api.records[transition.record]
    location, _, name = tokens[tokens.index("parameters") + 1].partition(".")
    for pointer, expression in transition.match:
        if pointer in kind.keys and expression.text == f"$request.{location}.{name}":
            values = [json_pointer.get(record, pointer) for _, record in kind.seeded()]
            schemas = [jsonschema_rs.Draft202012Validator(dict(schema)) for schema in (before, after)]
            if all(schema.is_valid(value) for value in values for schema in schemas):
                status = answers["invalid"].status
                return (
                    f"no record has a value at which the two differ, and an unknown one is answered with {status} too"
                )
    return ""


def answered_alike(operation: Operation) -> bool:
    """Say whether an invalid request and an unknown record are answered with the same status."""
    invalid, unknown = operation.answers.get("invalid"), operation.answers.get("unknown-record")
    return invalid is not None and unknown is not None and invalid.status == unknown.status


def _read_as(schema: Mapping[str, Any]) -> str:
    """Return what the text of a parameter has to look like."""
    types = _types(schema)
    if "string" in types:
        return "text" if not {"number", "integer", "boolean"} & types else "any"
    return "any" if len(types) == len(_TYPES) else ",".join(sorted(types - {"null"}))


def _types(schema: Mapping[str, Any]) -> set[str]:
    named = schema.get("type", list(_TYPES.values()))
    return {named} if isinstance(named, str) else set(named)


def _listed(schema: Mapping[str, Any]) -> set[str]:
    """Return the types of the values that `enum` or `const` list."""
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return {_TYPES.get(type(value), "null") for value in values}
