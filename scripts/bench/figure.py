"""A figure: what was measured, beside what, and whether it meets its target."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median, quantiles
from typing import Any, Literal

import attrs

Unit = Literal["µs", "ms", "s", "kB", "MB", "%", "/s", ""]
"""What a value is in; "" for one that is a number of things."""


@attrs.frozen
class Sample:
    """Values in the unit of their figure."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The value in the middle."""
        return median(self.values)

    @property
    def quartiles(self) -> tuple[float, float]:
        """The values below and above which a quarter lies."""
        if len(self.values) == 1:
            return self.values[0], self.values[0]
        low, _, high = quantiles(self.values, n=4, method="inclusive")
        return low, high


@attrs.frozen
class Figure:
    """Our `sample` of `what`, beside the `peer`, both measured in turn in one run.

    Where there is no `peer` though there should be one, `peer_missing` says why. `limit` is what the median must not
    exceed, `times` what it must not exceed times the median of the peer, and `reach` what it must reach times that
    median.
    """

    group: str
    what: str
    unit: Unit
    sample: Sample
    peer_name: str = ""
    peer: Sample | None = None
    limit: float | None = None
    times: float | None = None
    reach: float | None = None
    peer_missing: str = ""

    @property
    def ratio(self) -> float | None:
        """Our median as a multiple of that of the peer."""
        return None if self.peer is None or not self.peer.median else self.sample.median / self.peer.median

    @property
    def meets_target(self) -> bool | None:
        """Whether the figure meets its target; None without one."""
        if self.limit is not None:
            return self.sample.median <= self.limit
        if self.reach is not None and self.ratio is not None:
            return self.ratio >= self.reach
        return None if self.times is None or self.ratio is None else self.ratio <= self.times

    @property
    def target(self) -> str:
        """The target in words; "" without one."""
        if self.limit is not None:
            return f"≤ {self.limit:g} {self.unit}".rstrip()
        if self.reach is not None:
            return f"≥ {self.reach:g} times {self.peer_name}"
        return "" if self.times is None else f"≤ {self.times:g} times {self.peer_name}"

    def as_json(self) -> dict[str, Any]:
        """Return all of it as values of JSON."""
        return {
            **attrs.asdict(self, filter=lambda attribute, _: attribute.name not in {"sample", "peer"}),
            "values": list(self.sample.values),
            "median": self.sample.median,
            "peer_values": None if self.peer is None else list(self.peer.values),
            "peer_median": None if self.peer is None else self.peer.median,
            "ratio": self.ratio,
            "meets_target": self.meets_target,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Figure:
        """Read what `as_json` has written. Raises LookupError, TypeError and ValueError for anything else."""
        names = {attribute.name for attribute in attrs.fields(cls)} - {"sample", "peer"}
        peer = value["peer_values"]
        return cls(
            sample=Sample(tuple(map(float, value["values"]))),
            peer=None if peer is None else Sample(tuple(map(float, peer))),
            **{name: each for name, each in value.items() if name in names},
        )


def missed(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures that miss their target."""
    return [figure for figure in figures if figure.meets_target is False]
