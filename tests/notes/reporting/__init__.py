"""Tests of what is said of claims, in every format."""
