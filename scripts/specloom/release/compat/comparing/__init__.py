"""Compare schemas: bring them into one form, match what belongs together, ask the rules, go on inside."""
