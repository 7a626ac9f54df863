"""Put the findings of a verdict together that have one cause, such as a component that several operations share."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from specloom.release.compat.causes import cause
from specloom.release.compat.change import Change, Severity


@attrs.frozen
class Group:
    """Findings that say the same of the same places, for several operations or parts of them."""

    changes: tuple[Change, ...]

    @property
    def change(self) -> Change:
        """The first of them."""
        return self.changes[0]

    @property
    def operations(self) -> tuple[str, ...]:
        """The operations that share it."""
        return tuple(dict.fromkeys(each.operation for each in self.changes if each.operation is not None))


def grouped(changes: Iterable[Change]) -> list[Group]:
    """Return findings in their order, those with one cause together."""
    found: dict[Change, list[Change]] = {}
    for change in changes:
        found.setdefault(attrs.evolve(cause(change), operation=None), []).append(change)
    return [Group(tuple(each)) for each in found.values()]


def tally(changes: Iterable[Change]) -> dict[Severity, int]:
    """Return how many groups of findings there are of each severity, the highest first."""
    severities = [group.change.severity for group in grouped(changes)]
    return {severity: severities.count(severity) for severity in sorted(Severity, reverse=True)}


def summary(changes: Iterable[Change]) -> str:
    """Return the tally in words, as in `2 breaking, 1 additive`; `no change` when there are none."""
    counts = tally(changes)
    told = [f"{count} {severity.label}" for severity, count in counts.items() if count and severity > Severity.NONE]
    without = counts[Severity.NONE]
    return ", ".join([*told, *([f"{without} without effect"] if without else [])]) or "no change"


def sentence(text: str) -> str:
    """Return text with a capital at its start and a full stop at its end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
