"""A Dask cluster of this machine: `python -m bench.directory.cluster WORKERS`; ends when its standard input does."""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any


def main() -> int:
    """Start a scheduler and workers, a process each; print the scheduler's address and the workers' process ids."""
    distributed: Any = importlib.import_module("distributed")  # it has no types
    options = {"threads_per_worker": 1, "processes": True, "dashboard_address": None, "host": "127.0.0.1"}
    with distributed.LocalCluster(n_workers=int(sys.argv[1]), **options) as cluster:
        workers = [worker.process.pid for worker in cluster.workers.values()]
        sys.stdout.write(json.dumps({"address": cluster.scheduler_address, "workers": workers}) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
