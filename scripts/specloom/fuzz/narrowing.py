"""Choose the operations that a campaign over a large API looks at in depth."""

from __future__ import annotations

from random import Random

import attrs

from specloom.spec import Api


def narrowed(api: Api, count: int, seed: int) -> Api:
    """Return `api` with `count` of its operations at most (0 for all), others for each seed.

    Operations that act on records, or whose answers the spec describes, are always among them.
    """
    operations = api.operations
    described = {each.label for each in operations if each.transition is not None or each.answers}
    if not count or len(operations) <= max(count, len(described)):
        return api
    others = [each.label for each in operations if each.label not in described]
    chosen = described | set(Random(seed).sample(others, count - min(count, len(described))))  # noqa: S311 - no secret
    return attrs.evolve(api, operations=tuple(each for each in operations if each.label in chosen))
