"""Measure what specloom promises: speed, and what it finds and catches."""
