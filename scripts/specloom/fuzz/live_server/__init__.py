"""Test a server that is not this machine without changing anything on it, and only when the user confirms the plan."""
