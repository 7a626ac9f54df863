"""Tell when several findings have one cause, such as a component that several operations share."""

from __future__ import annotations

import attrs

from specloom.release.compat.change import Change

_HEADER = " header "


def cause(change: Change) -> Change:
    """Return what is the same in all findings with the cause of `change`: all but the part that it was found in.

    The name of a header counts: one definition may serve several.
    """
    _, header, name = change.where.partition(_HEADER)
    return attrs.evolve(change, where=f"{header}{name.partition(' ')[0]}")
