"""Draft a whole spec from the facts on a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from specloom.pages.drafting.behaviour import handle, outcomes, records, state, transition
from specloom.pages.drafting.naming import Names, names, pascal
from specloom.pages.drafting.operation import answers, parameters, request, responses
from specloom.pages.drafting.schemas import Components, Schema
from specloom.pages.drafting.writing import Todo, write
from specloom.pages.facts import Fact, Page, Subject
from specloom.spec import SpecloomError


def draft(page: Page) -> str:
    """Return the first draft of an openapi.yaml, as text, for the operation that a page documents.

    What the page does not say and the draft assumes carries `x-inferred`; where there is nothing to assume, a comment
    says what is to be done. Raises SpecloomError when the page documents no operation.
    """
    if not page.operations:
        raise SpecloomError(
            "no operation is documented on this page, so there is nothing to draft",
            remedy="give a page with a method and a path, such as POST /orders/{id}/cancel, or with a curl line",
        )
    method, _, path = page.operations[0].partition(" ")
    called = names(method, path)
    title = page.title or called.operation
    components = Components()
    strays = {fact.subject for fact in page.facts if _is_astray(fact.subject, path)}
    facts = [fact for fact in page.facts if fact.subject not in strays]
    has_forbidden = any(fact.subject.kind == "status" and fact.subject.name == "403" for fact in facts)
    schemes = _schemes(facts, has_forbidden=has_forbidden)
    operation = _operation(facts, called, title, components, schemes)
    told = (f"find out where {each.name} belongs; the page names it with the path, which lacks it." for each in strays)
    operation = {**{Todo(each): None for each in sorted(told)}, **operation}
    document: dict[Any, Any] = {
        Todo("this is a draft from one page; replace every description by one in your own words."): None,
        "openapi": "3.1.0",
        "info": {
            "title": pascal(called.tag),
            Todo("name the API, and say in a sentence what it is for."): None,
            "version": "0.1.0",
            "summary": f"{title.rstrip('.')}.",
        },
        "servers": _servers(facts),
        "tags": [{"name": called.tag, "description": f"All about {called.tag}."}],
        "paths": {path: {method.lower(): operation}},
        "components": {
            **({"securitySchemes": schemes} if schemes else {}),
            **({"schemas": components.schemas} if components.schemas else {}),
        },
    }
    kind = operation.get("x-transition")
    key = handle(facts)
    if kind and key:
        document["x-records"] = records(called, key, kind["to"])
    return write({key: value for key, value in document.items() if value != {}})


def _is_astray(subject: Subject, path: str) -> bool:
    """Say whether a page takes something for a path parameter that is none of this path, where it cannot stand."""
    return subject.kind == "parameter" and subject.where == "path" and f"{{{subject.name}}}" not in path


def _operation(
    facts: Sequence[Fact], called: Names, title: str, components: Components, schemes: Schema
) -> dict[Any, Any]:
    found = answers(facts)
    success = next((status for status in found.bodies if status.startswith("2")), "200")
    key = handle(facts)
    end = state(facts, found.bodies.get(success, success))
    body = request(facts, called, components)
    made: dict[Any, Any] = {
        "operationId": called.operation,
        "tags": [called.tag],
        "summary": title,
        "description": f"{title.rstrip('.')}.",
        "externalDocs": {"description": title, "url": "pages.yaml"},
        "security": [{name: []} for name in schemes],
    }
    if found_parameters := parameters(facts, components):
        made["parameters"] = found_parameters
    if body is not None:
        made["requestBody"] = body
    made["responses"] = responses(facts, called, found, components)
    moves = key is not None and end is not None
    told, lacking = outcomes(list(made["responses"]), has_security=bool(schemes), has_record=moves)
    for status in lacking:
        made["responses"][status] = {
            Todo(f"find out what the body of {status} looks like; the page does not list it."): None,
            "description": f"Status {status}.",
            "x-inferred": f"The page lists no {status}; something like it has to be sent.",
        }
    made["responses"] = dict(sorted(made["responses"].items()))
    if key is not None and end is not None:
        made["x-transition"] = transition(called, key, end[1])
    else:
        made[Todo("say which records it changes, with x-transition and x-records; the page is silent.")] = None
    made["x-answers"] = told
    if end is not None:
        made[Todo("say what else every success ensures.")] = None
        made["x-ensures"] = [f'$response.body#{end[0]} == "{end[1]}"']
    else:
        made[Todo("say what every success ensures, with x-ensures.")] = None
    return made


def _servers(facts: Sequence[Fact]) -> list[Schema]:
    urls = [fact.subject.name for fact in facts if fact.subject.kind == "server"]
    names_ = ("production", *(f"server{number}" for number in range(2, 100)))
    if urls:
        return [
            {"url": url, "x-name": name, "description": "As the page has it."}
            for url, name in zip(urls, names_, strict=False)
        ]
    note = "The page names no server; this one is a placeholder."
    url = "https://api.example.com"
    return [{Todo("give the real server."): None, "url": url, "x-name": "production", "x-inferred": note}]


def _schemes(facts: Sequence[Fact], *, has_forbidden: bool) -> Schema:
    """Return the security schemes, with credentials for the sandbox."""
    found: Schema = {}
    for fact in facts:
        if fact.subject.kind != "security":
            continue
        kind, *rest = fact.subject.name.split()
        if kind == "apiKey":
            name, scheme = "apiKey", {"type": "apiKey", "in": rest[0], "name": rest[1]}
        else:
            name, scheme = f"{kind}Auth", {"type": "http", "scheme": kind}
        credentials = _credentials(kind)[: 3 if has_forbidden else 2]
        made = found.setdefault(name, {**scheme, "description": "As the page asks for.", "x-credentials": credentials})
        if fact.attribute == "format":
            made["bearerFormat"] = fact.value
    return found


def _credentials(kind: str) -> list[Schema]:
    """Return credentials of two tenants, and one that is known and not allowed."""
    made = []
    for tenant, who, is_forbidden in (("north", "token", False), ("south", "token", False), ("north", "viewer", True)):
        own: Schema = {"tenant": tenant}
        if kind == "basic":
            own |= {"user": f"{tenant}-{who}", "password": f"sandbox-{tenant}-{who}"}
        else:
            own["token"] = f"sandbox-{tenant}-{who}"
        made.append({**own, **({"forbidden": True} if is_forbidden else {})})
    return made
