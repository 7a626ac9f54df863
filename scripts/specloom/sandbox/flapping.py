"""Count how often a request has failed that is to fail some times before it succeeds."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import Final

from specloom.sandbox.message import Request

_MAX_SERIES: Final = 1000


class Flaps:
    """The failures of each series of equal requests; those not asked for longest are forgotten first."""

    def __init__(self) -> None:
        """Start with none."""
        self._failed: OrderedDict[bytes, int] = OrderedDict()

    def fails(self, request: Request, times: int) -> bool:
        """Tell whether `request` fails now, being one of the first `times` of a series; a success ends the series.

        Requests are equal that have method, target, credentials, preferences and body in common.
        """
        series = _series(request)
        failed = self._failed.pop(series, 0)
        if failed >= times:
            return False
        self._failed[series] = failed + 1
        if len(self._failed) > _MAX_SERIES:
            self._failed.popitem(last=False)
        return True


def _series(request: Request) -> bytes:
    parts = [request.method, request.path, request.query]
    parts += [*request.header_values("authorization"), "", *request.header_values("prefer")]
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape"))
    digest.update(request.body)
    return digest.digest()
