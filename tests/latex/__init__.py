"""Tests that need programs which set mathematics."""
