"""Find operations that a request line does not tell apart: names of parameters, queries and fragments do not count."""

from __future__ import annotations

import re

from specloom.spec import Api, Operation


def alike(api: Api, operation: Operation) -> list[Operation]:
    """Return an operation, and those with its method that the same request lines can be meant for."""
    found = operations_at(api, operation)
    return [operation, *(each for each in found if each.method == operation.method and each is not operation)]


def operations_at(api: Api, operation: Operation) -> list[Operation]:
    """Return the operations, of any method, that requests for the path of `operation` can be meant for."""
    return [each for each in api.operations if _shape(each) == _shape(operation)]


def _shape(operation: Operation) -> str:
    return re.sub(r"\{[^{}]+\}", "{}", re.split("[?#]", operation.path)[0])
