"""What formulas say that no finite model has: integrals, logarithms, terms without an end.

Main definitions
----------------
OUTSIDE : what messages say of it.
refuse_foreign : refuses it.
"""

from __future__ import annotations

import re

from symcausal.errors import ParseError, Source, Span
from symcausal.patterns import late
from symcausal.reading.lexer import PRODUCT_OVER
from symcausal.reading.numerals import DOTTED, numeral
from symcausal.writing.signs import SPELT_IN_FORMULAS

OUTSIDE = "outside finite discrete models"
_FOREIGN = late(
    r"\\(?:oint|prod|log|ln|lg|exp|sqrt|lim|limsup|liminf|max|min|sup|inf|arg|argmax|argmin"
    r"|infty|partial|nabla|binom|bigcap|bigcup|bigwedge|sim|mathcal\s*\{?\s*[NUB]\s*\}?\s*\("
    r"|[lcdv]?dots[cbmi]?)(?![A-Za-z])"
    r"|\\mathcal\s*\{?\s*[NUB]\s*\}?\s*(?=\()"
    r"|\\(?:operatorname\*?|mathrm|text)\s*\{\s*(?:arg\s*\\?,?\s*(?:max|min)|argmax|argmin|max|min|log"
    r"|exp|ln|Corr|Normal|Bern|Bernoulli|Unif|Beta|Gamma|Poisson|Dir|Cat|KL|sgn)\s*\}"
    r"|\\[dt]?frac\s*\{\s*(?:d|\\mathrm\s*\{d\})(?:\s*\^\s*\d)?\s*\}\s*\{\s*(?:d|\\mathrm\s*\{d\})\\?[A-Za-z]"
    r"|\.\.\.|…|⋯|∏|√|∞"
)
_OF_INTEGRAL = late(
    r"(?:\\i*int|∫)\s*(?:\\(?:no)?limits\s*)?_\s*\{?\s*[-−]\s*(?:\\infty|∞)(?:\s*\}?\s*\^\s*\{?\s*\+?\s*(?:\\infty|∞))?\Z"
)
_BELOW_A_SIGN = late(r"_\s*\{(?:[^{}]|\{[^{}]{0,40}\}){0,80}\Z")
_AND_SO_ON = late(r"\\[lcd]?dots[cb]?|\.\.\.|…|⋯")
_LISTED = late(r"[,)}+*\]](?:\s|\\[,;:! ]){0,9}\Z")
# a sign in the text of a name, such as \text{\(\infty\)}
_SPELT_SIGNS = frozenset(spelt for spelt in SPELT_IN_FORMULAS.values() if spelt.startswith(r"\("))
_SURELY_DIGITS = late(r"\d{3}(?:\\|\.|…)")  # three digits, and no blank before the dots
_TERM_BEFORE = late(r"[\d)\]}]")


def refuse_foreign(source: Source) -> None:
    """Refuse what no finite model has.

    Raises
    ------
    ParseError
        If there is an integral, a logarithm, a number of terms that is left open, and so on.
    """
    more = {match.end() for match in DOTTED.finditer(source.text) if _goes_on(match)}
    for foreign in _FOREIGN.finditer(source.text):
        if foreign.group() == r"\sim" and _BELOW_A_SIGN.search(source.text, 0, foreign.start()):
            continue  # a mean over x \sim p(x)
        if foreign.group() in (r"\infty", "∞") and _OF_INTEGRAL.search(
            source.text, 0, foreign.end()
        ):
            continue
        if PRODUCT_OVER.match(source.text, foreign.start()):
            continue
        if _LISTED.search(source.text, 0, foreign.start()) and _AND_SO_ON.fullmatch(
            foreign.group()
        ):
            continue  # x_1, \dots, x_4 says which
        spelt = source.text[foreign.start() - 2 : foreign.end() + 2] in _SPELT_SIGNS
        if foreign.end() not in more and not spelt:
            raise _foreign(foreign, source)


def _goes_on(match: re.Match[str]) -> bool:
    r"""Whether the dots are those of a number, and not of terms: ``0.5 \cdot 0.25 \ldots``."""
    if not _TERM_BEFORE.search(match.string, 0, match.start()):
        return True
    found = numeral(match.group(), comma=True)
    repeats = found is not None and found.unit is None
    return repeats and _SURELY_DIGITS.search(match.group()) is not None


def _foreign(match: re.Match[str], source: Source) -> ParseError:
    what = match.group()
    if "dots" in what or what in ("...", "…", "⋯"):
        found = f"'{what}', a number of terms that is left open, is {OUTSIDE}"
        hint = "write every term out"
    else:
        found, hint = f"'{what}' is {OUTSIDE}", ""
    return ParseError(found, hint=hint, span=Span(source, match.start(), match.end()))
