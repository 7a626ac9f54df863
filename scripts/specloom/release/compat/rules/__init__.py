"""The rules of the wire verdict, one module each: found by walking this package, so that a new one needs no list."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

from specloom.release.compat.rule import ApiRule, OperationRule, SchemaRule, TypedRule

_Rule = TypeVar("_Rule", SchemaRule | TypedRule, OperationRule, ApiRule)


@cache
def schema_rules() -> tuple[SchemaRule | TypedRule, ...]:
    """Return the rules about schemas, sorted by id."""
    return _sorted(rule for rule in _rules() if isinstance(rule, SchemaRule | TypedRule))


@cache
def operation_rules() -> tuple[OperationRule, ...]:
    """Return the rules about operations, sorted by id."""
    return _sorted(rule for rule in _rules() if isinstance(rule, OperationRule))


@cache
def api_rules() -> tuple[ApiRule, ...]:
    """Return the rules about a whole API, sorted by id."""
    return _sorted(rule for rule in _rules() if isinstance(rule, ApiRule))


def _rules() -> Iterator[Any]:
    """Yield the RULE of each module below this package; a module without one is no rule."""
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        if not module.ispkg:
            rule = getattr(importlib.import_module(module.name), "RULE", None)
            if rule is not None:
                yield rule


def _sorted(rules: Iterator[_Rule]) -> tuple[_Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: rule.id))
