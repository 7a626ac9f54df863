"""Rules on components: what has to be one, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from specloom.spec import pointer as json_pointer
from specloom.spec.lint.subject import Breach, Subject, is_object

_PASCAL_CASE: Final = re.compile(r"[A-Z][a-zA-Z0-9]*")


def objects_and_enums_are_components(subject: Subject) -> Iterator[Breach]:
    """S06."""
    for site in subject.wire_sites:
        if site.component is not None or site.keyword == "not":
            continue
        kind = "enum" if "enum" in site.schema else "object" if is_object(site.schema) else None
        if kind is not None:
            message = f"this {kind} has no name"
            yield Breach(site.pointer, message, "move it to components/schemas and refer to it with $ref")


def component_schemas_are_pascal_case(subject: Subject) -> Iterator[Breach]:
    """S07."""
    for name in subject.data.get("components", {}).get("schemas", {}):
        if not _PASCAL_CASE.fullmatch(name):
            message = f"the name {name!r} is not PascalCase"
            pointer = json_pointer.join("components", "schemas", name)
            yield Breach(pointer, message, "write words joined, each with a capital: OrderStatus")
