"""Pydantic models."""

from __future__ import annotations

from pydantic import BaseModel


class Parcel(BaseModel):
    """A parcel."""

    number: str
    weight: int | None = None
