"""The verbs, progress and tables; no logic."""
