"""Derivations: their shape, their honesty, and what is refused."""
