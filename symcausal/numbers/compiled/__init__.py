"""Queries as functions of the parameters: compiled once, evaluated exactly or over arrays."""
