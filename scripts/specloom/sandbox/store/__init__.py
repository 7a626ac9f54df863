"""Keep the records of a sandbox, and the journal of what it was asked, in memory or in a database."""

from specloom.sandbox.store.interface import MAX_BODY, Entry, Record, Store, StoreError
from specloom.sandbox.store.opening import open_store

__all__ = ["MAX_BODY", "Entry", "Record", "Store", "StoreError", "open_store"]
