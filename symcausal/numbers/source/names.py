"""What closed forms can be written in, by name: commands offer it before any writer is loaded.

Main definitions
----------------
NUMBERS_IN_LATEX : a calculation in numbers.
SOURCES : the languages, and that.
"""

from __future__ import annotations

NUMBERS_IN_LATEX = "latex-numbers"
SOURCES = ("python", "numpy", "c", "julia", "r", "javascript", NUMBERS_IN_LATEX)
