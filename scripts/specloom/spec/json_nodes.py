"""Say where each value of a text of JSON stands, as PyYAML does for YAML."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import Final

import yaml

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_MAP: Final = "tag:yaml.org,2002:map"
_SEQUENCE: Final = "tag:yaml.org,2002:seq"
_SCALAR: Final = "tag:yaml.org,2002:str"


def compose(text: str) -> yaml.Node:
    """Return the node of `text`, which is known to be JSON; all scalars in it have the tag of strings."""
    lines = [0, *(found.end() for found in re.finditer("\n", text))]

    def mark(index: int) -> yaml.Mark:
        line = bisect_right(lines, index) - 1
        return yaml.Mark("", index, line, index - lines[line], None, 0)

    around: list[yaml.CollectionNode] = []
    for token in _TOKEN.finditer(text):
        first = token[0][0]
        if first in ",:":
            continue
        if first == "{":
            around.append(yaml.MappingNode(_MAP, [], mark(token.start())))
            continue
        if first == "[":
            around.append(yaml.SequenceNode(_SEQUENCE, [], mark(token.start())))
            continue
        node: yaml.Node
        if first in "}]":
            node = around.pop()
            node.value = list(zip(node.value[::2], node.value[1::2], strict=True)) if first == "}" else node.value
        else:
            value = json.loads(token[0]) if first == '"' else token[0]
            node = yaml.ScalarNode(_SCALAR, value, mark(token.start()), mark(token.end()))
        if not around:
            return node
        around[-1].value.append(node)
    raise ValueError(text[:40])
