"""Enumerate what a spec demands of answers: statuses, media types, bodies, headers, how faults are named."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.fuzz.rules.assertions import assertions
from specloom.fuzz.rules.requests import assertion_rule
from specloom.fuzz.rules.rule import Rule
from specloom.spec import Api, Operation, Response
from specloom.spec import pointer as json_pointer


def response_rules(api: Api, operation: Operation) -> Iterator[Rule]:
    """Yield the rules about the answers of an operation."""
    at = f"{operation.pointer}/responses"
    text = f"every status is one of {', '.join(operation.responses)}"
    yield Rule("response.status", operation.label, at, text, at)
    for response in operation.responses.values():
        yield from _of_response(api, operation, response, at + json_pointer.join(response.status))
    for index, ensure in enumerate(operation.ensures):
        pointer = f"{operation.pointer}/x-ensures/{index}"
        yield Rule("ensure.success", operation.label, pointer, ensure.text, pointer)
    for outcome, answer in operation.answers.items():
        text = f"{outcome} is answered with {answer.status}"
        status = f"{answer.pointer}/status"
        yield Rule(f"answer.{outcome}", operation.label, status, text, status)
        for name, _ in answer.headers:
            pointer = answer.pointer + json_pointer.join("headers", name)
            yield Rule("answer.header", operation.label, pointer, f"{outcome} is answered with {name}", pointer)
        if answer.fault is not None:
            pointer = f"{answer.pointer}/fault"
            yield Rule("faults.outcome", operation.label, pointer, f"{outcome} names what is at fault", pointer)
        if outcome == "invalid" and operation.responses[answer.status].faults is not None:
            response = operation.responses[answer.status]
            pointer, where = f"{response.pointer}/x-faults", f"{at}/{answer.status}/x-faults"
            yield Rule("faults.invalid", operation.label, pointer, "the error names the field at fault", where)


def _of_response(api: Api, operation: Operation, response: Response, base: str) -> Iterator[Rule]:
    subject, label = f"answer {response.status}", operation.label
    if response.media_types:
        names = ", ".join(each.name for each in response.media_types)
        pointer, at = f"{response.pointer}/content", f"{base}/content"
        yield Rule("response.media-type", label, pointer, f"{subject} comes as {names}", at)
    for media_type in response.media_types:
        if media_type.schema_pointer is not None:
            at = base + json_pointer.join("content", media_type.name, "schema")
            for each in assertions(api.document, media_type.schema_pointer):
                yield assertion_rule(each, media_type.schema_pointer, at, label=label, area="response", subject=subject)
    for header in response.headers:
        at = base + json_pointer.join("headers", header.name)
        if header.required:
            text = f"{subject} has the header {header.name}"
            yield Rule("response.required-header", label, f"{header.pointer}/required", text, f"{at}/required")
        if "schema" in api.document.at(header.pointer):
            for each in assertions(api.document, header.schema_pointer):
                name = f"header {header.name} of {subject}"
                yield assertion_rule(
                    each, header.schema_pointer, f"{at}/schema", label=label, area="header", subject=name
                )
