"""Closed forms against brute force, published numbers and SymPy."""
