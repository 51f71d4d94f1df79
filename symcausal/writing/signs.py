r"""Signs, commands and letters that formulas are written with, and the token that each stands for.

Plain data for :mod:`symcausal.reading.lexer`. Relations keep a text of their own, so that
``\leq``, ``<=`` and ``≤`` are one relation.
"""

# ruff: noqa: SIM905 - long lists of words read best as text

from __future__ import annotations

SIGNS: dict[str, tuple[str, str]] = {
    "|": ("BAR", "|"), "∣": ("BAR", "|"), "❘": ("BAR", "|"),
    ",": ("COMMA", ","), ";": ("SEMI", ";"), ":": ("COLON", ":"),
    "+": ("PLUS", "+"), "-": ("MINUS", "-"), "−": ("MINUS", "-"), "–": ("MINUS", "-"),
    "*": ("TIMES", "*"), "·": ("TIMES", "*"), "⋅": ("TIMES", "*"), "×": ("TIMES", "*"),
    "∗": ("TIMES", "*"), "∙": ("TIMES", "*"), ".": ("TIMES", "."),
    "/": ("SLASH", "/"), "÷": ("SLASH", "/"), "^": ("CARET", "^"), "**": ("CARET", "^"),
    "=": ("EQ", "="), "==": ("EQ", "="), "≡": ("EQ", "="),
    ":=": ("DEFINE", ":="), "≔": ("DEFINE", ":="),
    "!=": ("REL", "≠"), "≠": ("REL", "≠"), "<": ("REL", "<"), ">": ("REL", ">"),
    "<=": ("REL", "≤"), "≤": ("REL", "≤"), "⩽": ("REL", "≤"),
    ">=": ("REL", "≥"), "≥": ("REL", "≥"), "⩾": ("REL", "≥"),
    "≈": ("REL", "≈"), "≃": ("REL", "≈"), "∝": ("REL", "∝"),
    "->": ("RARROW", "->"), "→": ("RARROW", "->"), "<-": ("LARROW", "<-"), "←": ("LARROW", "<-"),
    "<->": ("BOTHARROW", "<->"), "↔": ("BOTHARROW", "<->"),
    "_||_": ("INDEP", "_||_"), "_|_": ("INDEP", "_||_"),
    "⟂": ("INDEP", "_||_"), "⊥": ("INDEP", "_||_"), "⫫": ("INDEP", "_||_"),
    "¬": ("NOT", "¬"), "∈": ("IN", "in"), "∧": ("COMMA", ","), "∩": ("COMMA", ","),
    "∨": ("OR", "or"), "∪": ("OR", "or"), "∉": ("NOTIN", "not in"), "∅": ("NOTHING", "nothing"),
    "∼": ("SIM", "~"),
}  # fmt: skip

COMMANDS: dict[str, tuple[str, str]] = {
    "mid": SIGNS["|"], "vert": SIGNS["|"], "given": SIGNS["|"], "lvert": SIGNS["|"],
    "rvert": SIGNS["|"], "divides": SIGNS["|"],
    "cdot": SIGNS["*"], "times": SIGNS["*"], "ast": SIGNS["*"], "bullet": SIGNS["*"],
    "div": SIGNS["/"],
    "approx": SIGNS["≈"], "simeq": SIGNS["≈"], "propto": SIGNS["∝"],
    "ne": SIGNS["≠"], "neq": SIGNS["≠"], "lt": SIGNS["<"], "gt": SIGNS[">"],
    "le": SIGNS["≤"], "leq": SIGNS["≤"], "leqslant": SIGNS["≤"],
    "ge": SIGNS["≥"], "geq": SIGNS["≥"], "geqslant": SIGNS["≥"],
    "equiv": SIGNS["="], "coloneqq": SIGNS[":="], "coloneq": SIGNS[":="], "triangleq": SIGNS[":="],
    "doteq": SIGNS[":="], "defeq": SIGNS[":="],
    "perp": SIGNS["⟂"], "indep": SIGNS["⟂"], "independent": SIGNS["⟂"], "Perp": SIGNS["⟂"],
    "upmodels": SIGNS["⟂"], "bot": SIGNS["⟂"], "ci": SIGNS["⟂"],
    "leftarrow": SIGNS["<-"], "gets": SIGNS["<-"], "to": SIGNS["->"], "rightarrow": SIGNS["->"],
    "longrightarrow": SIGNS["->"], "leftrightarrow": SIGNS["<->"],
    "in": SIGNS["∈"], "neg": SIGNS["¬"], "lnot": SIGNS["¬"],
    "wedge": SIGNS["∧"], "land": SIGNS["∧"], "cap": SIGNS["∩"],
    "vee": SIGNS["∨"], "lor": SIGNS["∨"], "cup": SIGNS["∪"], "notin": SIGNS["∉"],
    "sim": SIGNS["∼"],
    "emptyset": SIGNS["∅"], "varnothing": SIGNS["∅"],
}  # fmt: skip

SUMS = "Σ∑"
INTEGRALS = frozenset({"int", "iint", "iiint"})
FRACTIONS = frozenset({"frac", "dfrac", "tfrac", "cfrac"})
HATS = frozenset({"hat", "widehat"})
BARS_OVER = frozenset({"bar", "overline"})
TILDES = frozenset({"tilde", "widetilde"})
OVER_LETTERS = HATS | BARS_OVER | TILDES  # what marks a letter that a sum binds

# how type is set, which means nothing; the command itself is passed over
SILENT = frozenset(
    "left right middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm "
    "Biggl Biggr Biggm displaystyle textstyle scriptstyle limits nolimits displaylimits quad "
    "qquad nonumber notag thinspace medspace thickspace enspace enskip negthinspace hfill "
    "noindent allowbreak rm it bf sf mathstrut strut nobreak hline underbrace overbrace "
    "substack ensuremath boxed mathop mathrel mathbin mathord mathopen mathclose underline "
    "middot".split()
)
# ... with its first argument
SILENT_ARGUMENT = frozenset(
    "begin end tag label hspace vspace color phantom hphantom vphantom stackrel overset "
    "textcolor intertext shortintertext ref eqref".split()
)
FONTS = frozenset(
    "mathrm mathit mathbf mathsf mathtt mathbb mathcal mathscr mathfrak mathnormal text "
    "textrm textit textbf textsf texttt textnormal mbox hbox operatorname boldsymbol bm pmb "
    "bold rv bb".split()
)
CODE_FONTS = frozenset({"texttt", "mathtt"})
DOTS = frozenset({"ldots", "cdots", "dots", "dotsc", "dotsb", "vdots"})
OUTSIDE: dict[str, str] = {
    "oint": "an integral along a curve",
    "prod": "a product sign over an index",
    "bigcap": "an intersection over an index",
    "bigcup": "a union over an index",
    "log": "a logarithm", "ln": "a logarithm", "exp": "an exponential", "sqrt": "a root",
    "lim": "a limit", "max": "a maximum", "min": "a minimum", "arg": "an argument of a maximum",
    "argmax": "an argument of a maximum", "argmin": "an argument of a minimum",
    "infty": "infinity", "partial": "a derivative", "setminus": "a set difference",
    "forall": "a quantifier", "exists": "a quantifier", "binom": "a binomial coefficient",
    "not": "a crossed-out sign", "langle": "a list of numbers",
}  # fmt: skip

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
    "varsigma sigma tau upsilon phi chi psi omega".split()
)
GREEK_LETTERS: dict[str, str] = {chr(0x3B1 + i): name for i, name in enumerate(_GREEK)} | {
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Φ": "Phi",
    "Ψ": "Psi", "Ω": "Omega", "ϵ": "varepsilon", "ϕ": "varphi", "ϑ": "vartheta",
}  # fmt: skip
GREEK_NAMES = frozenset({*GREEK_LETTERS.values(), "Sigma", "Upsilon", "ell"})

# what stands in text as a formula, since pdfLaTeX has no letter for it there
_SPELT_OUT: dict[str, str] = {
    **{c: rf"\(\{name}\)" for c, name in GREEK_LETTERS.items() if name != "omicron"},
    "Σ": r"\(\Sigma\)", "Υ": r"\(\Upsilon\)", "ο": r"\(o\)",
    **{c: rf"\(\mathrm{{{latin}}}\)" for c, latin in zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True)},
    **{c: rf"\(_{i}\)" for i, c in enumerate("₀₁₂₃₄₅₆₇₈₉")},
    **{c: rf"\(^{i}\)" for i, c in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹") if i not in (1, 2, 3)},
    "⁻": r"\(^-\)", "⁺": r"\(^+\)", "−": r"\(-\)", "≤": r"\(\leq\)", "≥": r"\(\geq\)",
    "≠": r"\(\neq\)", "≈": r"\(\approx\)", "∝": r"\(\propto\)", "∞": r"\(\infty\)",
    "∈": r"\(\in\)", "∣": r"\(\mid\)", "∑": r"\(\sum\)", "∏": r"\(\prod\)", "⋅": r"\(\cdot\)",
    "∧": r"\(\wedge\)", "∨": r"\(\vee\)", "∩": r"\(\cap\)", "∪": r"\(\cup\)", "⊥": r"\(\bot\)",
    "⟂": r"\(\perp\)", "′": r"\(\prime\)", "→": r"\(\to\)", "←": r"\(\gets\)",
    "↔": r"\(\leftrightarrow\)",
}  # fmt: skip
# How words spell their special characters in a paragraph, and in the text of a formula. KaTeX, MathJax
# and pdfLaTeX share no command for a sign in text, but all three set formulas there.
SPELT_IN_WORDS: dict[str, str] = _SPELT_OUT | {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    **{c: "\\" + c for c in "_%&#${}"},
}  # fmt: skip
SPELT_IN_FORMULAS: dict[str, str] = _SPELT_OUT | {
    "\\": r"\(\backslash\)", "~": r"\(\sim\)", "^": r"\(\hat{}\)",
    "<": r"\(<\)", ">": r"\(>\)", "|": r"\(\vert\)",
    **{c: rf"\(\{c}\)" for c in "_%&#"}, **{c: "\\" + c for c in "${}"},
    "¹": r"\(^1\)", "²": r"\(^2\)", "³": r"\(^3\)", "ª": r"\(^{\mathrm{a}}\)", "º": r"\(^{\mathrm{o}}\)",
    "¼": r"\(\frac{1}{4}\)", "½": r"\(\frac{1}{2}\)", "¾": r"\(\frac{3}{4}\)", "±": r"\(\pm\)",
    "×": r"\(\times\)", "÷": r"\(\div\)", "¬": r"\(\neg\)", "«": r"\(\ll\)", "»": r"\(\gg\)",
    "§": r"\(\S\)", "µ": r"\(\mathrm{\mu}\)", "\u00a0": r"\(\ \)",
}  # fmt: skip
# combining accents: the command of text, and what a formula sets over or under a letter
ACCENTS: dict[str, tuple[str, str]] = {
    "\u0300": ("`", r"\grave"), "\u0301": ("'", r"\acute"), "\u0302": ("^", r"\hat"),
    "\u0303": ("~", r"\tilde"), "\u0304": ("=", r"\bar"), "\u0306": ("u", r"\breve"),
    "\u0307": (".", r"\dot"), "\u0308": ('"', r"\ddot"), "\u030a": ("r", r"\mathring"),
    "\u030b": ("H", r"\overset{\prime\prime}"), "\u030c": ("v", r"\check"),
    "\u0327": ("c", r"\underset{,}"),
}  # fmt: skip

SUBSCRIPTS = {ord(c): str(i) for i, c in enumerate("₀₁₂₃₄₅₆₇₈₉")}
SUPERSCRIPTS = {ord(c): str(i) for i, c in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
PRIMES = {"'": 1, "′": 1, "’": 1, "″": 2, "‴": 3}

PROBABILITIES = frozenset({"P", "p", "Pr", "Prob", "ℙ", "PR", "PP", "pr", "prob"})
EXPECTATIONS = frozenset({"E", "EE", "𝔼"})
# of how many arguments
MOMENTS = {"Var": 1, "var": 1, "Cov": 2, "cov": 2}
# macros of preambles that are not at hand; they mean what they are called
PROBABILITY_COMMANDS = frozenset("Pr PP PR P pr prob Prob Pb Prb bbP".split())
EXPECTATION_COMMANDS = frozenset("E EE Ex bbE expect Expect".split())
