"""What each format sets as mathematics, and what it does not, by its own specification.

Main definitions
----------------
ANYWHERE : by the ending of a file, texts that may stand one after the other.
ALONE : by the ending of a file, texts that are files of their own.
filled : such a text with formulas in it, and those of them that are to be read.
read : the formulas that are read in a text.

Notes
-----
In a text ``§`` is a formula that is to be read, and ``¤`` one that is not.
"""

from __future__ import annotations

from symcausal.notes.files.items import Formula
from symcausal.notes.files.reading import read_document

MEANT = "§"
OTHER = "¤"


def filled(template: str, first: int = 0) -> tuple[str, list[str]]:
    """Return a text with formulas, and those that are to be read."""
    meant: list[str] = []
    parts = template.replace(OTHER, "P(N) = P(M)").split(MEANT)
    for number, _ in enumerate(parts[1:], first):
        meant.append(f"P(A{number}) = P(B{number})")
    return parts[0] + "".join(a + b for a, b in zip(meant, parts[1:], strict=True)), meant


def read(text: str, ending: str) -> list[str]:
    """Return the formulas that are read, with single blanks."""
    items = read_document(text, f"notes.{ending}").items
    return [" ".join(i.excerpt().text.split()) for i in items if isinstance(i, Formula)]


ANYWHERE: dict[str, tuple[str, ...]] = {}
ALONE: dict[str, tuple[str, ...]] = {}

# docutils.sourceforge.io/docs/ref/rst/restructuredtext.html, .../directives.html; Sphinx
ANYWHERE["rst"] = (
    ".. math::\n\n   §\n",
    ".. math:: §\n",
    ".. math:: §\n\n   §\n",
    ".. math::\n   :label: one\n   :nowrap:\n\n   §\n\n   §\n\n§\n",
    ".. math::\n   §\n   :label: two\n",
    ".. math::\n   :nowrap:\n\n   \\begin{eqnarray}\n      §\n   \\end{eqnarray}\n",
    "so :math:`§` and :math:`§`, `§`:math:, `¤`:code:\n",
    "so `¤` is :ref:`¤`\n",
    "``¤`` and ``$¤$`` and :math:`§`\n",
    "Code::\n\n   ¤\n   $¤$\n\n   :math:`¤`\n\n§\n",
    "::\n\n  .. math:: ¤\n\n.. math:: §\n",
    "Quoted::\n\n> ¤\n> $¤$\n\n§\n",
    "- in an item::\n\n     ¤\n\n  so §\n",
    "Two lines\nof words::\n\n  ¤\n\n§\n",
    "No blank line::\n§\n",
    ".. ¤\n   $¤$\n\n   :math:`¤`\n\n§\n",
    "..\n   ¤\n\n   ¤\n\n§\n",
    "..\n\n   $§$\n",
    ">>> ¤\n¤\n\n§\n",
    ".. code-block:: python\n   :linenos:\n\n   ¤\n\n   :math:`¤`\n\n.. code:: r\n\n   ¤\n\n§\n",
    ".. raw:: html\n\n   <p>¤</p>\n\n§\n",
    ".. parsed-literal::\n\n   ¤\n\n.. testcode::\n\n   ¤\n\n§\n",
    ".. note:: :math:`§`\n\n   so :math:`§`\n\n   .. math:: §\n",
    ".. prf:theorem:: On :math:`§`\n   :label: three\n\n   :math:`§`\n",
    "* :math:`§`\n\n  .. math::\n\n     §\n\n#. §\n",
    ".. [1] So :math:`§`\n\n.. [#f] :math:`§`\n",
    ".. _here: http://example.org/¤\n\n.. |s| replace:: :math:`§`\n",
    "Term\n   :math:`§`\n",
    "=====  =====\na      b\n=====  =====\nx      :math:`§`\n=====  =====\n",
    "+---+---+\n| a | :math:`§` |\n+---+---+\n",
    "We know that §.\n\n§\n",
    "On :math:`§`\n===============\n\n:math:`§`\n",
    ".. only:: html\n\n   .. math:: §\n",
    ".. list-table::\n   :header-rows: 1\n\n   * - :math:`§`\n     - x\n",
    "| §\n| §\n",
    ":Field: :math:`§`\n",
)
ALONE["rst"] = (".. default-role:: math\n\nso `§`, :ref:`¤` and ``¤``\n",)

# docs.asciidoctor.org/asciidoc/latest
ANYWHERE["adoc"] = (
    "so stem:[§], latexmath:[§], asciimath:[§], latexmath:[$§$] and stem:a,q[§].\n",
    "\\stem:[x] and stem:[§]\n",
    "[stem]\n++++\n§\n++++\n",
    "[latexmath]\n++++\n\\[§\\]\n++++\n",
    "[stem#eq,subs=x]\n.Title stem:[§]\n++++\n§\n++++\n",
    "[stem]\n§\n",
    "++++\n<p>¤</p>\n\n$$¤$$\n++++\n",
    "// ¤\n// stem:[¤]\nstem:[§]\n// ¤\nstem:[§]\n",
    "////\n¤\n\nstem:[¤]\n////\n",
    "//////\n¤\n////\nstem:[¤]\n//////\n",
    "----\n¤\n\nstem:[¤]\n----\n",
    "[source,python]\n----\n¤\n----\n\n[source,r]\n¤\nand ¤\n\n§\n",
    "[,python]\n----\n¤\n----\n",
    "....\n¤\n....\n",
    "[literal]\n¤\n\n[listing]\n¤\n\n[comment]\n¤\n\n§\n",
    "words\n\n  ¤\n\n§\n",
    "```python\n¤\n```\n",
    "====\nstem:[§]\n====\n\n****\n§\n****\n\n____\nstem:[§]\n____\n\n--\n§\n--\n",
    "====\n----\n¤\n----\nstem:[§]\n====\n",
    "NOTE: stem:[§]\n\n[TIP]\n====\nstem:[§]\n====\n",
    "|===\n|a |stem:[§]\n\n|stem:[§] |x\n|===\n",
    '[cols="1,1"]\n|===\n|§ a|§\n2+|§ .2+^.>s|words\n|===\n',
    "* stem:[§]\n. §\n+\n[stem]\n++++\n§\n++++\n",
    "* item\n\n  ** nested stem:[§]\n",
    "Term::\n  stem:[§]\n\nOther::\n\n  stem:[§]\n",
    "`¤` and `+¤+` and stem:[§]\n",
    "+¤+ and pass:[¤] and stem:[§]\n",
    "== On stem:[§]\n\nstem:[§]\n",
    "We know that §.\n\n§\n",
    ":name: ¤\n\nstem:[§]\n",
    "ifdef::x[]\nstem:[§]\nendif::[]\n",
)
ALONE["adoc"] = ("= On stem:[§]\n:stem: latexmath\n:author: ¤\n\nstem:[§]\n",)

# TeX by Topic, chapter 13, and the manuals of the packages
ANYWHERE["tex"] = (
    "$§$ $$§$$ \\(§\\) \\[§\\] % $¤$\n",
    "% $¤$\n50\\% of $§$ cost \\$5 and \\$6\n",
    *(
        f"\\begin{{{name}}}\n$¤$\n\\end{{{name}}}\n"
        for name in (
            "verbatim",
            "verbatim*",
            "Verbatim",
            "BVerbatim",
            "lstlisting",
            "comment",
            "alltt",
            "filecontents*",
            "semiverbatim",
            "Sinput",
            "Soutput",
            "Highlighting",
            "pycode",
            "spverbatim",
        )
    ),
    "\\begin{minted}[linenos]{python}\n$¤$\n\\end{minted}\n",
    "\\verb|$¤$| \\verb*+$¤$+ \\Verb|$¤$| \\lstinline|$¤$| \\lstinline[language=R]!$¤$! $§$\n",
    "\\mintinline{r}|$¤$| \\mintinline{r}{$¤$} \\lstinline{$¤$} \\url{a$b} $§$\n",
    "\\iffalse\n$¤$\n\\begin{align}¤\\end{align}\n\\fi\n$§$\n",
    "\\iffalse $¤$ \\ifx a b $¤$ \\else $¤$ \\fi $¤$ \\iff \\fi $§$\n",
    "\\iffalse $¤$ \\else $§$ \\fi $§$ \\iftrue $§$ \\else $¤$ \\fi $§$\n",
    "\\ifx a b $§$ \\else $§$ \\fi\n",
    "\\if0\n$¤$\n\\fi $§$\n",
    "\\newif\\ifdraft \\ifdraft $§$ \\fi \\iffalse \\ifdraft $¤$ \\fi $¤$ \\fi $§$\n",
    "\\iffalse $¤$ % \\fi\n$¤$ \\final \\fi $§$\n",
    "% \\iffalse\n$§$\n% \\fi\n",
    *(
        f"\\begin{{{name}}}{given}\n§\n\\end{{{name}}}\n"
        for name, given in (
            ("equation", ""),
            ("equation*", ""),
            ("align", ""),
            ("align*", ""),
            ("gather", ""),
            ("multline", ""),
            ("eqnarray*", ""),
            ("alignat", "{2}"),
            ("xalignat", "{2}"),
            ("flalign", ""),
            ("xxalignat", "{3}"),
            ("dmath", ""),
            ("dmath*", "[label={x}]"),
            ("displaymath", ""),
            ("math", ""),
            ("darray", ""),
            ("dseries", ""),
            ("IEEEeqnarray", "{rCl}"),
            ("empheq", "[box=\\fbox]{align}"),
        )
    ),
    "\\begin{subequations}\n\\begin{align}\n§\n\\end{align}\n\\end{subequations}\n",
    "$$ § \\eqno (3)$$ \\[ § \\leqno{(2)} \\]\n",
    "words\\footnote{See $§$.} \\section{On $§$} \\todo{$§$}\n",
    "\\begin{tabular}{ll}\n$§$ & $§$ \\\\\n\\end{tabular}\n",
    "\\begin{frame}[fragile]\n\\begin{block}{T}\n\\[ § \\]\n\\end{block}\n\\end{frame}\n",
    "<<echo=FALSE>>=\nx <- '$¤$'\n@\n$§$\n",
    "\\input{other}\n$§$\n",
    "\\lstnewenvironment{mine}{}{}\n\\begin{mine}\n$¤$\n\\end{mine}\n$§$\n",
    "\\newminted{r}{}\n\\begin{rcode}\n$¤$\n\\end{rcode}\n$§$\n",
    "\\excludecomment{teacher}\n\\begin{teacher}\n$¤$\n\\end{teacher}\n$§$\n",
    "\\newcommand{\\be}{\\begin{equation}}\n\\newcommand{\\ee}{\\end{equation}}\n\\be\n§\n\\ee\n",
    "\\def\\beq{\\begin{equation}}\\beq § \\end{equation}\n",
    "\\newenvironment{formula}{\\begin{equation*}}{\\end{equation*}}\n\\begin{formula}\n§\n\\end{formula}\n",
)
ALONE["tex"] = (
    "\\documentclass{article}\n\\title{$¤$}\n\\begin{document}\n$§$\n\\end{document}\n$¤$",
    "$§$\n\\endinput\n$¤$",
    "$§$\n\\iffalse\n$¤$",
    "<<>>=\nx <- '$¤$'\n@\n$§$\n",
)

# spec.commonmark.org, github.github.com/gfm, pandoc.org/MANUAL, kramdown.gettalong.org, mystmd.org,
# quarto.org, gohugo.io, jekyllrb.com, squidfunk.github.io/mkdocs-material, help.obsidian.md
ANYWHERE["md"] = (
    "- [ ] §\n- [x] $§$\n",
    "a | b\n--|--\n§ | no\n$§$ | yes\n",
    "| a | b |\n|:--|--:|\n| § | x |\n| \\(§\\) | so ¤ it is |\n",
    "+---+-----+\n| a | $§$ |\n+===+=====+\n| b | $§$ |\n+---+-----+\n",
    "Text[^1].\n\n[^1]: Here $§$.\n\n    And $§$.\n\n[^note]: §\n",
    "Text^[with $§$].\n",
    "Bayes\n: $§$\n\nTerm\n:   §\n\n    $$§$$\n\n        $¤$\n",
    "<details>\n<summary>Proof of $§$</summary>\n\n$§$\n\n$$\n§\n$$\n\n</details>\n",
    '<div class="x">\n$§$\n</div>\n',
    "<pre>\n$¤$\n\n$¤$\n</pre>\n\n<style>\n.x { } $¤$\n</style>\n",
    "words <code>$¤$</code> $§$\n",
    "{{< math >}}\n$$§$$\n{{< /math >}}\n\n{{< math >}}$§${{< /math >}}\n",
    "{{< katex display >}}\n§\n{{< /katex >}}\n\nso {{< katex >}}§{{< /katex >}}\n",
    "so {{<katex>}}\\(§\\){{</katex>}}\n",
    "{{< highlight python >}}\n$¤$\n{{< /highlight >}}\n",
    "{% highlight r %}\n$¤$\n\n¤\n{% endhighlight %}\n\n{% raw %}\n$$§$$\n{% endraw %}\n",
    "{% comment %}\n$¤$\n\n{% endcomment %}\n\n{::comment}\n$¤$\n{:/comment}\n\n{/* $¤$ */}\n",
    "where $$§$$ and $$§$$.\n\n$$\n§\n$$\n{: .center}\n",
    "```{math}\n:label: one\n§\n```\n\n```{math}\n---\nlabel: two\n---\n§\n```\n\n:::{math}\n§\n:::\n",
    "so {math}`§` is\n\n$$\n§\n$$ (eq-x)\n",
    "```{note}\n$§$\n```\n\n````{note}\n```{math}\n§\n```\n````\n\n:::{admonition} On $§$\n$§$\n:::\n",
    "% $¤$ is a comment\n\n```{comment}\n$¤$\n```\n\n```{code-cell} ipython3\nx = '$¤$'\n```\n",
    "```{r}\n#| label: f\nx <- '$¤$'\n```\n\n$$\n§\n$$ {#eq-x}\n\n$$§$$ {#eq-y}\n",
    "::: {.callout-note}\n## On $§$\n$§$\n:::\n\nWe have `r 1+1` and $§$.\n",
    "```{=latex}\n\\begin{align}¤\\end{align}\n```\n",
    "```math\n§\n```\n\n``` {.math}\n§\n```\n\n~~~math\n§\n~~~\n\nso $`§`$ is\n",
    "so \\(§\\) is\n\n\\[§\\]\n\n\\begin{align}\n§\n\\end{align}\n",
    "> [!note] On $§$\n> $§$\n> > [!tip]- T\n> > $$\n> > §\n> > $$\n",
    "> ```\n> ¤\n> ```\n> ```math\n> §\n> ```\n",
    "Words:\n\n    $¤$\n    ¤\n\n$§$\n\n- item\n\n      ¤\n\n  §\n",
    "<!-- $¤$ -->\n\n<!--\n$¤$\n\n$$¤$$\n-->\n\nwords <!-- $¤$ --> $§$\n",
    "It costs $5 and $10, $§$, then \\$20, US$20 and $ 30.\n",
    "# On $§$\n\nOn $§$\n=====\n",
    "**§**\n\n*§*\n\n**$§$**\n",
    "`$¤$` and `¤` $§$\n\n```\n¤\n```\n\n~~~python\n$¤$\n~~~\n",
    "%% $¤$ %%\n\n$$§$$ ^block\n\n==$§$== #tag $§$\n",
    "[$§$](http://example.org/$z$) and http://example.org/$a/$b, $§$, \\href{http://example.org}{$§$}\n",
    '!!! note "T"\n    $§$\n\n??? note\n    $$\n    §\n    $$\n\n=== "One"\n\n    $§$\n',
    "1. x\n   $$\n   §\n   $$\n2. §\n\n    $$§$$\n",
    "$$\n§\n$$$$\n§\n$$\n",
    "$latex §$ and $§$\n",
    ":::info\n$§$\n:::\n\n:::note\n\n$§$\n\n:::\n",
)
ALONE["md"] = (
    '---\ntitle: "$¤$"\nabstract: |\n  $$¤$$\n---\n\n$§$\n',
    '+++\ntitle = "$¤$"\n+++\n\n$§$\n',
    "---\n\n# T\n\n$§$\n\n---\n\n$§$\n",
)

# typst.app/docs/reference
ANYWHERE["typ"] = (
    "so $§$ and $ § $ <eq-one>\n",
    "// $¤$\n/* $¤$ /* ¤ */ $¤$ */ $§$\n",
    "`$¤$` and ``` $¤$ ``` and $§$\n",
    "```r\nx <- '$¤$'\n\n¤\n```\n",
    "```\n¤\n```\n",
    "\\$5 and $§$\n",
    '#let price = "$5" // $¤$\n#set math.equation(numbering: "(1)")\n$§$\n',
    "= On $§$\n\n#theorem[$§$]\n",
    "#figure(caption: [$§$])[x]\n",
    'See https://example.org and $§$, say "so".\n',
    "$ §\n$\n",
    "- $§$\n+ $§$\n",
)

# html.spec.whatwg.org, and the pages of MathJax, KaTeX, pandoc and Distill
ANYWHERE["html"] = (
    "<!-- $¤$ --><p>$§$</p>\n",
    "<pre>$¤$</pre><code>¤</code><kbd>$¤$</kbd><samp>$¤$</samp><p>\\(§\\) $$§$$ \\[§\\]</p>\n",
    '<script>var x = "$¤$"</script><script type="math/tex; mode=display">§</script>\n',
    "<style>$¤$</style><template>$¤$</template><textarea>$¤$</textarea>\n",
    '<math><mi>P</mi><annotation encoding="application/x-tex">§</annotation></math>\n',
    '<math alttext="§"><mi>P</mi></math>\n',
    '<span class="math inline">\\(§\\)</span><div class="math notranslate">\\[§\\]</div>\n',
    "<p>\\begin{align}§\\end{align}</p>\n",
    "<p>$5 and $6</p><p>$§$</p>\n",
    '<a title="$¤$">x</a>$§$\n',
    "<d-math>§</d-math> <d-math block>§</d-math>\n",
    "<h2>On $§$</h2>\n",
)
