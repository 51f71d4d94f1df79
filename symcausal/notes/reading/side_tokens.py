r"""The tokens of one side of a claim, and what notes write in them that no formula has.

Main definitions
----------------
tokens_of : the tokens of a side.
completed : tokens in which ``A^c`` is *not A*, and ``e_{1:3}`` is three variables.
denied_variables : the variables that tokens deny.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import zip_longest

from symcausal.errors import ParseError, Source, Span
from symcausal.notes.reading.definitions import CONSTANTS, Definition
from symcausal.notes.reading.foreign import OUTSIDE
from symcausal.patterns import late
from symcausal.reading.lexer import tokenise
from symcausal.reading.ranges import is_range, letters_in, members, product_indexes
from symcausal.reading.tokens import Name, Token, says_polarity
from symcausal.reading.vocabulary import Guess, Vocabulary

_GREEK = frozenset({"alpha", "beta", "gamma", "eta", "kappa", "lambda", "zeta"})
_COMPLEMENTS = frozenset({"c", "C", "complement"})
_NOTHING = r"\\(?:text|mathrm|mbox)\s*\{\s*(?:nothing|no evidence|no data|nothing else)\s*!?\s*\}"
_NOTHING_GIVEN = late(
    r"(?:\\mid|\\vert|\\given|\||∣)(?:\s|\\[,;:! ])*"
    rf"(?:{_NOTHING}|\{{\s*{_NOTHING}\s*\}}"
    r"|\\emptyset|\\varnothing|∅|\{\s*\}|\\\{\s*\\\})\s*(?=[)\]])"
)
# looked for as it is written, since commands in a subscript leave their letters in the name
_ALL_BUT_ONE = late(
    r"_\s*\{\s*(?:[-−]|[^{}]*?\\(?:setminus|backslash|neq?)(?![A-Za-z]))\s*(?:\\\{)?\s*[^\W\d]"
)
_EVENT_OPENS = frozenset({"LPAR", "COMMA", "BAR", "OR", "LESS"})
_EVENT_CLOSES = frozenset({"RPAR", "COMMA", "BAR", "OR", "LESS"})


class Spelt:
    """The names of a vocabulary, and those that the notes define."""

    def __init__(self, names: Vocabulary | Guess, defined: Mapping[str, Definition]) -> None:
        self.names = names
        self.defined = defined

    @property
    def is_closed(self) -> bool:
        """Whether the names are those of a model."""
        return isinstance(self.names, Vocabulary)

    def knows(self, name: str) -> bool:
        """Decide whether a spelling is a known name."""
        return self.names.knows(name) or name in self.defined

    def is_parameter(self, name: str) -> bool:
        """Decide whether a spelling is a declared parameter."""
        return self.names.is_parameter(name)

    @property
    def written(self) -> Collection[Name]:
        """The names that the notes write, where no model declares any."""
        return self.names.written

    @property
    def sizes(self) -> Mapping[str, int]:
        """Numbers for letters that count."""
        return self.names.sizes


def tokens_of(
    source: Source,
    names: Vocabulary | Guess,
    defined: Mapping[str, Definition],
    *,
    commas: bool = False,
) -> list[Token]:
    """Return the tokens of a side; odds such as ``3:2`` are a fraction."""
    text = source.text
    nothing = list(_NOTHING_GIVEN.finditer(text))
    if nothing:
        letters = list(text)
        for match in nothing:
            letters[match.start() : match.end()] = " " * (match.end() - match.start())
        source.text = "".join(letters)
    spelling = Spelt(names, defined)
    tokens = tokenise(Span(source, 0, len(text)), spelling, commas=commas)
    if [token.kind for token in tokens] == ["NUMBER", "COLON", "NUMBER"]:
        tokens[1] = Token("SLASH", "/", tokens[1].start, tokens[1].end, inside=tokens[1].inside)
    return list(_multiplied(tokens))


def _multiplied(tokens: Sequence[Token]) -> Iterator[Token]:
    r"""Yield tokens with the product sign that ``\alpha 0.12`` leaves out."""
    for token, after in zip_longest(tokens, tokens[1:]):
        yield token
        greek = token.text.startswith("\\") and token.text.lstrip("\\") in CONSTANTS
        if (greek or token.text in _GREEK) and after is not None and after.kind == "NUMBER":
            yield Token("TIMES", "*", after.start, after.start, inside=token.inside)


def completed(tokens: Sequence[Token], source: Source, names: Vocabulary | Guess) -> list[Token]:
    """Return the tokens of a side with its denials and its ranges written out.

    Raises
    ------
    ParseError
        If a prime may be a denial or another variable, or a range is left open.
    """
    return _ranges(_complements(tokens, source, names), source, names)


def _complements(tokens: Sequence[Token], source: Source, names: Vocabulary | Guess) -> list[Token]:
    """``a^c`` is *not a*, unless a state has that name."""
    out: list[Token] = []
    for i, token in enumerate(tokens):
        name = token.name
        if name is not None and _is_complement(tokens, i, names):
            if _with_itself(tokens, i):
                raise ParseError(
                    f"'{name.text}' beside '{name.base}'",
                    hint="it may be the denial, another value or another variable",
                    span=Span(source, token.start, token.end),
                )
            name = Name(name.base, name.sub, "c")
        if name is None or name.sup not in _COMPLEMENTS or token.kind != "NAME":
            out.append(token)
            continue
        plain = Name(name.base, name.sub, "", name.primes)
        meaning = names.lookup(plain)
        states = names.states(meaning.variable) if meaning else None
        if meaning is None or (states and name.sup in states):
            out.append(token)
            continue
        out.append(Token("NOT", "¬", token.start, token.start, inside=token.inside))
        out.append(
            Token("NAME", plain.text, token.start, token.end, inside=token.inside, name=plain)
        )
    return out


def _is_complement(tokens: Sequence[Token], i: int, names: Vocabulary | Guess) -> bool:
    """Whether ``A'`` says *not A*: a capital, without a model, that no sum binds."""
    token = tokens[i]
    name = token.name
    if name is None or name.primes != 1 or name.sup or not isinstance(names, Guess):
        return False
    if not name.base[:1].isupper() or token.kind != "NAME" or not 0 < i < len(tokens) - 1:
        return False
    if tokens[i - 1].kind not in _EVENT_OPENS or tokens[i + 1].kind not in _EVENT_CLOSES:
        return False
    for j, other in enumerate(tokens[:-1]):
        if other.text == token.text and tokens[j - 1].kind in ("GOPEN", "COMMA"):
            k = j - 1
            while k > 0 and tokens[k].kind in ("COMMA", "NAME"):
                k -= 1
            if tokens[k].kind == "GOPEN":
                return False
    return True


def _with_itself(tokens: Sequence[Token], i: int) -> bool:
    """Whether the same probability has the name without its prime."""
    name = tokens[i].name
    assert name is not None
    inside = tokens[i].inside
    plain = Name(name.base, name.sub).text
    return any(t.kind == "NAME" and t.text == plain and t.inside == inside for t in tokens)


def _ranges(tokens: list[Token], source: Source, names: Vocabulary | Guess) -> list[Token]:
    """``e_{1:3}`` and ``e_{1..3}`` are three variables; a range needs ends that are known."""
    out: list[Token] = []
    indexes = product_indexes(tokens)
    for token in tokens:
        name = token.name
        if name is None or not name.sub or token.kind != "NAME":
            out.append(token)
            continue
        if isinstance(names, Vocabulary) and names.knows(name.text):
            out.append(token)
            continue
        span = Span(source, token.start, token.end)
        shown = source.text[token.start : token.end]
        if _ALL_BUT_ONE.search(shown):
            raise ParseError(f"'{shown}', all variables but one, is {OUTSIDE}", span=span)
        open_ends = frozenset(letters_in(name.sub))
        if not is_range(name.sub) or (open_ends and open_ends <= indexes):
            out.append(token)  # a product puts numbers for its index
            continue
        try:
            parts = members(name)
        except ValueError:
            parts = []
        if parts is None:
            raise ParseError(f"'{name.text}', a range that is left open, is {OUTSIDE}", span=span)
        if not parts:
            raise ParseError(f"the range '{name.text}'", expected="a short one", span=span)
        for number, part in enumerate(parts):
            if number:
                out.append(Token("COMMA", ",", token.start, token.start, inside=token.inside))
            out.append(
                Token("NAME", part.text, token.start, token.end, inside=token.inside, name=part)
            )
    return out


def denied_variables(tokens: Sequence[Token], names: Vocabulary | Guess) -> Iterator[str]:
    """Yield the variables that the tokens of a statement deny."""
    for i, token in enumerate(tokens):
        after = tokens[i + 1].name if says_polarity(tokens, i) else None
        name = token.name
        if after is None and name is not None and name.sup in _COMPLEMENTS:
            after = Name(name.base, name.sub, "", name.primes)
        if after is None and name is not None and _is_complement(tokens, i, names):
            after = Name(name.base, name.sub)
        meaning = names.lookup(after) if after is not None else None
        states = names.states(meaning.variable) if meaning else None
        if meaning is not None and not (name is not None and states and name.sup in states):
            yield meaning.variable
