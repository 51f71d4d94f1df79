"""Ratios of times, measured in one run."""
