"""Tests of reading and writing formulas."""
