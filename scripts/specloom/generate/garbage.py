"""Let Python look for garbage less often while a package is built."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# Objects made before it looks; by default 700. A spec of a megabyte makes millions, of which nearly all stay in use.
_OBJECTS: Final = 50_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for unreachable circles of objects seldom, and never among those that are there now."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
