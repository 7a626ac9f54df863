"""Fuzz a server, known by its URL alone, with schemathesis and with the behaviour that its spec describes."""

from specloom.fuzz.result import CampaignResult, Case, Failure, LeftOut, Progress, Step
from specloom.fuzz.running import CampaignInterrupted, run_campaign
from specloom.fuzz.settings import CampaignSettings

__all__ = [
    "CampaignInterrupted",
    "CampaignResult",
    "CampaignSettings",
    "Case",
    "Failure",
    "LeftOut",
    "Progress",
    "Step",
    "run_campaign",
]
