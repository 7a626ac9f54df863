"""Errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Problem


class ApiError(Exception):
    """The base of all errors."""


class ConflictError(ApiError):
    """409 Conflict."""

    body: Problem | None


__all__ = ("ApiError", "ConflictError")
