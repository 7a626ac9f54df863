"""Run independent units of work in several processes, here or on a Dask cluster."""

from specloom.scheduling.executing import completed, executor
from specloom.scheduling.window import under_way, width

__all__ = ["completed", "executor", "under_way", "width"]
