"""Numbers out of formulas: closed forms, compiled queries, sensitivity, source text, data."""
