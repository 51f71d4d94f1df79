r"""Formulas for any number of terms: ``P(x_1, \dots, x_n)``, ``\prod_{i=1}^{n}``, ``y_{1:t}``.

Such a formula stands for one formula for each number. With a number for each letter that counts it is
read as any other.

Main definitions
----------------
open_letters : the letters that leave the number of terms open.
sizes_to_try : numbers for them.
sized : tokens with numbers for letters that count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from symcausal.errors import ParseError, Source, Span
from symcausal.reading.ranges import counts_in, is_range, letters_in, numbered
from symcausal.reading.token_edits import TokensEdit, edited
from symcausal.reading.tokens import Name, Token
from symcausal.reading.words import PARENTS

_INDEXES = frozenset("ijkltsuv")
_ENDS = frozenset("nNmMTKLdDprqJ")
_MOST = 10  # numbered names that are written out for one letter
_PRODUCT = frozenset({"PRODUCT"})
_SIGNS = _PRODUCT | {"SUM"}


def open_letters(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the letters that dots, ranges and limits of products leave open, in order.

    A letter that numbers names of which a list or range has others counts with it: the t of ``y_t``
    beside ``y_{1:T}``.
    """
    bound = {tokens[i + 2].text for i, token in enumerate(tokens[:-2]) if token.kind in _SIGNS}
    found: dict[str, None] = {}
    bases: set[str] = set()
    for i, token in enumerate(tokens):
        name = token.name
        if name is None:
            continue
        if is_range(name.sub) or _beside_dots(tokens, i):
            found |= dict.fromkeys(letters_in(name.sub))
            bases.add(name.base)
        elif _is_limit(tokens, i, of=_PRODUCT) and len(name.text) == 1:
            found[name.text] = None  # of a sum over values it is the last one
    for name in _names(tokens):
        if name.base in bases:
            found |= dict.fromkeys(letters_in(name.sub))
    return tuple(letter for letter in found if letter not in bound)


def sizes_to_try(tokens: Sequence[Token], letters: Sequence[str]) -> list[dict[str, int]]:
    """Return numbers for the letters that leave a formula open, larger than those that it writes.

    Of two letters the one that ends, such as n or T, is the larger. There are none where it is not
    clear which that is, or where the numbers would be too large.
    """
    start = max([2, *_numbers(tokens)]) + 1 + max(_steps(tokens, letters), default=0)
    if start + 2 > _MOST:
        return []
    if len(letters) == 1:
        return [{letters[0]: start + more} for more in range(3)]
    inner = [letter for letter in letters if letter in _INDEXES]
    outer = [letter for letter in letters if letter in _ENDS]
    if len(letters) != 2 or len(inner) != 1 or len(outer) != 1:
        return []
    pairs = ((start - 1, start + 1), (start, start + 1), (start, start + 2))
    return [{inner[0]: i, outer[0]: n} for i, n in pairs]


def sized(tokens: Sequence[Token], sizes: Mapping[str, int], source: Source) -> list[Token]:
    """Return tokens with numbers for letters that count, in subscripts and as limits.

    Raises
    ------
    ParseError
        If such a letter stands anywhere else.
    """
    tokens = _limited(tokens, sizes)
    out: list[Token] = []
    stems = {
        name.base.rstrip("0123456789") for name in _names(tokens) if name.base[-1:].isdecimal()
    }
    zeros = {name.base for name in _names(tokens) if name.sub == "0" or name.sub.startswith("0:")}
    for i, token in enumerate(tokens):
        name = token.name
        if name is not None and name.sub.startswith("<") and name.base in zeros:
            raise ParseError(
                f"'{name.text}' beside {name.base}_0",
                expected="a range with its beginning",
                span=Span(source, token.start, token.end),
            )
        if name is None:
            out.append(token)
        elif name.text in sizes and _is_limit(tokens, i):
            out.append(
                Token("NUMBER", str(sizes[name.text]), token.start, token.end, inside=token.inside)
            )
        else:
            made = _sized_name(name, sizes, stems)
            if made is None or made.base in sizes or made.sup in sizes:
                shown = source.text[token.start : token.end]
                raise ParseError(
                    f"'{shown}', with a letter that counts terms",
                    expected="it as a subscript or as a limit",
                    span=Span(source, token.start, token.end),
                )
            out.append(
                Token(token.kind, made.text, token.start, token.end, inside=token.inside, name=made)
            )
    return out


def _limited(tokens: Sequence[Token], sizes: Mapping[str, int]) -> Sequence[Token]:
    r"""Tokens in which a product over ``i`` alone goes from 1 to the letter that ends.

    A product over the variables of a graph has its limits from there.
    """
    ends = [letter for letter in sizes if letter in _ENDS]
    open_products = [
        i
        for i in range(len(tokens) - 3)
        if tokens[i].kind == "PRODUCT" and _kind(tokens, i + 3) == "GCLOSE"
        if _kind(tokens, i + 4) != "CARET"
    ]
    parents = any(name.base in PARENTS for name in _names(tokens))
    if not open_products or len(ends) != 1 or parents:
        return tokens
    edits: list[TokensEdit] = []
    for i in open_products:
        sign, name, close = tokens[i], tokens[i + 2], tokens[i + 3]
        begins = name.end, name.end
        ends_at = close.end, close.end
        first = (
            Token("EQ", "=", *begins, inside=name.inside),
            Token("NUMBER", "1", *begins, inside=name.inside),
        )
        last = (
            Token("CARET", "^", *ends_at, inside=sign.inside),
            Token("NUMBER", str(sizes[ends[0]]), *ends_at, inside=sign.inside),
        )
        edits += [TokensEdit(i + 3, i + 3, first), TokensEdit(i + 4, i + 4, last)]
    return edited(tokens, edits)


def _sized_name(name: Name, sizes: Mapping[str, int], stems: set[str]) -> Name | None:
    """A name with numbers for the letters of its script, or for the last one of ``Xn`` beside ``X1``."""
    script = numbered(name.sub, sizes) if name.sub else ""
    if script is None:
        return None
    base = name.base
    if not script and base[-1:] in sizes and base[:-1] in stems:
        base = f"{base[:-1]}{sizes[base[-1]]}"
    if (base, script) == (name.base, name.sub):
        return name
    return Name(base, script, name.sup, name.primes, accented=name.accented, implied=True)


def _names(tokens: Sequence[Token]) -> Iterator[Name]:
    for token in tokens:
        if token.name is not None:
            yield token.name


def _numbers(tokens: Sequence[Token]) -> Iterator[int]:
    """The numbers that scripts and limits have."""
    for i, token in enumerate(tokens):
        if token.kind == "NUMBER" and _kind(tokens, i - 1) in ("CARET", "EQ"):
            yield int(token.text) if token.text.isdecimal() else 0
        if token.name is not None:
            script = token.name.sub or token.name.base
            for letter in letters_in(script):
                script = script.replace(letter, "#")
            digits = "".join(c if c.isdecimal() or c in "#+-−" else " " for c in script)
            yield from (int(n[:6]) for n in digits.split() if n.isdecimal())


def _steps(tokens: Sequence[Token], letters: Sequence[str]) -> Iterator[int]:
    """How far scripts and limits go below a letter that counts: 1 for ``n-1``."""
    for name in _names(tokens):
        for stem, letter, shift in counts_in(name.sub):
            if not stem and letter in letters and shift < 0:
                yield -shift


def _beside_dots(tokens: Sequence[Token], i: int) -> bool:
    """Whether a name is a member of a list with dots, or of what stands next behind dots."""
    for step in (-1, 1):
        j = i + step
        while _kind(tokens, j) in ("COMMA", "NAME"):
            j += step
        if _kind(tokens, j) == "DOTS":
            return True
    j = i - 1
    while _kind(tokens, j) in (
        "COMMA",
        "NAME",
        "BAR",
        "LPAR",
        "PROB",
        "GOPEN",
        "SUM",
        "TIMES",
        "PLUS",
    ):
        j -= 1
    return _kind(tokens, j) == "DOTS"


def _is_limit(tokens: Sequence[Token], i: int, of: Collection[str] = _SIGNS) -> bool:
    """Whether a token stands above the sign of a sum or product, and is all that does."""
    j = i - 2 if _kind(tokens, i - 1) == "LPAR" else i - 1
    if j < i - 1 and _kind(tokens, i + 1) != "RPAR":
        return False
    if _kind(tokens, j) != "CARET" or _kind(tokens, j - 1) != "GCLOSE":
        return False
    opener = tokens[j - 1].inside
    return opener > 0 and tokens[opener - 1].kind in of


def _kind(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].kind if 0 <= i < len(tokens) else ""
