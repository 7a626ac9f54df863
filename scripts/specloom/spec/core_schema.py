"""YAML 1.2 with its core schema, which OpenAPI 3.1 recommends; PyYAML's own resolvers are those of YAML 1.1."""

from __future__ import annotations

import math
import re
from typing import Any

import yaml


class CoreSchemaLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.2 core schema: no timestamps, no `on`/`off`/`yes`/`no`, no sexagesimal numbers."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own protocol


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
):
    CoreSchemaLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), _first)


def compose(text: str) -> yaml.Node | None:
    """Return the node of the one document in `text`, None when it is empty. Raises yaml.YAMLError."""
    loader = CoreSchemaLoader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
    finally:
        loader.dispose()
    return node


def scalar(kind: str, text: str) -> Any:
    """Return the JSON value of a scalar whose tag ends with `kind`.

    Raises ValueError for what is no JSON number: infinity, thousands of digits, or a tag such as `!!int` on other text;
    LookupError for other tags.
    """
    if kind == "str":
        return text
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind == "int":
        return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
    if kind == "float":
        return finite(text)
    raise LookupError(kind)


def finite(text: str) -> float:
    """Return the number that `text` stands for; raise ValueError when JSON cannot hold it."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number
