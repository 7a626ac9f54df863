"""Draft the component schemas of a page's bodies."""

from __future__ import annotations

import re
from typing import Any, Final

from specloom.pages.drafting.naming import pascal, phrase, singular
from specloom.pages.drafting.tree import Node
from specloom.pages.memberfacts import LIMITS
from specloom.pages.paths import Step

Schema = dict[Any, Any]

SCALARS: Final = ("string", "integer", "number", "boolean")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_ABOUT_ARRAYS: Final = ("minItems", "maxItems", "uniqueItems")


class Components:
    """The schemas drafted so far, by name."""

    def __init__(self) -> None:
        self.schemas: dict[str, Schema] = {}

    def reference(self, name: str, schema: Schema, parent: str = "") -> Schema:
        """Keep a schema under `name`, or one with its parent's name in front; return the reference to it."""
        for candidate in (name, parent + name, *(f"{parent}{name}{number}" for number in range(2, 1000))):
            if self.schemas.setdefault(candidate, schema) == schema:
                return {"$ref": f"#/components/schemas/{candidate}"}
        raise AssertionError("a thousand schemas of one name")

    def body(self, name: str, node: Node, *, is_request: bool) -> Schema:
        """Draft the schema of a body and return the reference to it."""
        return _Body(self, is_request=is_request).value(node, name, "")

    def enum(self, name: str, values: list[Any], *, is_request: bool) -> Schema:
        """Draft an enum; a client has to get over values of an answer that nobody knows yet."""
        schema = {"type": "string", "description": phrase(name), "enum": values}
        reference = self.reference(pascal(name), schema)
        return reference if is_request else {"anyOf": [reference, {"type": "string"}]}


class _Body:
    """Drafts the schemas of one body."""

    def __init__(self, components: Components, *, is_request: bool) -> None:
        self._components = components
        self._is_request = is_request

    def value(self, node: Node, name: str, parent: str) -> Schema:
        """Return the schema of a value; that of an object is a component called `name`."""
        types = _types(node)
        if types == ["object"]:
            reference = self._object(node, name, parent)
            return {"anyOf": [reference, {"type": "null"}]} if node.is_nullable else reference
        made: Schema
        if types == ["array"]:
            items = node.inside.get(Step.ITEMS)
            inner = (
                {"type": "string", "x-inferred": "The page does not show what is in the array; we assume strings."}
                if items is None
                else self.value(items, singular(name) if items.inside else f"{name}Item", parent)
            )
            limits = {keyword: node.said[keyword] for keyword in _ABOUT_ARRAYS if keyword in node.said}
            made = {"type": "array", **limits, "items": inner}
        elif len(types) > 1:
            made = {"anyOf": [{"type": each} for each in types]}
        else:
            made = self._scalar(node, types, name)
        if not node.is_nullable:
            return made
        if made.get("type") in SCALARS:
            return {**made, "type": [made["type"], "null"]}
        return {"anyOf": [*made.pop("anyOf", [made]), {"type": "null"}]}

    def _scalar(self, node: Node, types: list[str], name: str) -> Schema:
        values = node.said.get("enum")
        if values and all(isinstance(value, str) for value in values):
            return self._components.enum(name, values, is_request=self._is_request)
        made: Schema = {"type": types[0] if types else "string"}
        if not types:
            made["x-inferred"] = "The page shows nothing but null; we assume a string when there is a value."
        made |= {keyword: node.said[keyword] for keyword in LIMITS if keyword in node.said}
        shown = [value for value in node.said.get("sample", []) if isinstance(value, str)]
        if made["type"] == "string" and shown and all(_TIME.fullmatch(value) for value in shown):
            made["format"] = "date-time"
        if not self._is_request:
            made.pop("default", None)
        return made

    def _object(self, node: Node, name: str, parent: str) -> Schema:
        """Draft an object and return the reference to it."""
        tag = self._tag(node)
        if tag is not None and self._is_request:
            return self._union(node, name, parent, *tag)
        made: Schema = {"type": "object", "description": f"{phrase(name)[:-1]} of this call."}
        if Step.ANY in node.inside:
            made["additionalProperties"] = self.value(node.inside[Step.ANY], f"{name}Value", name)
        properties = {key: self.member(key, child, name) for key, child in node.members.items()}
        required = [key for key, child in node.members.items() if self.is_required(node, child)]
        if required:
            made["required"] = required
        if node.members and not any(child.is_listed for child in node.members.values()):
            made["x-inferred"] = "The page has samples and no table; we require what every sample has."
        if properties:
            made["properties"] = properties
        return self._components.reference(pascal(name), made, parent)

    def member(self, key: str, node: Node, parent: str) -> Schema:
        """Return the schema of a member, with a description, an example and notes."""
        made = self.value(node, pascal(key), pascal(parent))
        note = _conflict(key, node, is_request=self._is_request)
        if set(made) == {"$ref"}:
            return {"description": phrase(key), "anyOf": [made], "x-conflict": note} if note else made
        made = {**made, "description": phrase(key)}
        example = _example(node)
        if example is not None and "items" not in made:
            made["examples"] = [example]
        return {**made, "x-conflict": note} if note else made

    def is_required(self, around: Node, node: Node) -> bool:
        """Return whether a member is required: in an answer, when words and samples agree that it is always there."""
        said = node.said.get("required")
        if self._is_request:
            return bool(said) and ("condition" not in node.said or self._is_about_outside(around, node))
        if any(other.is_listed for other in around.members.values()) and not node.is_listed:
            return False
        return said is not False and "condition" not in node.said and node.said.get("in-sample") == "always"

    def _is_about_outside(self, around: Node, node: Node) -> bool:
        """Return whether what a condition names stands further out: the member is required wherever its object is."""
        name = str(node.said["condition"]["member"]).rpartition(".")[2]
        return name not in around.members

    def _tag(self, node: Node) -> tuple[str, list[str]] | None:
        for child in node.members.values():
            condition = child.said.get("condition")
            name = str(condition["member"]).rpartition(".")[2] if isinstance(condition, dict) else ""
            values = node.members[name].said.get("enum") if name in node.members else None
            if values:
                return name, values
        return None

    def _union(self, node: Node, name: str, parent: str, tag: str, values: list[str]) -> Schema:
        """Draft one object for each value of the tag, so that the types of a client say what is required when."""
        mapping = {}
        for value in values:
            made: Schema = {"type": "object", "description": f"{phrase(name)[:-1]} whose {tag} is {value}."}
            made["required"] = [
                key
                for key, child in node.members.items()
                if key == tag
                or self.is_required(node, child)
                or (child.said.get("condition") or {}).get("equals") == value
            ]
            made["properties"] = {key: self.member(key, child, name) for key, child in node.members.items()}
            made["properties"][tag] = {"type": "string", "const": value, "description": phrase(tag)}
            mapping[value] = self._components.reference(pascal(f"{name} {value}"), made, parent)["$ref"]
        union = {
            "description": f"{phrase(name)[:-1]}; what it needs depends on its {tag}.",
            "oneOf": [{"$ref": each} for each in mapping.values()],
            "discriminator": {"propertyName": tag, "mapping": mapping},
        }
        return self._components.reference(pascal(name), union, parent)


def _types(node: Node) -> list[str]:
    """Return the types of a value; where words and samples disagree, what takes both."""
    types = set(node.types)
    if node.members or Step.ANY in node.inside:
        return ["object"]
    if Step.ITEMS in node.inside:
        return ["array"]
    if "number" in node.sampled_types and types <= {"integer", "number"}:
        types = {"number"}
    if types == {"array", "object"}:
        types = {"object"}
    return sorted(types - {"object", "array"}) if len(types) > 1 else sorted(types)


def _example(node: Node) -> Any:
    shown = [node.said["example"]] if "example" in node.said else node.said.get("sample", [])
    return next((value for value in shown if value is not None and not isinstance(value, dict | list)), None)


def _conflict(key: str, node: Node, *, is_request: bool) -> str:
    """Return where words and samples disagree about a member, "" where they do not."""
    condition = node.said.get("condition")
    if not is_request and condition:
        return f"The words require {key} when {condition['member']} is {condition['equals']}; we make it optional."
    if not is_request and node.said.get("required") is True and node.said.get("in-sample") != "always":
        shown = "sometimes leave it out" if "in-sample" in node.said else "have none"
        return f"The words require {key}; the samples {shown}; we make it optional."
    named, sampled = node.named_types, node.sampled_types
    if named and sampled and not sampled <= named | {"integer"}:
        has = " and ".join(sorted(sampled))
        return f"The words give {key} the type {' or '.join(sorted(named))}, the samples have {has}; we accept both."
    return ""
