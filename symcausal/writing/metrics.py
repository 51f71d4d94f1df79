r"""The width of what TeX sets, in ems, without TeX.

Main definitions
----------------
latex_ems : the width of a formula in LaTeX, such as ``\frac{x_{1}}{2} + y``.
words_ems : the width of words.
aligned_ems : the width of lines that are aligned at a sign.
SCRIPT : the size of subscripts and superscripts.

Implementation notes
--------------------
The widths are those of Computer Modern at ten points, rounded up to hundredths, so that an estimate
rather errs to the wide side. A font of twelve points is narrower in ems, and so are the fonts of
slides. ``tests/latex/test_widths.py`` compares them with the boxes of pdfLaTeX.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from symcausal.hints import Literal, TypeAlias
from symcausal.patterns import late

SCRIPT = 0.8
_SCRIPT_SPACE = 0.05
_FRACTION_SPACE = 0.24
_ITALIC = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            53, 43, 44, 52, 47, 60, 52, 58, 35, 47, 56, 32, 88, 60, 49, 51, 49, 48, 47, 37, 58, 53,
            75, 58, 53, 51, 75, 81, 79, 86, 80, 79, 79, 92, 52, 66, 93, 69, 108, 92, 80, 79, 80, 77,
            68, 73, 80, 81, 109, 91, 81, 76,
        ),
        strict=True,
    )
)  # fmt: skip
_UPRIGHT = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            50, 56, 45, 56, 45, 39, 52, 56, 28, 31, 53, 28, 84, 56, 50, 56, 53, 40, 40, 39, 56, 55,
            74, 53, 55, 45, 75, 71, 73, 77, 69, 66, 79, 75, 37, 52, 78, 63, 92, 75, 78, 69, 78, 74,
            56, 73, 75, 77, 105, 75, 78, 62,
        ),
        strict=True,
    )
) | dict.fromkeys("0123456789/*_", 50) | dict.fromkeys("()", 39) | dict.fromkeys(
    "[]|!.:;,'-", 28
) | dict.fromkeys("+=<>~", 78) | {" ": 34, "?": 48, "%": 84, "&": 78, '"': 50}  # fmt: skip
_SIGNS = {
    "+": 78, "-": 78, "=": 78, "<": 78, ">": 78, ",": 28, "mid": 28, "perp": 78, "neq": 78,
    "approx": 78, "leq": 78, "geq": 78, "cdot": 28, "times": 78,
}  # fmt: skip
# on both sides together, and only where the text is not small
_SPACES = dict.fromkeys(("+", "-", "cdot", "times"), 45) | {",": 17} | dict.fromkeys(
    ("=", "<", ">", "mid", "neq", "approx", "leq", "geq"), 56
) | {"perp": 28}  # two of them make one sign  # fmt: skip
_COMMANDS = {
    "langle": 39, "rangle": 39,
    "prime": 28, ",": 17, ":": 23, ";": 28, "!": -17, " ": 34, "qquad": 200, "quad": 100,
    "{": 50, "}": 50, "Pr": 125, "ell": 42, "infty": 100, "_": 50, "%": 84, "&": 78, "#": 84, "$": 50,
    "alpha": 65, "beta": 62, "gamma": 58, "delta": 49, "epsilon": 41, "zeta": 52, "eta": 54,
    "theta": 50, "iota": 36, "kappa": 58, "lambda": 59, "mu": 61, "nu": 56, "xi": 49, "pi": 61,
    "rho": 52, "sigma": 61, "tau": 55, "upsilon": 58, "phi": 60, "chi": 63, "psi": 69, "omega": 66,
    "Gamma": 63, "Delta": 84, "Theta": 78, "Lambda": 70, "Xi": 67, "Pi": 75, "Sigma": 73,
    "Upsilon": 78, "Phi": 73, "Psi": 78, "Omega": 73, "varepsilon": 47, "vartheta": 60,
    "varphi": 66, "varrho": 52, "varsigma": 45, "varpi": 86,
}  # fmt: skip
_WITHOUT_WIDTH = frozenset(
    {"textstyle", "displaystyle", "small", "hat", "overline", "underline", "mathcal", "mathbb",
     "(", ")", "limits", "substack"}
)  # fmt: skip
_BRACKETS = {"left": 10, "right": 10, "bigl": 8, "bigr": 8}  # more than the sign that follows
_UPRIGHT_WORDS = frozenset({"mathrm", "text", "operatorname", "mathit", "texttt"})
_OTHER = 60
_Size: TypeAlias = Literal["display", "text", "script"]
_TOKEN = late(r"\\(?:[A-Za-z]+|[\s\S])|[\s\S]")


@lru_cache(maxsize=8192)
def latex_ems(source: str) -> float:
    r"""Return the width of a formula in LaTeX, in ems.

    Examples
    --------
    >>> latex_ems("x")
    0.58
    >>> latex_ems(r"\frac{x}{10}") < latex_ems("x/10")
    True
    """
    return _FormulaWidth(_TOKEN.findall(source)).whole(upright=False, size="display")


def words_ems(words: str) -> float:
    """Return the width of words in ems."""
    return sum(_UPRIGHT.get(c, _OTHER) for c in words) / 100


def aligned_ems(lines: Iterable[str]) -> float:
    """Return the width of lines that are aligned at their first ``&``, in ems.

    Examples
    --------
    >>> round(aligned_ems(["x &= y", "xx &= y"]) - aligned_ems(["x &= y"]), 2)
    0.58
    """
    halves = [line.partition("&") for line in lines]
    left = max((latex_ems(left) for left, _, _ in halves), default=0.0)
    return left + max((latex_ems(right) for _, _, right in halves), default=0.0)


class _FormulaWidth:
    """Adds widths up while it reads a formula once, from left to right."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def whole(self, *, upright: bool, size: _Size) -> float:
        """The width of what is left."""
        total = widest = 0.0
        while self.at < len(self.tokens):
            if self.tokens[self.at] == r"\\":  # a new row
                widest, total = max(widest, total), 0.0
                self.at += 1
            else:
                total += self._next(upright=upright, size=size)
        return max(widest, total)

    def _next(self, *, upright: bool, size: _Size) -> float:
        token = self.tokens[self.at]
        self.at += 1
        if token in ("_", "^"):
            return self._scripts(token)
        if token == "{":
            return _inside(self._group(self.at - 1), upright=upright, size=size)
        if len(token) > 1:
            return self._command(token[1:], upright=upright, size=size)
        if upright:
            return _UPRIGHT.get(token, _OTHER) / 100
        if token.isspace() or token in "&}":
            return 0.0
        return _sign(token, size) or (_ITALIC.get(token) or _UPRIGHT.get(token, _OTHER)) / 100

    def _command(self, name: str, *, upright: bool, size: _Size) -> float:
        if name == "frac":
            inside: _Size = "text" if size == "display" else "script"
            halves = [self._argument(upright=False, size=inside) for _ in "ab"]
            return max(halves) * (1 if size == "display" else SCRIPT) + _FRACTION_SPACE
        if name == "sum":
            if size != "display":  # the index stands beside the sign, not below it
                return 1.06 + 0.17
            index = 0.0
            while self.tokens[self.at : self.at + 1] in (["_"], ["^"]):
                self.at += 1
                index = max(index, SCRIPT * self._argument(upright=False, size="script"))
            return max(1.45, index) + 0.17
        if name in _UPRIGHT_WORDS:
            around = 0.17 * (name == "operatorname")
            return around + self._argument(upright=True, size=size)
        if name in _WITHOUT_WIDTH:
            return 0.0
        known = _sign(name, size)
        return known or (_BRACKETS | _COMMANDS).get(name, _OTHER) / 100

    def _scripts(self, token: str) -> float:
        """The wider one of a subscript and a superscript."""
        wide = self._argument(upright=False, size="script")
        if self.tokens[self.at : self.at + 1] == ["^" if token == "_" else "_"]:
            self.at += 1
            wide = max(wide, self._argument(upright=False, size="script"))
        return SCRIPT * wide + _SCRIPT_SPACE

    def _argument(self, *, upright: bool, size: _Size) -> float:
        if self.tokens[self.at : self.at + 1] == ["{"]:
            return _inside(self._group(self.at), upright=upright, size=size)
        if self.at < len(self.tokens):
            return self._next(upright=upright, size=size)
        return 0.0

    def _group(self, start: int) -> list[str]:
        """The tokens between the brace at a place and its partner."""
        depth = 0
        for end in range(start, len(self.tokens)):
            depth += {"{": 1, "}": -1}.get(self.tokens[end], 0)
            if depth == 0:
                self.at = end + 1
                return self.tokens[start + 1 : end]
        self.at = len(self.tokens)
        return self.tokens[start + 1 :]


def _inside(tokens: list[str], *, upright: bool, size: _Size) -> float:
    return _FormulaWidth(tokens).whole(upright=upright, size=size)


def _sign(name: str, size: _Size) -> float:
    """The width of an operator or a relation with the space around it; 0 of anything else."""
    return (_SIGNS.get(name, 0) + (0 if size == "script" else _SPACES.get(name, 0))) / 100
