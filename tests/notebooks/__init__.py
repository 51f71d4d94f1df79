"""Tests that need notebooks: IPython and marimo."""
