"""The facade: a model, and what can be asked of it."""

from __future__ import annotations

from symcausal.model.model import Model
from symcausal.record import show_by

__all__ = ["Model"]

show_by("symcausal.writing.notebook")
