"""Check what is sent against the pydantic models and the rules of the spec, before it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import attrs

from specloom.generate.calling.rules import Rule, Values


@attrs.frozen
class Checks:
    """What is checked of an operation: `models` names the pydantic model of each location in the module of `schemas`.

    `schemas` imports that module, which needs pydantic. With `wrapped`, the model of the body has it as its member
    `body`.
    """

    schemas: Callable[[], Any]
    models: Mapping[str, str]
    rules: tuple[Rule, ...] = ()
    wrapped: bool = False

    def problems(self, values: Values) -> list[str]:
        """Return what is wrong with `values`, each with the place of it; no value is told."""
        found: list[str] = []
        for location, name in self.models.items():
            model = getattr(self.schemas(), name)
            if location == "body" and self.wrapped:
                found += _invalid(model, {"body": values["body"]}, "request") if "body" in values else []
            elif location in values:
                found += _invalid(model, values[location], location)
        return [*found, *(problem for rule in self.rules for problem in rule.problems(values))]


def load_schemas(package: str, distribution: str) -> Any:
    """Return the module of the pydantic models in `package`. Raises ImportError, saying what to install."""
    try:
        return import_module(".schemas", package)
    except ModuleNotFoundError as error:
        if error.name == f"{package}.schemas":
            raise ImportError("this package has no pydantic models, see its README; leave out validate=True") from None
        raise ImportError(
            f"validate=True needs pydantic; install it with: pip install '{distribution}[pydantic]'"
        ) from error


def _invalid(model: Any, value: Any, location: str) -> list[str]:
    try:
        model.model_validate(value)
    except ValueError as error:  # pydantic's ValidationError is one, and may not be there to be named
        details: Callable[..., list[dict[str, Any]]] | None = getattr(error, "errors", None)
        if details is None:
            raise
        found = details(include_url=False, include_context=False, include_input=False)
        return [f"{_place(value, each['loc'], location)}: {each['msg']}" for each in found]
    return []


def _place(value: Any, loc: Sequence[str | int], location: str) -> str:
    """Write where `loc` leads in `value`, without the names of alternatives that pydantic puts in between."""
    text = "body" if location == "body" else ""
    for index, token in enumerate(loc):
        is_last = index == len(loc) - 1
        try:
            value = value[token]
        except (IndexError, KeyError, TypeError):
            if not is_last or not hasattr(value, "keys"):
                continue
        text += f"[{token}]" if isinstance(token, int) else f".{token}"
    return text.removeprefix(".") or location
