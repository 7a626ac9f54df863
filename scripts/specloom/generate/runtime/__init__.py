"""How requests are sent and sent again, and what each of their outcomes means; the same in every package."""
