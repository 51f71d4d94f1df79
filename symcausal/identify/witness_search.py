"""placeholder"""
from __future__ import annotations
from collections.abc import Iterator

def perturbed_models(*args) -> Iterator:
    return iter(())
