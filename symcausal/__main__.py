"""``python -m symcausal``."""

from __future__ import annotations

from symcausal.cli.main import process

process()
