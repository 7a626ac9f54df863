"""Pair the servers of an API: those of the document, and those that a path or an operation has in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from specloom.release.compat.change import Side
from specloom.release.compat.pairing.match import Match, matched
from specloom.release.compat.pairing.operations import operation_pairs
from specloom.release.compat.pairing.parts import elements, members, text
from specloom.release.compat.pairs import ApiPair, Part


def servers(api: ApiPair) -> Iterator[Match]:
    """Yield the servers, paired by URL, then by `x-name`, then, where one is left on each side, with each other."""
    yield from _matches(None, elements(api.base, "servers"), elements(api.revision, "servers"))
    for pair in operation_pairs(api):
        old, new = _own(pair.base, pair.base_item), _own(pair.revision, pair.revision_item)
        if old or new:
            yield from _matches(
                pair.label,
                old or elements(api.base, "servers"),
                new or elements(api.revision, "servers"),
            )


def variables(server: Match) -> Iterator[Match]:
    """Yield the variables in the URL of a server that both documents have."""
    if server.both:
        old, new = dict(members(server.base, "variables")), dict(members(server.revision, "variables"))
        for name, base, revision in matched(old, new):
            where = f"{server.where}, variable {name}"
            yield Match(server.side, server.operation, where, base, revision)


def _own(operation: Part, item: Part | None) -> list[Part]:
    return list(elements(operation, "servers")) or list(elements(item, "servers"))


def _matches(label: str | None, base: Iterable[Part], revision: Iterable[Part]) -> Iterator[Match]:
    left = [each for each in base if text(each, "url")]
    right = [each for each in revision if text(each, "url")]
    pairs: list[tuple[Part, Part]] = []
    for member in ("url", "x-name"):
        for each in list(left):
            other = next((other for other in right if text(each, member) == text(other, member) != ""), None)
            if other is not None:
                pairs.append((each, other))
                left.remove(each)
                right.remove(other)
    if len(left) == len(right) == 1:
        pairs.append((left.pop(), right.pop()))
    for old, new in [*pairs, *((each, None) for each in left), *((None, each) for each in right)]:
        yield Match(Side.API, label, f"server {text(old or new, 'x-name') or text(old or new, 'url')}", old, new)
