"""A figure: what was measured, beside what, and whether it meets its target."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median, quantiles
from typing import Any, Literal

import attrs

Unit = Literal["µs", "ms", "s", "kB", "MB", "%", "/s"]


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

    `limit` is what the median must not exceed, `times` what it must not exceed times the median of the peer, and
    `reach` what it must reach times that median.
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
            return f"≤ {self.limit:g} {self.unit}"
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


def missed(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures that miss their target."""
    return [figure for figure in figures if figure.meets_target is False]
