"""Let the cases of a campaign depend on nothing but its seed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants


@contextmanager
def repeatable() -> Iterator[None]:
    """Keep Hypothesis, for a while, from drawing constants that it reads in the modules which happen to be loaded.

    It does so for values that code compares with; the server that is fuzzed is in another process, and what else is
    loaded here differs between a command, a worker of a pool and a test. There is no public switch for it.
    """
    read = providers._get_local_constants  # noqa: SLF001 - see above
    providers.CONSTANTS_CACHE.cache.clear()
    providers._get_local_constants = Constants  # noqa: SLF001
    try:
        yield
    finally:
        providers._get_local_constants = read  # noqa: SLF001
        providers.CONSTANTS_CACHE.cache.clear()
