"""Let no worker process go on when the process that it works for has been killed."""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import wait


def end_with_parent() -> None:
    """End this process as soon as its parent ends, however that ends; to be called by a worker when it starts.

    A pool ends its workers in order when the parent leaves or is interrupted. SIGTERM and SIGKILL leave it no time for
    that, and a worker would then finish its package, wait for the next one, and stay.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
