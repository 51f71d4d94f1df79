"""Queries over files of parameter sets, a batch of rows at a time."""
