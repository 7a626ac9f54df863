"""Models: Label is sent, Parcel and Problem are received."""

from __future__ import annotations

from typing import Literal

from attrs import define as _attrs_define

from .types import UNSET, Unset

Size = Literal["large", "small"]

State = Literal["held", "waiting"]


@_attrs_define
class Label:
    """A label."""

    text: str
    size: Size | Unset = UNSET


@_attrs_define
class Parcel:
    """A parcel."""

    number: str
    state: State | str
    weight: int | Unset = UNSET


@_attrs_define
class Problem:
    """What is wrong."""

    message: str


__all__ = ("Label", "Parcel", "Problem", "Size", "State")
