"""The text that a document was read from, and where in it each value stands, once somebody asks."""

from __future__ import annotations

from functools import cached_property

import attrs
import yaml

from specloom.spec import json_nodes
from specloom.spec import pointer as json_pointer
from specloom.spec.core_schema import compose


@attrs.define(slots=False, eq=False)
class Source:
    """A text that is known to be a document."""

    text: str = attrs.field(repr=False)
    is_json: bool = False

    @cached_property
    def root(self) -> yaml.Node:
        """The node of the whole document. Of a text of megabytes, it takes a second, and most never need it."""
        node = json_nodes.compose(self.text) if self.is_json else compose(self.text)
        assert node is not None  # noqa: S101 - an empty text is no document
        return node

    def line(self, pointer: str) -> int:
        """Return the 1-based line of the value at `pointer`; of its nearest ancestor if there is no such value."""
        node, line = self.root, self.root.start_mark.line
        for token in json_pointer.split(pointer):
            found = self._children(node).get(token)
            if found is None:
                break
            node, line = found
        return int(line) + 1

    def _children(self, node: yaml.Node) -> dict[str, tuple[yaml.Node, int]]:
        """Return the children of `node` by name or index, each with the 0-based line that it starts on."""
        if id(node) not in self._known:
            self._known[id(node)] = _children(node)
        return self._known[id(node)]

    @cached_property
    def _known(self) -> dict[int, dict[str, tuple[yaml.Node, int]]]:
        return {}


def _children(node: yaml.Node) -> dict[str, tuple[yaml.Node, int]]:
    if isinstance(node, yaml.MappingNode):
        return {key.value: (value, key.start_mark.line) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return {str(index): (child, child.start_mark.line) for index, child in enumerate(node.value)}
    return {}
