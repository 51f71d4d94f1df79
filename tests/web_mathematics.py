"""Formulas through KaTeX, at its strictest, and MathJax: what shows mathematics on the web.

``SYMCAUSAL_KATEX`` names a folder in which ``npm install katex mathjax-full`` was run, as ``make katex``
does.

Main definitions
----------------
complaints : what KaTeX and MathJax have to say against some formulas.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

_BETWEEN = re.compile(r"(?<=\\end\{align\*\})\s+(?=\\begin\{align\*\})")
# Two packages of MathJax would show in red what it does not know; the third needs an output. Without the
# package of text macros, as many pages load it, it shows a command in text as it is typed.
_SCRIPT = r"""
const katex = require("katex");
const {mathjax} = require("mathjax-full/js/mathjax.js");
const {TeX} = require("mathjax-full/js/input/tex.js");
const {AllPackages} = require("mathjax-full/js/input/tex/AllPackages.js");
const {liteAdaptor} = require("mathjax-full/js/adaptors/liteAdaptor.js");
const {RegisterHTMLHandler} = require("mathjax-full/js/handlers/html.js");
const {STATE} = require("mathjax-full/js/core/MathItem.js");
RegisterHTMLHandler(liteAdaptor());
const mathJaxWithout = (...left) => {
  const packages = AllPackages.filter(name => !left.includes(name));
  const formatError = (jax, error) => { throw error; };
  const page = mathjax.document("", {InputJax: new TeX({packages, formatError})});
  return text => page.convert(text, {display: true, end: STATE.CONVERT});
};
const lacking = ["noundefined", "noerrors", "bussproofs"];
const bare = mathJaxWithout("textmacros", ...lacking);
const programs = {
  KaTeX: text => katex.renderToString(text, {displayMode: true, throwOnError: true, strict: "error"}),
  MathJax: mathJaxWithout(...lacking),
  "MathJax without text macros": text => bare(text).walkTree(node => {
    if (node.isKind("mtext") && /\\[^\s\\]/.test(node.getText())) {
      throw new Error(`shows '${node.getText()}'`);
    }
  }),
};
const complaints = [];
for (const formula of JSON.parse(require("fs").readFileSync(0, "utf8"))) {
  for (const [name, typeset] of Object.entries(programs)) {
    try {
      typeset(formula);
    } catch (error) {
      complaints.push(`${name}: ${formula}  ->  ${error.message}`);
    }
  }
}
process.stdout.write(JSON.stringify(complaints));
"""


def complaints(formulas: Sequence[str]) -> list[str]:
    """Those formulas that KaTeX or MathJax refuses, each with its reason.

    Parameters
    ----------
    formulas : sequence of str
        LaTeX without the dollar signs. Environments such as ``aligned`` may be used; displays that
        follow each other are formulas of their own, as they are on a page.
    """
    folder = Path(os.environ["SYMCAUSAL_KATEX"])
    node = shutil.which("node")
    assert node is not None, "node is not installed"
    ended = subprocess.run(
        [node, "-e", _SCRIPT],
        input=json.dumps([one for formula in formulas for one in _BETWEEN.split(formula)]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        check=True,
    )
    found: list[str] = json.loads(ended.stdout)
    return found
