"""Enumerate what a spec demands of a request: parameters, body, media type, credentials."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.fuzz.rules.assertions import Assertion, assertions
from specloom.fuzz.rules.rule import Rule
from specloom.spec import Api, Operation, Parameter
from specloom.spec import pointer as json_pointer


def request_rules(api: Api, operation: Operation) -> Iterator[Rule]:
    """Yield the rules about the requests of an operation."""
    yield from _credential_rules(api, operation)
    for parameter in operation.parameters:
        yield from _parameter_rules(api, operation, parameter)
    body = operation.body
    if body is None:
        return
    label = operation.label
    if body.required:
        at = f"{operation.pointer}/requestBody/required"
        yield Rule("body.required-body", label, f"{body.pointer}/required", "a body is sent", at)
    names = ", ".join(each.name for each in body.media_types)
    content = f"{operation.pointer}/requestBody/content"
    yield Rule("body.media-type", label, f"{body.pointer}/content", f"the body is sent as {names}", content)
    for media_type in body.media_types:
        if media_type.schema_pointer is not None:
            base = content + json_pointer.join(media_type.name, "schema")
            for each in assertions(api.document, media_type.schema_pointer):
                yield assertion_rule(
                    each, media_type.schema_pointer, base, label=label, area="body", subject="the body"
                )


def assertion_rule(  # noqa: PLR0913 - where it stands, and what it is about
    assertion: Assertion, root: str, base: str, *, label: str, area: str, subject: str
) -> Rule:
    """Return the rule that `assertion` of the schema at `root`, reached from an operation at `base`, states."""
    below = json_pointer.join(*assertion.at[len(json_pointer.split(root)) :])
    place = f"{'.'.join(assertion.place)} of {subject}" if assertion.place else subject
    return Rule(f"{area}.{assertion.keyword}", label, assertion.pointer, f"{place}: {_said(assertion)}", base + below)


def _said(assertion: Assertion) -> str:
    if assertion.keyword == "required":
        return f"{assertion.member} is required"
    if assertion.keyword == "dependentRequired":
        return f"with {assertion.member} comes {', '.join(assertion.value[assertion.member])}"
    if assertion.keyword in {"oneOf", "anyOf"}:
        return f"{assertion.keyword} of {len(assertion.value)}"
    if assertion.value is False:
        return f"no {'elements' if 'tems' in assertion.keyword else 'members'} but the declared ones"
    text = f"{assertion.keyword} {assertion.value}"
    return text if len(text) <= 120 else f"{text[:120]} …"  # noqa: PLR2004 - a line of a table


def _parameter_rules(api: Api, operation: Operation, parameter: Parameter) -> Iterator[Rule]:
    subject = f"{parameter.location} parameter {parameter.name}"
    base = operation.pointer + json_pointer.join("parameters", f"{parameter.location}.{parameter.name}")
    if parameter.required:
        pointer = f"{parameter.pointer}/required"
        text = f"{subject} is required"
        yield Rule("parameter.required-parameter", operation.label, pointer, text, f"{base}/required")
    if parameter.schema:
        # `schema_pointer` has its own $ref followed; the schema it was written at may say more beside it.
        root = f"{parameter.pointer}/schema"
        for each in assertions(api.document, root):
            yield assertion_rule(each, root, f"{base}/schema", label=operation.label, area="parameter", subject=subject)


def _credential_rules(api: Api, operation: Operation) -> Iterator[Rule]:
    alternatives = [names for names in operation.security if names]
    # An empty alternative makes credentials optional (OpenAPI 3.1, 4.8.10), and no other rule is left then.
    if len(alternatives) < len(operation.security):
        return
    for name in dict.fromkeys(name for names in alternatives for name in names):
        scheme = api.security_schemes[name]
        at = operation.pointer + json_pointer.join("security", name)
        label, pointer = operation.label, scheme.pointer
        yield Rule("credentials.missing", label, pointer, f"without {name} the answer is a refusal", f"{at}/missing")
        yield Rule("credentials.wrong", label, pointer, f"a wrong {name} is refused", f"{at}/wrong")
        for index, credential in enumerate(scheme.credentials):
            kind = "forbidden" if credential.forbidden else "accepted"
            verb = "may not call it" if credential.forbidden else "may call it"
            text = f"credential {index} of {name}, tenant {credential.tenant}, {verb}"
            where = f"{pointer}/x-credentials/{index}"
            yield Rule(f"credentials.{kind}", label, where, text, f"{at}/{index}")
