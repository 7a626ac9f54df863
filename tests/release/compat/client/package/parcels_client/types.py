"""What stands for an argument that is left out."""

from __future__ import annotations


class Unset:
    """The type of UNSET."""


UNSET = Unset()
