"""Prove by mutation that a campaign finds what it should: break each rule of a spec, and see whether it fails."""

from specloom.fuzz.proof.proving import Progress, prove
from specloom.fuzz.proof.result import KindTotals, ProofResult, Verdict
from specloom.fuzz.proof.writing import plain, write_report

__all__ = ["KindTotals", "Progress", "ProofResult", "Verdict", "plain", "prove", "write_report"]
