"""Mend what keeps many published documents from being valid OpenAPI, where it is clear what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from specloom.spec import pointer as json_pointer
from specloom.spec.api import METHODS
from specloom.spec.foreign.note import Note
from specloom.spec.walking import path_items

_NAME_IN_PATH: Final = re.compile(r"\{([^{}/]+)\}")
_SEMANTIC: Final = re.compile(r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}")
# OpenAPI 3.1, section 4.8.12.2.1: such a parameter shall be ignored.
_RESERVED: Final = frozenset({"accept", "authorization", "content-type"})
_ANY: Final = "default"


def repair(data: dict[str, Any]) -> Iterator[Note]:
    """Mend `data`, an OpenAPI 3.1 document in one file, in place; yield what was changed."""
    if not isinstance(data.setdefault("paths", {}), dict):
        return  # nothing that could be mended
    yield from _responses(data)
    yield from _info(data)
    yield from _security(data, data, ())
    used: set[str] = set()
    for path, item in path_items(data):
        if isinstance(item, dict):
            for method in [each for each in METHODS if isinstance(item.get(each), dict)]:
                at = json_pointer.join("paths", path, method)
                yield from _operation_id(item[method], method, path, at, used)
                yield from _parameters(data, item, method, path)
                yield from _body(item[method], method, at)
                yield from _security(data, item[method], ("paths", path, method))


def _info(data: dict[str, Any]) -> Iterator[Note]:
    info = data.setdefault("info", {})
    if not isinstance(info, dict):
        return  # nothing that could be mended
    for member, value in (("title", "API"), ("version", "0.0.0")):
        if not isinstance(info.get(member), str):
            given = info.get(member)
            info[member] = str(given) if isinstance(given, int | float) else value
            yield Note(f"/info/{member}", f"it is {info[member]!r} now")
    given, info["version"] = info["version"], _semantic(info["version"])
    if given != info["version"]:
        yield Note("/info/version", f"it was {given!r}; the version of a package has three numbers")


def _semantic(version: str) -> str:
    """Return a semantic version made of the first numbers in `version`, such as 2024.10.1 of 2024-10-01."""
    if _SEMANTIC.fullmatch(version):
        return version
    numbers = [str(int(each)) for each in re.findall(r"[0-9]{1,9}", version)[:3]]
    return ".".join([*numbers, "0", "0", "0"][:3]) if numbers else "0.1.0"


def _operation_id(operation: dict[str, Any], method: str, path: str, at: str, used: set[str]) -> Iterator[Note]:
    """Give an operation an id of its own; ids that differ in case and punctuation only would be one in a client."""
    given = operation.get("operationId")
    wanted = given if isinstance(given, str) and given else _id_of(method, path)
    name, number = wanted, 2
    while _plain(name) in used:
        name, number = f"{wanted}{number}", number + 1
    used.add(_plain(name))
    if name != given:
        operation["operationId"] = name
        reason = "it had none" if not given else f"{given!r} is that of another operation, too"
        yield Note(f"{at}/operationId", f"the operation is called {name!r} now: {reason}")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _id_of(method: str, path: str) -> str:
    words = [word for word in re.split(r"[^A-Za-z0-9]+", path) if word]
    return method + "".join(word[:1].upper() + word[1:] for word in words)


def _parameters(data: dict[str, Any], item: dict[str, Any], method: str, path: str) -> Iterator[Note]:
    """Make the path parameters those that the path names, and each parameter one of its kind."""
    named = set(_NAME_IN_PATH.findall(path))
    declared: set[str] = set()
    for holder, at in ((item, ("paths", path)), (item[method], ("paths", path, method))):
        yield from _listed(holder, at)
        kept: dict[tuple[str, str], Any] = {}
        for index, listed in enumerate(holder.get("parameters", [])):
            parameter = _resolved(data, listed)
            # One without a name is no other's double; that it has none is told later.
            name, location = str(parameter.get("name", index)), str(parameter.get("in"))
            reason = "it is declared twice" if (name, location) in kept else _needless(name, location, named)
            if reason:
                message = f"parameter {name!r} in {location} was left out: {reason}"
                yield Note(json_pointer.join(*at, "parameters"), message)
            else:
                kept[name, location] = listed
        if "parameters" in holder:
            holder["parameters"] = list(kept.values())
        declared |= {name for name, location in kept if location == "path"}
    for name in sorted(named - declared):
        added = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        item[method].setdefault("parameters", []).append(added)
        yield Note(json_pointer.join("paths", path, method, "parameters"), f"path parameter {name!r} was not declared")


def _listed(holder: dict[str, Any], at: tuple[str, ...]) -> Iterator[Note]:
    """Leave out of the parameters of `holder` what is no object."""
    given = holder.get("parameters", [])
    kept = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    if kept != given:
        holder["parameters"] = kept
        yield Note(json_pointer.join(*at, "parameters"), "what is no parameter was left out", lost=True)


def _needless(name: str, location: str, named: set[str]) -> str:
    """Return why a parameter of this name and location cannot be, or ""."""
    if location == "path" and name not in named:
        return "the path does not name it"
    if location == "header" and name.lower() in _RESERVED:
        return "what this header holds follows from the security and the media types"
    return ""


def _body(operation: dict[str, Any], method: str, at: str) -> Iterator[Note]:
    """Remove the body of a request for which HTTP defines none (RFC 9110, section 9.3)."""
    if method == "trace" and "requestBody" in operation:
        del operation["requestBody"]
        yield Note(f"{at}/requestBody", f"a {method.upper()} request has no body", lost=True)


def _security(data: dict[str, Any], holder: dict[str, Any], at: tuple[str, ...]) -> Iterator[Note]:
    """Leave out the schemes that are not declared: what asks for nothing else asks for nothing anybody could give."""
    components = data.get("components", {})
    declared = components.get("securitySchemes", {}).keys()
    alternatives = holder.get("security")
    if not (isinstance(alternatives, list) and all(isinstance(each, dict) for each in alternatives)):
        return  # nothing that could be mended
    unknown = sorted({name for each in alternatives for name in each} - declared)
    known = [{name: scopes for name, scopes in each.items() if name in declared} for each in alternatives]
    if unknown:
        holder["security"] = [left for left, each in zip(known, alternatives, strict=True) if left or not each]
    for name in unknown:
        yield Note(json_pointer.join(*at, "security"), f"there is no security scheme {name!r}", lost=True)


def _responses(data: dict[str, Any]) -> Iterator[Note]:
    """Describe each response, and declare one where there is none."""
    held: list[tuple[tuple[str, ...], Any]] = [
        (("components", "responses"), data.get("components", {}).get("responses", {}))
    ]
    for path, item in path_items(data):
        for method in METHODS:
            operation = item.get(method) if isinstance(item, dict) else None
            if isinstance(operation, dict):
                if not operation.get("responses"):
                    operation["responses"] = {_ANY: {"description": "Any answer."}}
                    yield Note(json_pointer.join("paths", path, method, "responses"), "it declared no response")
                held.append((("paths", path, method, "responses"), operation["responses"]))
    for at, responses in held:
        for status, response in responses.items() if isinstance(responses, dict) else ():
            if (
                isinstance(response, dict)
                and "$ref" not in response
                and not isinstance(response.get("description"), str)
            ):
                response["description"] = ""
                yield Note(json_pointer.join(*at, status), "the response had no description")


def _resolved(data: dict[str, Any], value: Any) -> dict[str, Any]:
    """Return the object that `value` is or refers to; an empty one when there is none."""
    for _ in range(100):
        if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
            break
        try:
            value = json_pointer.get(data, json_pointer.from_fragment(value["$ref"]))
        except LookupError:
            return {}
    return value if isinstance(value, dict) else {}
