"""What commands are made of."""

from __future__ import annotations

from typing import Any

Argument: Any = dict
Command: Any = dict
Program: Any = dict
