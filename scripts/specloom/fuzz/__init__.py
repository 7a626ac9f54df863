"""Fuzz a server, known by its URL alone, with schemathesis and with the behaviour that its spec describes."""

from specloom.fuzz.running import run_campaign
from specloom.fuzz.settings import CampaignResult, CampaignSettings, Failure, Progress

__all__ = ["CampaignResult", "CampaignSettings", "Failure", "Progress", "run_campaign"]
