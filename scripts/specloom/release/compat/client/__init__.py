"""The client verdict: whether code that imports the generated package would break."""

from specloom.release.compat.client.comparing import client_changes

__all__ = ["client_changes"]
