"""Exact scalars: what may stand in an entry of a conditional probability table."""
