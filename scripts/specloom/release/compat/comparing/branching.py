"""Follow `$ref`, `allOf`, `anyOf` and `oneOf`: which schemas apply together, along each choice of alternatives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from specloom.release.compat.comparing.forms import TYPES, Condition, Exclusion, Key
from specloom.release.compat.comparing.reading import list_at, map_at, schema_at, schemas_at, text_at, types_of
from specloom.spec import Document
from specloom.spec import pointer as json_pointer

# More choices than a reader could follow; a spec that needs them is compared as text.
_MOST_BRANCHES: Final = 256
_MOST_TOGETHER: Final = 150
_FOREIGN: Final = ("$dynamicRef", "$recursiveRef")


class NotComparableError(Exception):
    """What a schema accepts cannot be told; the message says why."""


@attrs.frozen
class Branch:
    """Schemas that apply together: one choice of alternatives; `types` are the JSON types that all of them accept.

    `above` has for each of them those that led to it. `beside` are alternatives of an `anyOf` that were not chosen: a
    value may match them as well.
    """

    pointers: Key = ()
    above: tuple[frozenset[str], ...] = ()
    types: frozenset[str] = frozenset(TYPES)
    excluded: tuple[Exclusion, ...] = ()
    conditions: tuple[Condition, ...] = ()
    beside: tuple[Key, ...] = ()
    labels: tuple[str, ...] = ()


@attrs.frozen
class _Step:
    """A schema still to be followed, those that led to it, and whether it is a whole alternative."""

    pointer: str
    above: frozenset[str]
    alternative: bool = False


# What is chosen, what is excluded by that, and what may match as well.
_Choice = tuple[tuple[_Step, ...], tuple[Exclusion, ...], tuple[Key, ...]]


def branches(document: Document, key: Key) -> list[Branch]:
    """Return the choices of alternatives that the schemas of `key` leave; none when they accept nothing.

    Raises NotComparableError for a reference that leads nowhere, out of the document or back to itself.
    """
    found: list[Branch] = []
    for branch in _followed(document, tuple(_Step(pointer, frozenset()) for pointer in key), Branch()):
        found.append(branch)
        if len(found) > _MOST_BRANCHES:
            raise NotComparableError("its alternatives combine in too many ways")
    return found


def schema_of(document: Document, pointer: str) -> Any:
    """Return the schema at `pointer`; raise NotComparableError when there is none."""
    try:
        return json_pointer.get(document.data, pointer)
    except (LookupError, TypeError):
        raise NotComparableError(f"nothing stands at {pointer}") from None


def referred(schema: dict[str, Any]) -> Key:
    """Return the pointer that `$ref` holds, if any; raise NotComparableError when it leaves the document."""
    for keyword in _FOREIGN:
        if keyword in schema:
            raise NotComparableError(f"{keyword} is not followed")
    reference = text_at(schema, "$ref")
    if reference is None:
        return ()
    if reference != "#" and not reference.startswith("#/"):
        raise NotComparableError(f"$ref {reference} leaves the document or needs an anchor")
    return (json_pointer.from_fragment(reference),)


def _followed(document: Document, steps: tuple[_Step, ...], branch: Branch) -> Iterator[Branch]:
    """Yield `branch` with the schemas of `steps` followed."""
    if not steps:
        yield branch
        return
    (step, *rest), pointer = steps, steps[0].pointer
    if len(branch.pointers) > _MOST_TOGETHER:
        raise NotComparableError("too many schemas apply together")
    if pointer in step.above:
        raise NotComparableError(f"the schema at {pointer} refers to itself and to nothing else")
    schema = schema_of(document, pointer)
    if schema is False:
        return
    if not isinstance(schema, dict) or pointer in branch.pointers:
        yield from _followed(document, tuple(rest), branch)
        return
    above = step.above | {pointer}
    always = [_Step(target, above, alternative=step.alternative) for target in referred(schema)]
    always += [_Step(part, above) for part in schemas_at(schema, pointer, "allOf")]
    for choice in _null_or_not(schema, _joined(branch, schema, step)):
        if choice.types == {"null"} and choice.pointers == branch.pointers:
            yield from _followed(document, tuple(rest), choice)
            continue
        for chosen, excluded, beside in _choices(schema, pointer, above):
            with_choice = attrs.evolve(choice, excluded=choice.excluded + excluded, beside=choice.beside + beside)
            yield from _followed(document, (*always, *chosen, *rest), with_choice)


def _joined(branch: Branch, schema: dict[str, Any], step: _Step) -> Branch:
    """Return `branch` with what one schema itself says, its alternatives and references aside."""
    pointer = step.pointer
    excluded = tuple(Exclusion(key, "not") for key in [schema_at(schema, pointer, "not")] if key)
    conditions: tuple[Condition, ...] = ()
    test = schema_at(schema, pointer, "if")
    if test and ("then" in schema or "else" in schema):
        conditions = (Condition(test, schema_at(schema, pointer, "then"), schema_at(schema, pointer, "else")),)
    labels = branch.labels
    if step.alternative:
        tokens = json_pointer.split(pointer)
        name = tokens[-1] if tokens[:-1] == ["components", "schemas"] else None
        labels += tuple(label for label in (name, text_at(schema, "title")) if label is not None)
    return attrs.evolve(
        branch,
        pointers=(*branch.pointers, pointer),
        above=(*branch.above, step.above),
        types=branch.types & types_of(schema),
        excluded=branch.excluded + excluded,
        conditions=branch.conditions + conditions,
        labels=labels,
    )


def _null_or_not(schema: dict[str, Any], branch: Branch) -> Iterator[Branch]:
    """Yield `branch`, and beside it null where OpenAPI 3.0 says `nullable` of a schema without `type`."""
    if branch.types:
        yield branch
    if schema.get("nullable") is True and "type" not in schema and "null" in branch.types:
        yield attrs.evolve(branch, pointers=branch.pointers[:-1], above=branch.above[:-1], types=frozenset({"null"}))


def _choices(schema: dict[str, Any], pointer: str, above: frozenset[str]) -> Iterator[_Choice]:
    """Yield the ways to choose from the `anyOf` and the `oneOf` of one schema."""
    ways: list[_Choice] = [((), (), ())]
    # A discriminator says which alternative is meant (OpenAPI 3.1, 4.8.25): no value is taken for two of them.
    told_apart = bool(map_at(schema, "discriminator"))
    for keyword in ("anyOf", "oneOf"):
        if not list_at(schema, keyword):
            continue
        alternatives = schemas_at(schema, pointer, keyword)
        chosen: list[_Choice] = []
        for alternative in alternatives:
            others = tuple((other,) for other in alternatives if other != alternative)
            excluded = () if keyword == "anyOf" or told_apart else tuple(Exclusion(key, "oneOf") for key in others)
            beside = others if keyword == "anyOf" and not told_apart else ()
            chosen.append(((_Step(alternative, above, alternative=True),), excluded, beside))
        ways = [
            (steps + more, excluded + also, beside + others)
            for steps, excluded, beside in ways
            for more, also, others in chosen
        ]
    yield from ways
