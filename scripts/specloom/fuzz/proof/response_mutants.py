"""Servers whose answers are not as the spec documents them: status, media type, headers, bodies, ensures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs

from specloom.fuzz.conformance.documented import response_of
from specloom.fuzz.proof.breaking import Breaker
from specloom.fuzz.proof.mutant import Mutant
from specloom.fuzz.proof.routes import Routes
from specloom.fuzz.proof.serving import Ask, Asked, Change, Told
from specloom.fuzz.rules import Rule
from specloom.spec import Api, Operation, Response, Schemas
from specloom.spec import pointer as json_pointer
from specloom.spec.expression import ABSENT

Edit = Callable[[Told], Told]


def response_mutants(api: Api, operation: Operation, rule: Rule) -> Iterator[Mutant]:
    """Yield the mutants of a rule about answers."""
    if rule.kind == "response.status":
        yield Mutant(rule, "refusals come as 418", api, _of_class(api, operation, _status(418), success=False))
        yield Mutant(rule, "refusals come as 500", api, _of_class(api, operation, _status(500), success=False))
        yield Mutant(rule, "successes come as 202", api, _of_class(api, operation, _status(202), success=True))
        return
    tokens = json_pointer.split(rule.at)
    status = tokens[tokens.index("responses") + 1]
    response = operation.responses[status]
    reason = unreachable(operation, status)
    for text, edit in _edits(api, response, rule, tokens):
        change = on_status(api, operation, status, edit)
        yield Mutant(rule, text, api, change, reason, status)


def unreachable(operation: Operation, status: str) -> str:
    """Return why no request leads to a response; empty when one does, be it one that asks a sandbox for it."""
    if not operation.answers or status.isdigit():
        return ""
    return f"no outcome is answered with {status}: only a server that fails sends it, and no request makes it fail"


def on_status(api: Api, operation: Operation, status: str, edit: Edit) -> Change:
    """Return the change that edits the answers of an operation with `status`, such as 200, 4XX or default."""
    routes = Routes(api)

    async def change(asked: Asked, ask: Ask) -> Told:
        told = await ask(asked)
        documented = response_of(operation, told.status)
        is_meant = documented is not None and documented is operation.responses.get(status)
        return edit(told) if is_meant and routes.operation(asked) is operation else told

    return change


def _of_class(api: Api, operation: Operation, edit: Edit, *, success: bool) -> Change:
    routes = Routes(api)

    async def change(asked: Asked, ask: Ask) -> Told:
        told = await ask(asked)
        return edit(told) if (told.status < 300) is success and routes.operation(asked) is operation else told  # noqa: PLR2004 - RFC 9110, 15.3

    return change


def _edits(api: Api, response: Response, rule: Rule, tokens: list[str]) -> Iterator[tuple[str, Edit]]:
    if rule.kind == "response.media-type":
        for name in ("text/html", "application/octet-stream"):
            yield f"it comes as {name}", _header("content-type", name)
        yield "it does not say what it comes as", _header("content-type", None)
        yield "it is no JSON", lambda told: attrs.evolve(told, body=told.body[:-1])
        yield "it is empty", lambda told: attrs.evolve(told, body=b"")
    elif rule.kind == "response.required-header":
        yield "it is left out", _header(tokens[-2].lower(), None)
    elif rule.area == "header":
        return
    else:
        yield from _broken(api, response, rule, tokens)


def _broken(api: Api, response: Response, rule: Rule, tokens: list[str]) -> Iterator[tuple[str, Edit]]:
    index = tokens.index("content") + 1
    media_type = next(each for each in response.media_types if each.name == tokens[index])
    below = tuple(tokens[index + 2 :])
    member = below[-1] if rule.aspect == "required" else ""
    assert media_type.schema_pointer is not None  # noqa: S101 - the rule was made from it
    breaker = Breaker(
        api.document, Schemas(api.document), media_type.schema_pointer, below[:-1] if member else below, member
    )
    texts = [text for example in media_type.examples for text, _ in breaker.broken(example.value)]
    for text in dict.fromkeys(texts):
        yield text, _breaking(breaker, text)


def _breaking(breaker: Breaker, text: str) -> Edit:
    def edit(told: Told) -> Told:
        body = told.json
        broken = {} if body is ABSENT else dict(breaker.broken(body))
        return told.with_json(broken[text]) if text in broken else told

    return edit


def _header(name: str, value: str | None) -> Edit:
    return lambda told: told.with_header(name, value)


def _status(status: int) -> Edit:
    return lambda told: attrs.evolve(told, status=status)


def otherwise(value: Any) -> Any:
    """Return a value of the same type as `value` that differs from it."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return f"{value}x" if value else "x"
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, list):
        return [*value[:-1], otherwise(value[-1])] if value else ["x"]
    if isinstance(value, dict) and value:
        name = next(iter(value))
        return {**value, name: otherwise(value[name])}
    return "x" if value is None else {"x": "x"}
