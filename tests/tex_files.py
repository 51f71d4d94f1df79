"""Which files TeX has on this machine.

Main definitions
----------------
has_tex : whether it finds all of some files.
PICTURES : the preamble of pictures where TikZ is there, a large package that few machines have.
drawable : LaTeX without its pictures where it is not.
"""

from __future__ import annotations

import re
import shutil
import subprocess

from symcausal.writing.latex_document import TIKZ


def has_tex(*files: str) -> bool:
    """Whether TeX finds all of some files."""
    finder = shutil.which("kpsewhich")
    if finder is None:
        return False
    found = subprocess.run([finder, *files], capture_output=True, text=True, check=False)
    return len(found.stdout.split()) == len(files)


PICTURES = TIKZ if has_tex("tikz.sty") else ""


def drawable(latex: str) -> str:
    """LaTeX that compiles here."""
    if PICTURES:
        return latex
    return re.sub(r"(?s)\\begin\{tikzpicture\}.*?\\end\{tikzpicture\}", "", latex)
