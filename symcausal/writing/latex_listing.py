r"""Lines as they are typed, in LaTeX: verbatim where they fit, else with places to break.

Main definitions
----------------
listing_latex : a listing.

Implementation notes
--------------------
``verbatim`` breaks no line, and slides of beamer refuse it. A listing with a line that may be too long
is a paragraph for each line instead, in the same type; how many fit is left to TeX. What `check` reads
of a model is a comment in either case, with its lines whole.
"""

from __future__ import annotations

from symcausal.patterns import late
from symcausal.writing.blocks import MODEL
from symcausal.writing.names import latex_escaped
from symcausal.writing.style import Style

_LETTER = 0.525  # ems, of typewriter type
_WHOLE = 16  # letters of a word that is not broken
# a longer one may be broken behind signs, but for a decimal point, and after ten letters in a row
_UNBROKEN = late(r"(?:[^\W_]|\.){1,10}(?:[^\w\s.]|_){0,5}|(?:[^\w\s]|_){1,10}")
_BLANKS = late(r"(\s+)")


def listing_latex(lines: str, language: str, style: Style) -> str:
    r"""Return lines as they are typed; those of a model stand in comments as well, for `check`.

    >>> print(listing_latex("X -> Y", "", Style(width=32)))
    \begin{verbatim}
    X -> Y
    \end{verbatim}
    """
    each = lines.splitlines()
    declared = [f"% {line}" for line in (f"{MODEL}:", *each)] if language == MODEL else []
    longest = max(map(len, each), default=0)
    if longest * _LETTER <= style.ems and r"\end{verbatim}" not in lines:
        return "\n".join([*declared, r"\begin{verbatim}", lines, r"\end{verbatim}"])
    return "\n".join(
        [
            *declared,
            f"% {MODEL}: off",
            r"\smallskip{\raggedright\ttfamily\frenchspacing\leftskip=2em\parindent=-2em\parskip=0pt",
            *(_line(line) + r"\par" for line in each),
            r"}\smallskip",
            f"% {MODEL}: on",
        ]
    )


def _line(line: str) -> str:
    """A line that may be broken at its blanks and within its long words."""
    ink = line.lstrip()
    pieces = _BLANKS.split(ink)
    return r"\ " * (len(line) - len(ink) or not ink) + "".join(
        (" " if len(piece) == 1 else r"\ " * len(piece)) if i % 2 else _word(piece)
        for i, piece in enumerate(pieces)
    )


def _word(word: str) -> str:
    pieces = [word] if len(word) <= _WHOLE else _UNBROKEN.findall(word)
    written = r"\allowbreak{}".join(map(latex_escaped, pieces))
    return written.replace(r"\_", r"\char95{}")  # OT1 would draw a line, which nobody can copy
