"""What a campaign may act on: records by the spec's seeds or a list of the user's, and the credentials of tenants."""

from specloom.fuzz.targets.credentials import credentials_from, credentials_of, read_credentials
from specloom.fuzz.targets.ids import read_ids
from specloom.fuzz.targets.supply import KnownRecord, Supply

__all__ = ["KnownRecord", "Supply", "credentials_from", "credentials_of", "read_credentials", "read_ids"]
