"""Let a discriminator know each value that the schemas beside it allow: many documents leave them to be guessed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from specloom.spec import pointer as json_pointer
from specloom.spec.foreign.note import Note
from specloom.spec.subschemas import schema_sites

_UNIONS = ("anyOf", "oneOf")


def discriminate(data: dict[str, Any]) -> Iterator[Note]:
    """Complete the mappings of `data`, an OpenAPI 3.1 document in one file, in place; yield what was changed.

    Without a mapping, the value is the name of a component (OpenAPI 3.1.1, section 4.8.25.4). Where an alternative says
    by `const` or `enum` that it is another one, that is mapped. A discriminator that cannot tell alternatives apart is
    left out: it changes nothing of what is valid.
    """
    for site in list(schema_sites(data)):
        discriminator = site.schema.get("discriminator") if isinstance(site.schema, dict) else None
        if not isinstance(discriminator, dict):
            continue
        mapping = discriminator.get("mapping", {})
        if not isinstance(discriminator.get("propertyName"), str) or not isinstance(mapping, dict):
            continue  # whoever validates the document says so
        unknown = dict(_unknown(data, site.schema, mapping))
        clear = {value: found[0] for value, found in unknown.items() if len(found) == 1 and found[0]}
        at = f"{site.pointer}/discriminator"
        if unknown.keys() - clear and not mapping:
            unclear = min(unknown.keys() - clear)
            del site.schema["discriminator"]
            yield Note(at, f"it was left out: {unclear!r} leads to no alternative, or to several", lost=True)
        elif clear:
            discriminator["mapping"] = {**mapping, **clear}
            yield Note(at, f"{', '.join(map(repr, clear))} was mapped to the alternative that says so")


def _unknown(
    data: dict[str, Any], schema: dict[str, Any], mapping: dict[str, Any]
) -> Iterator[tuple[str, list[str | None]]]:
    """Yield each value that an alternative allows and no name says, with the references to such alternatives."""
    found: dict[str, list[str | None]] = {}
    names = set(mapping)
    for alternative in (each for keyword in _UNIONS for each in _listed(schema, keyword)):
        reference = alternative.get("$ref") if isinstance(alternative, dict) else None
        if isinstance(reference, str):
            names.add(reference.rpartition("/")[2])
        for value in _values(data, alternative, schema["discriminator"]["propertyName"], frozenset()):
            found.setdefault(value, []).append(reference)
    yield from ((value, references) for value, references in found.items() if value not in names)


def _values(data: dict[str, Any], schema: Any, tag: str, seen: frozenset[str]) -> set[str]:
    """Return the texts that `schema` says the member `tag` may be; none where it says nothing."""
    if not isinstance(schema, dict):
        return set()
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference not in seen:
        try:
            inner = json_pointer.get(data, json_pointer.from_fragment(reference))
        except LookupError:
            return set()
        return _values(data, inner, tag, seen | {reference})
    properties = schema.get("properties")
    member = properties.get(tag) if isinstance(properties, dict) else None
    own = _texts(data, member, seen)
    said = [_values(data, each, tag, seen) for each in _listed(schema, "allOf")]
    said.append(
        {value for keyword in _UNIONS for each in _listed(schema, keyword) for value in _values(data, each, tag, seen)}
    )
    return set.intersection(*filter(None, [own, *said])) if own or any(said) else set()


def _texts(data: dict[str, Any], schema: Any, seen: frozenset[str]) -> set[str]:
    """Return the texts that `const` or `enum` of a schema allow."""
    if not isinstance(schema, dict):
        return set()
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference not in seen:
        try:
            return _texts(data, json_pointer.get(data, json_pointer.from_fragment(reference)), seen | {reference})
        except LookupError:
            return set()
    given = [schema["const"]] if "const" in schema else schema.get("enum", [])
    return {each for each in given if isinstance(each, str)} if isinstance(given, list) else set()


def _listed(schema: dict[str, Any], keyword: str) -> list[Any]:
    found = schema.get(keyword, [])
    return found if isinstance(found, list) else []
