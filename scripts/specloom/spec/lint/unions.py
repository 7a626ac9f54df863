"""The rule on unions of objects in a request: a tag tells the alternatives apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from specloom.spec import pointer as json_pointer
from specloom.spec.lint.subject import Breach, Subject, is_object


def request_unions_are_discriminated(subject: Subject) -> Iterator[Breach]:
    """S17."""
    for pointer, schema in subject.request_schemas.items():
        for keyword in ("anyOf", "oneOf"):
            places = [f"{pointer}/{keyword}/{index}" for index in range(len(schema.get(keyword, [])))]
            objects = [place for place in places if is_object(subject.resolved(place))]
            if len(objects) < 2:  # noqa: PLR2004 - one object and null or scalars need no tag
                continue
            if keyword == "anyOf" or "discriminator" not in schema:
                message = "a union of objects in a request has no tag that tells them apart"
                remedy = "write `oneOf` with a `discriminator`, and a `const` on the tag of each alternative"
                yield Breach(f"{pointer}/{keyword}", message, remedy)
            else:
                yield from _tags(subject, pointer, schema["discriminator"], objects)


def _tags(subject: Subject, pointer: str, discriminator: Mapping[str, Any], objects: list[str]) -> Iterator[Breach]:
    tag, mapping = discriminator["propertyName"], discriminator.get("mapping", {})
    found: set[str] = set()
    for place in objects:
        at, alternative = subject.document.resolve(place)
        value = _constant(subject, at, alternative, tag)
        if value is None or tag not in alternative.get("required", []):
            message = f"this alternative does not require {tag!r} with a `const`"
            yield Breach(place, message, f"give {at} the property {tag!r} with a const, and require it")
        elif mapping.get(value) != f"#{at}":
            message = f"the mapping does not lead from {value!r} to {at}"
            yield Breach(f"{pointer}/discriminator", message, f"add `{value}: '#{at}'` to the mapping")
        found.add(str(value))
    for value in mapping:
        if value not in found:
            message = f"the mapping has {value!r}, which is the tag of no alternative"
            where = pointer + json_pointer.join("discriminator", "mapping", value)
            yield Breach(where, message, "remove it, or add the alternative")


def _constant(subject: Subject, pointer: str, alternative: Mapping[str, Any], tag: str) -> str | None:
    """Return the `const` of the property `tag` of an alternative, which stands at `pointer`."""
    if tag not in alternative.get("properties", {}):
        return None
    value = subject.resolved(pointer + json_pointer.join("properties", tag)).get("const")
    return value if isinstance(value, str) else None
