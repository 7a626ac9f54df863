"""The rule on runtime expressions: each leads to a parameter, a header or a member that is declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from specloom.spec import pointer as json_pointer
from specloom.spec.api import Operation, RequestBody, Response
from specloom.spec.behaviour import Transition
from specloom.spec.expression import Expression, expressions, parse
from specloom.spec.lint.subject import Breach, Subject


def expressions_lead_somewhere(subject: Subject) -> Iterator[Breach]:
    """S30."""
    for operation in subject.api.operations:
        for pointer, expression in _expressions(subject, operation):
            if not _leads_somewhere(subject, operation, expression):
                message = f"{expression.text} leads to nothing that is declared"
                yield Breach(pointer, message, "correct the name, or declare what it names")
        if operation.transition is not None:
            yield from _members(subject, operation, operation.transition)


def _expressions(subject: Subject, operation: Operation) -> Iterator[tuple[str, Expression]]:
    """Yield (pointer of the text, expression) of all that the behaviour of an operation names."""
    source = subject.document.at(operation.pointer)
    for keyword in ("x-transition", "x-constraints", "x-answers"):
        for tokens, text in _texts(source.get(keyword, {})):
            for expression in expressions(text):
                yield operation.pointer + json_pointer.join(keyword, *tokens), expression
    for index, ensure in enumerate(operation.ensures):
        for side in (ensure.left, ensure.right):
            if side is not None:
                yield f"{operation.pointer}/x-ensures/{index}", side


def _texts(value: Any, tokens: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, str):
        yield tokens, value
    elif isinstance(value, Mapping):
        for name, child in value.items():
            if name not in {"x-inferred", "x-conflict"}:
                yield from _texts(child, (*tokens, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _texts(child, (*tokens, str(index)))


def _members(subject: Subject, operation: Operation, transition: Transition) -> Iterator[Breach]:
    schema = subject.api.records[transition.record].schema_pointer
    named = [("match", pointer) for pointer, _ in transition.match] + [
        ("set", pointer) for pointer, _ in transition.changes
    ]
    for keyword, pointer in named:
        if not _holds(subject, schema, json_pointer.split(pointer)):
            message = f"a record of kind {transition.record} has no member {pointer}"
            where = operation.pointer + json_pointer.join("x-transition", keyword, pointer)
            yield Breach(where, message, "correct the pointer, or declare the member in the schema of the record")


def _leads_somewhere(subject: Subject, operation: Operation, expression: Expression) -> bool:
    tokens = json_pointer.split(expression.pointer)
    if expression.root == "item":
        each = operation.transition.each if operation.transition is not None else None
        return each is not None and _leads_somewhere(subject, operation, parse(each.text + expression.pointer))
    names = _names(operation, expression.root)
    if names is not None:
        return tokens[0] in names
    schemas = _schemas(subject, operation, expression.root)
    return schemas is None or any(_holds(subject, schema, tokens) for schema in schemas)


def _names(operation: Operation, root: str) -> set[str] | None:
    """Return what may be named below `root`, header names in lower case; None when it holds no names."""
    if root == "response.header":
        return {header.name.lower() for response in _successes(operation) for header in response.headers}
    location = root.removeprefix("request.")
    if location not in {"path", "query", "header"}:
        return None
    names = {parameter.name for parameter in operation.parameters if parameter.location == location}
    return {name.lower() for name in names} if location == "header" else names


def _schemas(subject: Subject, operation: Operation, root: str) -> list[str] | None:
    """Return where the schemas of what `root` stands for stand; None when it has none."""
    if root == "record":
        transition = operation.transition
        return [] if transition is None else [subject.api.records[transition.record].schema_pointer]
    holders: Iterable[RequestBody | Response]
    if root == "request.body":
        holders = [] if operation.body is None else [operation.body]
    elif root == "response.body":
        holders = _successes(operation)
    else:
        return None
    return [
        media.schema_pointer for holder in holders for media in holder.media_types if media.schema_pointer is not None
    ]


def _successes(operation: Operation) -> list[Response]:
    return [response for status, response in operation.responses.items() if status.startswith("2")]


def _holds(subject: Subject, pointer: str, tokens: list[str]) -> bool:
    """Whether a value of the schema at `pointer` may have something at `tokens` that the schema declares.

    The schema of a record may be a part of the whole, so it need only not rule the member out.
    """
    if not tokens:
        return True
    pointer, schema = subject.document.resolve(pointer)
    if not isinstance(schema, dict):
        return bool(schema)  # a boolean schema, which S22 is about
    for keyword in ("allOf", "anyOf", "oneOf"):
        for index in range(len(schema.get(keyword, []))):
            if _holds(subject, f"{pointer}/{keyword}/{index}", tokens):
                return True
    token, rest = tokens[0], tokens[1:]
    if token in schema.get("properties", {}):
        return _holds(subject, pointer + json_pointer.join("properties", token), rest)
    if isinstance(schema.get("items"), dict) and (token in {"*", "-"} or token.isdigit()):
        return _holds(subject, f"{pointer}/items", rest)
    others = schema.get("additionalProperties", pointer.startswith("/x-records/"))
    return _holds(subject, f"{pointer}/additionalProperties", rest) if isinstance(others, dict) else bool(others)
