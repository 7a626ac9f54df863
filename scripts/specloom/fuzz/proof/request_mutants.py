"""Servers that take requests which the spec refuses, or refuse what it takes."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.fuzz.proof.drafting import Draft, edited
from specloom.fuzz.proof.mutant import Mutant
from specloom.fuzz.proof.routes import Routes
from specloom.fuzz.proof.serving import Ask, Asked, Change, Told
from specloom.fuzz.proof.weakening import variants
from specloom.fuzz.rules import Rule
from specloom.spec import Api, Operation
from specloom.spec import pointer as json_pointer


def request_mutants(api: Api, operation: Operation, rule: Rule) -> Iterator[Mutant]:
    """Yield the mutants of a rule about the parameters or the body of a request."""
    tokens = json_pointer.split(rule.at)
    if rule.aspect in {"required-body", "required-parameter"}:
        api_without = edited(api, tokens[:-1], lambda holder: holder.update(required=False))
        yield Mutant(rule, "it may be left out", api_without)
    elif rule.aspect == "media-type":
        declared = next(iter(operation.body.media_types)).name if operation.body else ""
        routes = Routes(api)
        yield Mutant(rule, "any media type is taken", api, _relabelled(routes, operation, declared, missing=False))
        reason = "what a body without a media type is, is left to the recipient (RFC 9110, 8.3)"
        change = _relabelled(routes, operation, declared, missing=True)
        yield Mutant(rule, "none has to be given", api, change, reason)
    else:
        yield from _keyword_mutants(api, rule, tokens)


def _keyword_mutants(api: Api, rule: Rule, tokens: list[str]) -> Iterator[Mutant]:
    member = tokens.pop() if rule.aspect in {"required", "dependentRequired"} else ""
    schema = Draft(api).at(tokens[:-1])
    found = variants(rule.aspect, schema.get(rule.aspect), member, in_body=rule.area == "body")
    if rule.kind == "parameter.type" and "string" in schema["type"]:
        # Any text is taken already; a server that takes numbers besides takes nothing more.
        found = iter(list(found)[:1])
    for text, edit in found:
        yield Mutant(rule, text, edited(api, tokens[:-1], edit))


def _relabelled(routes: Routes, operation: Operation, declared: str, *, missing: bool) -> Change:
    """Return a change that gives bodies the media type they should have had."""

    async def change(asked: Asked, ask: Ask) -> Told:
        given = asked.header("content-type")
        if asked.body and routes.operation(asked) is operation and (given is None) == missing:
            asked = asked.with_header("content-type", declared)
        return await ask(asked)

    return change
