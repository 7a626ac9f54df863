"""Leave out the steps that a failure does not need."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from specloom.fuzz.replay.again import Rerun
from specloom.fuzz.result import Failure
from specloom.spec import SpecloomError


def shortened(rerun: Rerun, failure: Failure, is_over: Callable[[], bool]) -> Failure:
    """Return a failure with as few steps as still show it, as it is when it cannot be shown again; the last step stays.

    Nothing more is tried once `is_over` says so.
    """
    if len(failure.steps) < 2 or is_over() or not _shows(rerun, failure):  # noqa: PLR2004 - there is nothing to leave out
        return failure
    size = len(failure.steps) - 1
    while size and not is_over():
        start = 0
        while start < len(failure.steps) - 1 and not is_over():
            fewer = failure.steps[:start] + failure.steps[min(start + size, len(failure.steps) - 1) :]
            candidate = attrs.evolve(failure, steps=fewer, curl="")
            if _shows(rerun, candidate):
                failure = candidate
            else:
                start += size
        size //= 2
    return failure


def _shows(rerun: Rerun, failure: Failure) -> bool:
    try:
        found = rerun.run(failure)
    except SpecloomError:
        return False
    # Without what led to it, a refusal may be a success: that is another story.
    return found.same and not found.contradicts
