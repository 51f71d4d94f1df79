"""Closed forms: formulas as exact expressions over table entries, and as numbers."""
