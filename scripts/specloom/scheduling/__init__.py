"""Run independent units of work in several processes, here or on a Dask cluster."""

from specloom.scheduling.executing import completed, executor

__all__ = ["completed", "executor"]
