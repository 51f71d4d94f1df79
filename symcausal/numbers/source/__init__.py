"""Closed forms as source text in other languages."""
