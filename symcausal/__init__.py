"""Derive, check, evaluate and explain probabilities in Bayesian networks and causal models.

Names are looked up when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib

from symcausal.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from symcausal import types
    from symcausal.errors import SymcausalError
    from symcausal.model import Model
    from symcausal.model.checking import check, check_file
    from symcausal.model.typesetting import latex
    from symcausal.reading.reader import read as parse
    from symcausal.writing.document import Document
    from symcausal.writing.notations import Notation
    from symcausal.writing.notebook import side_by_side

    __version__: str

_HOMES = {
    "Document": ("symcausal.writing.document", "Document"),
    "Model": ("symcausal.model", "Model"),
    "Notation": ("symcausal.writing.notations", "Notation"),
    "SymcausalError": ("symcausal.errors", "SymcausalError"),
    "check": ("symcausal.model.checking", "check"),
    "check_file": ("symcausal.model.checking", "check_file"),
    "latex": ("symcausal.model.typesetting", "latex"),
    "parse": ("symcausal.reading.reader", "read"),
    "side_by_side": ("symcausal.writing.notebook", "side_by_side"),
}

__all__ = [
    "Document", "Model", "Notation", "SymcausalError", "__version__", "check", "check_file", "latex",
    "parse", "side_by_side", "types",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name == "types":
        return importlib.import_module("symcausal.types")
    if name == "__version__":
        from importlib.metadata import version

        return version("symcausal")
    if name not in _HOMES:
        raise AttributeError(f"module 'symcausal' has no attribute '{name}'")
    module, attribute = _HOMES[name]
    return getattr(importlib.import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted(__all__)
