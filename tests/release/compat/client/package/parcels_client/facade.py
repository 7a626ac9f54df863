"""The client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .types import UNSET, Unset

if TYPE_CHECKING:
    from .models import Label, Parcel


class Holds:
    """Holding parcels."""

    def hold(self, number: str, depot: str, *, label: Label | Unset = UNSET, days: int | Unset = UNSET) -> Parcel:
        """Hold a parcel."""
        raise NotImplementedError(number, depot, label, days)


class AsyncHolds:
    """Holding parcels."""

    async def hold(self, number: str, depot: str, *, label: Label | Unset = UNSET, days: int | Unset = UNSET) -> Parcel:
        """Hold a parcel."""
        raise NotImplementedError(number, depot, label, days)


class Parcels:
    """A client."""

    def __init__(self, *, environment: Literal["production", "testing"] | None = None) -> None:
        """Make a client."""
        self._environment = environment
        self.holds = Holds()

    def close(self) -> None:
        """Close the connections."""


class AsyncParcels:
    """A client; its methods are to be awaited."""

    def __init__(self, *, environment: Literal["production", "testing"] | None = None) -> None:
        """Make a client."""
        self._environment = environment
        self.holds = AsyncHolds()
