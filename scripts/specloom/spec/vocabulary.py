"""Check the `x-` keywords of a document against the vocabulary (rules S04 and S05)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import read_ensure
from specloom.spec.document import Document
from specloom.spec.expression import expressions
from specloom.spec.finding import Finding
from specloom.spec.reading import parse
from specloom.spec.walking import walk

_BEHAVIOUR: Final = ("x-transition", "x-constraints", "x-answers", "x-faults", "x-ensures")


def is_foreign(document: Document) -> bool:
    """Say whether `document` was not written for specloom, by its mark."""
    return isinstance(document.data, dict) and document.data.get("x-foreign") is True


@cache
def keywords() -> Mapping[str, Any]:
    """Return the JSON Schema of the vocabulary; its `properties` are the keywords."""
    source = resources.files("specloom.spec").joinpath("vocabulary.yaml").read_text("utf-8")
    schema: Mapping[str, Any] = parse(source, Path("vocabulary.yaml")).data
    return schema


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(dict(keywords()))


def keyword_findings(document: Document) -> Iterator[Finding]:
    """Yield unknown `x-` keywords, and known ones whose value does not follow the vocabulary."""
    known = keywords()["properties"]
    foreign = is_foreign(document)
    for tokens, value in walk(document.data):
        extensions = [keyword for keyword in value if keyword.startswith("x-")]
        for keyword in extensions:
            if keyword not in known and not foreign:
                message = f"{keyword!r} is not a keyword of the behaviour vocabulary"
                remedy = f"use one of {', '.join(sorted(known))}, or remove it"
                yield Finding("S04", json_pointer.join(*tokens, keyword), message, remedy)
        used = {keyword: value[keyword] for keyword in extensions if keyword in known}
        for error in _validator().iter_errors(used) if used else ():
            pointer = json_pointer.join(*tokens, *(str(token) for token in error.instance_path))
            yield Finding("S04", pointer, error.message, "follow the vocabulary in specs/README.md")


def behaviour_findings(document: Document) -> Iterator[Finding]:
    """Yield what the behaviour keywords refer to and is not there."""
    records = document.data.get("x-records", {})
    for tokens, value in walk(document.data):
        if value.keys().isdisjoint(_BEHAVIOUR):
            continue
        pointer = json_pointer.join(*tokens)
        for keyword in _BEHAVIOUR:
            if keyword in value:
                yield from _expression_findings(value[keyword], f"{pointer}/{keyword}")
        if "x-transition" in value:
            yield from _transition_findings(value["x-transition"], records, f"{pointer}/x-transition")
        for outcome, answer in value.get("x-answers", {}).items():
            yield from _answer_findings(document, pointer, outcome, answer, value)
    for name, kind in records.items():
        yield from _expression_findings([group["record"] for group in kind["seeds"]], f"/x-records/{name}/seeds")


def _expression_findings(source: Any, pointer: str) -> Iterator[Finding]:
    try:
        if pointer.endswith("/x-ensures"):
            for text in source:
                read_ensure(text)
        else:
            list(expressions(source))
    except ValueError as error:
        yield Finding("S05", pointer, str(error), "see the expressions in specs/README.md; `$$` writes a plain `$`")


def _transition_findings(source: Mapping[str, Any], records: Mapping[str, Any], pointer: str) -> Iterator[Finding]:
    kind = records.get(source["record"])
    if kind is None:
        message = f"there is no record kind {source['record']!r}"
        yield Finding("S05", f"{pointer}/record", message, "name a member of x-records, or add it there")
    elif not set(kind["keys"]) & set(source["match"]):
        message = f"none of the keys {', '.join(kind['keys'])} is matched"
        yield Finding("S05", f"{pointer}/match", message, "match at least one key of the record kind")


def _answer_findings(
    document: Document, pointer: str, outcome: str, answer: Mapping[str, Any], operation: Mapping[str, Any]
) -> Iterator[Finding]:
    at = f"{pointer}/x-answers/{outcome}"
    if answer["status"] not in operation.get("responses", {}):
        message = f"status {answer['status']} is not declared"
        yield Finding("S05", f"{at}/status", message, "declare the response, or answer with one that is declared")
        return
    _, response = document.resolve(f"{pointer}/responses/{answer['status']}")
    examples = {name for media_type in response.get("content", {}).values() for name in media_type.get("examples", {})}
    if "example" in answer and answer["example"] not in examples:
        message = f"response {answer['status']} has no example {answer['example']!r}"
        yield Finding("S05", f"{at}/example", message, "name one of its examples, or add it")
    if "fault" in answer and "x-faults" not in response:
        message = f"response {answer['status']} does not say where its body names a fault"
        yield Finding("S05", f"{at}/fault", message, "add x-faults to the response")
