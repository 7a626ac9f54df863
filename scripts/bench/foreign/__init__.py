"""Measure what specloom and two other generators make of a folder of public specs that its user provides."""
