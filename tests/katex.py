"""Formulas through KaTeX, the strictest of the programs that show mathematics on the web.

``SYMCAUSAL_KATEX`` names a folder in which ``npm install katex`` was run, as ``make katex`` does.

Main definitions
----------------
complaints : what KaTeX has to say against some formulas.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

_SCRIPT = """
const katex = require("katex");
const formulas = JSON.parse(require("fs").readFileSync(0, "utf8"));
const complaints = [];
for (const formula of formulas) {
  try {
    katex.renderToString(formula, {displayMode: true, throwOnError: true, strict: "error"});
  } catch (error) {
    complaints.push(formula + "  ->  " + error.message);
  }
}
process.stdout.write(JSON.stringify(complaints));
"""


def complaints(formulas: Sequence[str]) -> list[str]:
    """Those formulas that KaTeX refuses, each with its reason.

    Parameters
    ----------
    formulas : sequence of str
        LaTeX without the dollar signs. Environments such as ``aligned`` may be used.
    """
    folder = Path(os.environ["SYMCAUSAL_KATEX"])
    node = shutil.which("node")
    assert node is not None, "node is not installed"
    ended = subprocess.run(
        [node, "-e", _SCRIPT],
        input=json.dumps(list(formulas)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        check=True,
    )
    found: list[str] = json.loads(ended.stdout)
    return found
