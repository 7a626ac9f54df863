"""An executor of a running Dask cluster (https://distributed.dask.org)."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from typing import Any, Final, ParamSpec, TypeVar

from specloom.scheduling.fingerprint import fingerprint
from specloom.spec import SpecloomError

P = ParamSpec("P")
T = TypeVar("T")

_PATIENCE: Final = 10.0
_CALLS_PER_THREAD: Final = 4
_LEAST_WIDTH: Final = 32
"""Workers may join while a run is on."""


class ClusterExecutor(Executor):
    """Runs calls on the workers of a cluster; one that is killed loses nothing, since Dask does its work again."""

    def __init__(self, inner: Executor, width: int) -> None:
        """Take the executor of a Dask client, and how many calls are to be under way at once."""
        self._inner = inner
        self.width = width
        self._fingerprint = fingerprint()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a call; `fn`, its arguments and its result have to be picklable."""
        return self._inner.submit(perform, self._fingerprint, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as in Executor
        """Wait for what is still running, or give it up."""
        self._inner.shutdown(wait and not cancel_futures)


def perform(expected: str, function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    """Call `function` on a worker whose specloom has the fingerprint `expected`. Raises SpecloomError when it has not.

    Workers may join while a run is on, and so each call looks.
    """
    if fingerprint() != expected:
        raise _different([])
    return function(*args, **kwargs)


@contextlib.contextmanager
def cluster_executor(address: str) -> Iterator[Executor]:
    """Yield an executor of the cluster whose scheduler is at `address`; on an exception, what is not done is given up.

    Raises SpecloomError when Dask is not installed, no scheduler answers, or its workers have no specloom like ours.
    """
    try:
        # An optional extra, most of which has no types.
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise SpecloomError(
            "Dask is not installed", remedy="pip install 'specloom[dask]', or leave out --scheduler"
        ) from None
    try:
        client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SpecloomError(
            f"no Dask scheduler answers at {address}: {str(error) or type(error).__name__}",
            remedy="start one with `dask scheduler`, or correct the address, such as tcp://127.0.0.1:8786",
        ) from None
    try:
        _check_workers(client, address)
        threads = sum(client.nthreads().values())
        inner = ClusterExecutor(client.get_executor(pure=False), max(_LEAST_WIDTH, _CALLS_PER_THREAD * threads))
        try:
            yield inner
        except BaseException:
            inner.shutdown(cancel_futures=True)
            raise
        inner.shutdown()
    finally:
        client.close()


def _check_workers(client: Any, address: str) -> None:
    """Raise SpecloomError when there are no workers, or one of them has no specloom, or another one than this."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        raise SpecloomError(
            f"the scheduler at {address} has no workers", remedy=f"start some with `dask worker {address}`"
        ) from None
    found = client.run(fingerprint, on_error="return")
    lacking = sorted(worker for worker, each in found.items() if isinstance(each, Exception))
    if lacking:
        raise SpecloomError(
            f"specloom is not installed on {', '.join(lacking)}, or too old a version",
            remedy="install it there, the same version as here, with the extra dask",
        )
    others = sorted(worker for worker, each in found.items() if each != fingerprint())
    if others:
        raise _different(others)


def _different(workers: list[str]) -> SpecloomError:
    return SpecloomError(
        f"the specloom on {', '.join(workers) or 'a worker'} is not the one that runs here",
        remedy="install the same version there as here, and start the workers again",
    )
