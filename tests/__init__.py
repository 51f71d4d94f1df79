"""Tests; a package so that test modules can share ``tests.strategies`` and the like."""
