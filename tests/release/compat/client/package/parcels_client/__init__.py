"""What a generated package looks like to those who import it; tests change a line of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .errors import ApiError, ConflictError
    from .facade import AsyncParcels, Parcels
    from .types import UNSET

__all__ = (
    "UNSET",
    "ApiError",
    "AsyncParcels",
    "ConflictError",
    "Parcels",
)
