"""The endpoints of openapi-python-client, which are copied without the models that they refer to."""

from __future__ import annotations

import copy
import dataclasses
from typing import Any

from openapi_python_client.parser.openapi import Endpoint

__all__ = ["Endpoint"]


def _copied(endpoint: Endpoint, memo: dict[int, object]) -> Endpoint:
    """Return a copy of `endpoint` whose lists are others, with the same elements.

    openapi-python-client copies an endpoint before it sorts its parameters. All that is below would be copied too:
    every model of the answers, with those in it and the parts of the spec that they were made of. Of this it changes
    nothing.
    """
    del memo
    values = {each.name: getattr(endpoint, each.name) for each in dataclasses.fields(endpoint)}
    lists: dict[str, Any] = {name: copy.copy(value) for name, value in values.items() if isinstance(value, list | set)}
    return dataclasses.replace(endpoint, **lists)


setattr(Endpoint, "__deepcopy__", _copied)  # noqa: B010 - the class declares no such method
