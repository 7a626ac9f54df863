"""Tell schemas that read the same in both documents, with all that they refer to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from specloom.release.compat.comparing.forms import Key
from specloom.spec import Document
from specloom.spec import pointer as json_pointer
from specloom.spec.equality import equal


class Unchanged:
    """Remembers which schemas read the same; a schema that refers to itself does so when all on the way do."""

    def __init__(self, base: Document, revision: Document) -> None:
        """Compare what stands in `base` and `revision`."""
        self._base = base
        self._revision = revision
        self._known: dict[tuple[str, str], bool] = {}

    def __call__(self, base: Key, revision: Key) -> bool:
        """Say whether the schemas at two keys read the same, one by one."""
        return len(base) == len(revision) and all(map(self._same, base, revision))

    def _same(self, base: str, revision: str) -> bool:
        if (base, revision) not in self._known:
            visited: set[tuple[str, str]] = set()
            same = self._visit(base, revision, visited)
            # All that was visited is known to be the same only when nothing was found to differ.
            self._known |= dict.fromkeys(visited, True) if same else {(base, revision): False}
        return self._known[base, revision]

    def _visit(self, base: str, revision: str, visited: set[tuple[str, str]]) -> bool:
        todo = [(base, revision)]
        while todo:
            pair = todo.pop()
            if pair in visited or self._known.get(pair):
                continue
            visited.add(pair)
            before, after = _at(self._base, pair[0]), _at(self._revision, pair[1])
            if self._known.get(pair) is False or not equal(before, after):
                return False
            todo += [(target, target) for target in _targets(before)]
        return True


def _at(document: Document, pointer: str) -> Any:
    """Return what stands at `pointer`; None where nothing does, which is the same in both documents as well."""
    try:
        return json_pointer.get(document.data, pointer)
    except (LookupError, TypeError):
        return None


def _targets(value: Any) -> Iterator[str]:
    """Yield what every `$ref` within the document leads to; one that leaves it is the same text in both documents."""
    todo = [value]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            reference = value.get("$ref")
            if isinstance(reference, str) and (reference == "#" or reference.startswith("#/")):
                yield json_pointer.from_fragment(reference)
            todo += value.values()
        elif isinstance(value, list):
            todo += value
