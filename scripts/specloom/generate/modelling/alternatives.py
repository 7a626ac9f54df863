"""Tell the alternatives of a schema from each other, and what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

from specloom.generate.modelling.merging import Merged, fits, merge
from specloom.generate.modelling.parts import Part, References
from specloom.generate.modelling.scalars import NULL
from specloom.spec.equality import is_in


def combinations(
    base: Sequence[Part], groups: Sequence[Sequence[Part]], references: References
) -> list[tuple[tuple[Part, ...], Merged]]:
    """Return what holds together when one alternative of each group does, with `base`, and what this says.

    Combinations that exclude each other are left out.
    """
    found = []
    for chosen in product(*groups):
        merged = merge(references.flat([*base, *chosen]))
        if merged.types != ():
            found.append((chosen if _says_all(base, chosen, references) else (*base, *chosen), merged))
    return found


def _says_all(base: Sequence[Part], chosen: Sequence[Part], references: References) -> bool:
    """Whether `base` adds nothing to an alternative: it only names types, which that has anyway."""
    if not all(part.says == {"type"} for part in base):
        return False
    around, types = merge(base).types, merge(references.flat(chosen)).types
    return around is None or (types is not None and set(types) <= set(around))


def allows(parts: Sequence[Part], value: Any, references: References) -> bool:
    """Say whether what `parts` say of types and of single values allows `value`."""
    merged = merge(references.flat(parts))
    if merged.types is not None and not fits(value, merged.types):
        return False
    if merged.values is not None and not is_in(value, merged.values):
        return False
    return all(any(allows([each], value, references) for each in group) for group in merged.groups)


def tagged(
    found: Sequence[tuple[Merged, dict[str, Any]]], flat: Sequence[Part], references: References
) -> dict[str, Any] | None:
    """Return the alternatives `found` with the member that tells them apart, None when there is no such member.

    It is one that all require, and that is one of other texts in each of them. Such a member that `flat`, the schemas
    around the alternatives, declare as discriminator comes first; others that are none are no less fit.
    """
    classes = [(merged, schema) for merged, schema in found if schema != NULL]
    targets = [schema.get("$ref") for _, schema in classes]
    if len(set(targets) - {None}) < max(len(targets), len("ab")):
        return None
    declared = [part.schema["discriminator"].get("propertyName") for part in flat if "discriminator" in part.schema]
    for name in dict.fromkeys([*declared, *classes[0][0].required]):
        tags = _tags(name, classes, references)
        if tags:
            of_all = {
                "oneOf": [schema for _, schema in classes],
                "discriminator": {"propertyName": name, "mapping": tags},
            }
            return {"anyOf": [of_all, NULL]} if len(classes) < len(found) else of_all
    return None


def _tags(name: str, classes: Sequence[tuple[Merged, dict[str, Any]]], references: References) -> dict[str, str] | None:
    """Return the class of each text that the member `name` may be, None when it does not tell them apart."""
    tags: dict[str, str] = {}
    for merged, schema in classes:
        member = merge(references.flat(merged.properties.get(name, ())))
        values = set(member.values or ()) if name in merged.required else set()
        if not values or values & tags.keys() or not all(isinstance(each, str) for each in values):
            return None
        tags |= dict.fromkeys(sorted(values), schema["$ref"])
    return tags


def title(chosen: Sequence[Part], index: int) -> str:
    """Return what tells an alternative from others in the name of a class."""
    given = chosen[-1].schema.get("title")
    return given if isinstance(given, str) and given else f"type {index}"
