"""Choose the operations that a campaign looks at in depth."""

from __future__ import annotations

from random import Random

from specloom.spec import Api, Operation


def narrowed(api: Api, count: int, seed: int) -> Api:
    """Return `api` with `count` of its operations at most (0 for all), others for each seed.

    Operations that act on records, or whose answers the spec describes, are always among them.
    """
    operations = api.operations
    described = {each.label for each in operations if _is_described(each)}
    if not count or len(operations) <= max(count, len(described)):
        return api
    others = [each.label for each in operations if each.label not in described]
    chosen = described | set(Random(seed).sample(others, count - min(count, len(described))))  # noqa: S311 - no secret
    return api.having(tuple(each for each in operations if each.label in chosen))


def focused(api: Api, label: str) -> Api:
    """Return `api` with the operation called `label`, and those that may act on the same records; "" leaves it whole.

    What the spec does not describe depends on no other request.
    """
    return api.having(tuple(each for each in api.operations if label in {"", each.label} or _is_described(each)))


def _is_described(operation: Operation) -> bool:
    return operation.transition is not None or bool(operation.answers)
