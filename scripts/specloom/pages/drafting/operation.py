"""Draft the operation that a page documents: parameters, bodies, answers."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, Final

import attrs

from specloom.pages.drafting.naming import Names, phrase
from specloom.pages.drafting.schemas import Components, Schema
from specloom.pages.drafting.tree import are_alike, merged, tree
from specloom.pages.drafting.writing import Todo
from specloom.pages.facts import REQUEST, Fact
from specloom.pages.memberfacts import LIMITS
from specloom.spec.equality import equal

_OWN_MEANS: Final = frozenset({"accept", "authorization", "content-type"})
_NUMBERED: Final = "response "
_ERROR: Final = "400"
_USUAL: Final = ("401", "404", "422", "400", "500", "403", "409", "429", "503")


@attrs.frozen
class Answers:
    """The answers of an operation: by status, the name that the page gives its body, and the words beside it."""

    bodies: dict[str, str]
    words: dict[str, str]
    is_guess: bool


def answers(facts: Sequence[Fact]) -> Answers:
    """Return the answers that a page has; where it shows bodies without statuses, those they have most likely."""
    stated = [fact for fact in facts if fact.subject.kind == "status"]
    words = {fact.subject.name: "" for fact in stated}
    words |= {fact.subject.name: fact.value for fact in stated if fact.attribute == "text"}
    if words:
        return Answers({status: status for status in words}, words, is_guess=False)
    wheres = dict.fromkeys(fact.subject.where for fact in facts if fact.subject.where.startswith(_NUMBERED))
    has_handle = any(fact.subject.kind == "parameter" and fact.subject.where == "path" for fact in facts)
    usual = [status for status in _USUAL if status != "404" or has_handle]
    statuses = ["200", *sorted(usual[: max(0, len(wheres) - 1)])]
    return Answers(dict(zip(statuses, wheres, strict=False)) or {"200": "200"}, {}, is_guess=True)


def parameters(facts: Sequence[Fact], components: Components) -> list[Schema]:
    """Return the parameters of the page, path first; those that OpenAPI says by other means are left out."""
    said: dict[tuple[str, str], dict[str, Any]] = {}
    for fact in facts:
        if fact.subject.kind == "parameter" and fact.subject.name.lower() not in _OWN_MEANS:
            said.setdefault((fact.subject.where, fact.subject.name), {})[fact.attribute] = fact.value
    order = ("path", "query", "header", "cookie")
    placed = sorted(said.items(), key=lambda each: order.index(each[0][0]))
    return [_parameter(place, name, each, components) for (place, name), each in placed]


def _parameter(place: str, name: str, said: dict[str, Any], components: Components) -> Schema:
    types = [said["type"]] if isinstance(said.get("type"), str) else list(said.get("type", ()))
    values = said.get("enum")
    schema: Schema = {"type": types[0] if len(types) == 1 else "string"}
    schema |= {keyword: said[keyword] for keyword in LIMITS if keyword in said}
    if values and all(isinstance(value, str) for value in values):
        schema = components.enum(name, values, is_request=True)
    elif said.get("nullable"):
        schema["type"] = [schema["type"], "null"]
    made: Schema = {"name": name, "in": place}
    if place == "path" or said.get("required"):
        made["required"] = True
    made |= {"description": phrase(name), "schema": schema}
    notes = []
    if not types and not values:
        notes.append("The page does not give its type; we assume a string.")
    if "either" in said:
        others = " or ".join(str(each) for each in said["either"])
        made["x-conflict"] = f"The page asks for {others}; which of them is required cannot be told of one parameter."
    example = said.get("example", said.get("default"))
    if example is None:
        example = values[0] if values else _made_up(schema)
        notes.append("The page has no example; this one is made up.")
    made["examples"] = {"one": {"value": example}}
    if notes:
        made["x-inferred"] = " ".join(notes)
    return made


def _made_up(schema: Schema) -> Any:
    kind = next(iter(schema["type"])) if isinstance(schema["type"], list) else schema["type"]
    if kind == "string":
        return "1001" if "pattern" in schema else "string"
    made: dict[str, Any] = {"integer": schema.get("minimum", 0), "number": 0.5, "boolean": True, "array": []}
    return made.get(kind, {})


def request(facts: Sequence[Fact], names: Names, components: Components) -> Schema | None:
    """Return the request body, None where the page has neither members nor a sample of one."""
    found = tree(facts, REQUEST)
    samples = shown(facts, REQUEST)
    if not found.inside and not samples:
        return None
    is_required = any(node.said.get("required") is True for node in found.members.values())
    schema = components.body(f"{names.schema}Request", found, is_request=True)
    made: Schema = {"required": is_required, "description": f"What to {names.verb}."}
    if not is_required:
        made["x-inferred"] = "The page requires no member; we take the whole body for optional."
    made["content"] = {media(facts, REQUEST): _content(schema, samples)}
    if not samples:
        made = {Todo("give an example of the request; the page has none."): None, **made}
    return made


def responses(facts: Sequence[Fact], names: Names, found: Answers, components: Components) -> Schema:
    """Return the responses; the errors share one schema where their bodies are alike."""
    trees = {status: tree(facts, where) for status, where in found.bodies.items()}
    errors = [node for status, node in trees.items() if status >= _ERROR and node.inside]
    if errors and all(are_alike(*pair) for pair in itertools.combinations(errors, 2)):
        alike = merged(errors)
        trees = {status: alike if status >= _ERROR else node for status, node in trees.items()}
    made: Schema = {}
    for status, where in found.bodies.items():
        samples = shown(facts, where)
        notes = ["The page shows this answer without its status; which one is it?"] if found.is_guess else []
        if status >= _ERROR and trees[status].inside and not samples:
            samples = _sample_of_errors(facts, found)
            notes.append(f"The page has no sample for {status}; the sample is that of another error.")
        response: Schema = {"description": found.words.get(status) or f"Status {status}."}
        if notes:
            response["x-inferred"] = " ".join(notes)
        if trees[status].inside or samples:
            name = "ErrorResponse" if status >= _ERROR else f"{names.schema}Response"
            schema = components.body(name, trees[status], is_request=False)
            response["content"] = {media(facts, where): _content(schema, samples)}
        else:
            response = {Todo(f"say what the body of {status} looks like; the page is silent."): None, **response}
        made[status] = response
    return made


def _sample_of_errors(facts: Sequence[Fact], found: Answers) -> list[Any]:
    """Return the first sample of an error that the page has, alone in a list."""
    errors = (shown(facts, where) for status, where in found.bodies.items() if status >= _ERROR)
    return next((samples[:1] for samples in errors if samples), [])


def shown(facts: Sequence[Fact], where: str) -> list[Any]:
    """Return the distinct samples of a body whose text is whole."""
    own = [fact for fact in facts if fact.subject.kind == "sample" and fact.subject.where == where]
    faulty = {fact.subject for fact in own if fact.attribute == "fault"}
    values: list[Any] = []
    for fact in own:
        is_new = not any(equal(fact.value, value) for value in values)
        if fact.attribute == "value" and fact.subject not in faulty and is_new:
            values.append(fact.value)
    return values


def media(facts: Sequence[Fact], where: str) -> str:
    """Return the media type of a body, that of JSON where the page has none."""
    named = (fact.subject.name for fact in facts if fact.subject.kind == "media-type" and fact.subject.where == where)
    return next(named, "application/json")


def _content(schema: Schema, samples: list[Any]) -> Schema:
    names = ("one", "another", *(f"sample{number}" for number in range(3, 1000)))
    examples = {name: {"value": sample} for name, sample in zip(names, samples, strict=False)}
    return {"schema": schema, **({"examples": examples} if examples else {})}
