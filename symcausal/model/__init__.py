"""The facade: a model, and what can be asked of it."""

from __future__ import annotations

from symcausal.model.model import Model

__all__ = ["Model"]
