r"""Names of what a variable would have been, read as copies: ``Y_{X=1}``, ``Y_x``, ``Y(X=1, M(X=0))``.

Main definitions
----------------
with_copies : the tokens of a formula, in which each such name is one token with its copy.

Implementation notes
--------------------
A number alone, as in ``Y_1`` or ``Y(1)``, sets the one variable that is set elsewhere in the formula;
inside of another copy, as in ``Y_{X=1, M_0}``, the one that is set there. Where there is none, or more
than one, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcausal.errors import ParseError, Source, Span
from symcausal.expr.nodes import Copy, Imposed, Letter, Value
from symcausal.reading.brackets import closing_braces
from symcausal.reading.event_reader import EventReader
from symcausal.reading.lexer import tokenise
from symcausal.reading.syntax import SyntaxTree
from symcausal.reading.token_edits import merged
from symcausal.reading.tokens import Name, Token
from symcausal.reading.vocabulary import Vocabulary

_MOST_NESTED = 8


def with_copies(
    tokens: list[Token],
    places: Sequence[tuple[int, int]],
    names: Vocabulary,
    source: Source,
    *,
    spoken: bool = False,
) -> list[Token]:
    """Return the tokens of a formula, in which each name of a copy is one token that carries it.

    Parameters
    ----------
    tokens : list of Token
        Of the formula.
    places : sequence of (int, int)
        The first and the last token of each name.
    names : Vocabulary
        The names of the model.
    source : Source
        The text.
    spoken : bool
        Whether a number alone sets a variable only if the formula names it, before a bar.

    Raises
    ------
    ParseError
        If a script sets nothing that is known.
    """
    reader = _CopyReader(names, source)
    written = [reader.settings(tokens[i : stop + 1]) for i, stop in places]
    reader.look(written, tokens, [tokens[i] for i, _ in places], spoken=spoken)
    ends = [(tokens[i], tokens[stop]) for i, stop in places]
    whole = [reader.token(*pair, found) for pair, found in zip(ends, written, strict=True)]
    return merged(tokens, places, whole)


class _ScriptPart:
    """One part of a script: a name and its value, a value alone, or a nested copy."""

    __slots__ = ("nested", "tokens")

    def __init__(self, tokens: list[Token], nested: list[_ScriptPart] | None) -> None:
        self.tokens = tokens
        self.nested = nested


class _CopyReader:
    """Gives scripts and arguments their meaning in the names of a model."""

    def __init__(self, names: Vocabulary, source: Source) -> None:
        self.names, self.source = names, source
        self.sight: tuple[str, ...] = ()
        self.events = EventReader(source, names, [])

    # -- taking scripts apart -------------------------------------------------------------------
    def settings(self, tokens: Sequence[Token], depth: int = 0) -> list[_ScriptPart]:
        """Return the parts of the script, or of the argument, of one name."""
        first, last = tokens[0], tokens[-1]
        if depth > _MOST_NESTED:
            raise self.unclear(first.start, last.end)
        if len(tokens) > 1:
            inside = list(tokens[2:-1])
        else:
            inside = []
            for begin, end in scripts(self.source.text, first.start, first.end):
                if inside:
                    inside.append(Token("COMMA", ",", begin, begin))
                inside += tokenise(Span(self.source, begin, end), self.names)
        return [self._item(part, depth) for part in _between_commas(inside)]

    def _item(self, part: list[Token], depth: int) -> _ScriptPart:
        if not part:
            raise ParseError("nothing between two commas of a setting")
        head = part[0]
        if head.name is None or (len(part) > 1 and part[1].kind == "EQ"):
            return _ScriptPart(part, None)
        if len(part) > 1 and part[1].kind == "LPAR" and part[-1].kind == "RPAR":
            return _ScriptPart(part, self.settings(part, depth + 1))
        known = self.names.lookup(head.name)
        scripted = head.name.sub or head.name.sup
        if len(part) == 1 and scripted and (known is None or known.script):
            return _ScriptPart(part, self.settings(part, depth + 1))
        return _ScriptPart(part, None)

    def named(self, found: list[_ScriptPart]) -> Iterator[str]:
        """Yield the variables that a script sets by name or letter."""
        for item in found:
            if item.nested is not None:
                yield from self.named(item.nested)
                continue
            variable = self.variable(item)
            if variable is not None:
                yield variable

    def variable(self, item: _ScriptPart) -> str | None:
        """Return the variable that a part names; None for a number or a state alone."""
        name = item.tokens[0].name
        meaning = None if name is None else self.names.lookup(name)
        if meaning is None or meaning.script:
            return None
        return meaning.variable

    def look(
        self,
        written: list[list[_ScriptPart]],
        tokens: Sequence[Token],
        heads: Sequence[Token],
        *,
        spoken: bool,
    ) -> None:
        """Find the variables that a number alone may set: those set elsewhere, else those spoken of."""
        named = [v for found in written for v in self.named(found)]
        if not named:
            own = {self._variable_of(head, bare=True) for head in heads}
            bars = [i for i, token in enumerate(tokens) if token.kind == "BAR"] if spoken else []
            told = tokens[: bars[0]] if bars else tokens  # no outcome answers what is only given
            others = (self._variable_of(token) for token in told if token not in heads)
            named = [v for v in others if v is not None and v not in own]
        if not named and not spoken and len(self.names.variables) == 2:
            own = {self._variable_of(head, bare=True) for head in heads}
            named = [v for v in self.names.variables if v not in own]
        self.sight = tuple(dict.fromkeys(named))

    def _variable_of(self, token: Token, *, bare: bool = False) -> str | None:
        if token.name is None:
            return None
        meaning = self.names.lookup(Name(token.name.base) if bare else token.name)
        return None if meaning is None else meaning.variable

    # -- putting copies together ----------------------------------------------------------------
    def token(self, first: Token, last: Token, found: list[_ScriptPart]) -> Token:
        """Return the one token of a copy."""
        assert first.name is not None
        base = Name(first.name.base, "", "", first.name.primes)
        copy = self.copy(first, last, found, self.sight)
        return Token(
            "NAME", base.text, first.start, last.end, inside=first.inside, name=base, copy=copy
        )

    def copy(
        self, first: Token, last: Token, found: list[_ScriptPart], sight: Sequence[str]
    ) -> Copy:
        """Return the copy of a name with the parts of its script."""
        assert first.name is not None
        own = self.names.lookup(Name(first.name.base))
        if own is None or own.script:
            raise self.unclear(first.start, last.end)
        plain = [self.variable(item) for item in found if item.nested is None]
        here = [variable for variable in plain if variable is not None]
        settings = dict[str, Value | Copy]()
        for item in found:
            name, value = self.imposed(item, here or sight)
            is_spelt = (
                isinstance(value, Copy) or len(item.tokens) > 1
            )  # X_x is no X that is set to x
            if name in settings or (name == own.variable and not is_spelt):
                raise self.unclear(first.start, last.end)
            settings[name] = value
        return Copy(own.variable, tuple(Imposed(v, settings[v]) for v in sorted(settings)))

    def imposed(self, item: _ScriptPart, sight: Sequence[str]) -> tuple[str, Value | Copy]:
        """Return the variable that a part sets, and to what."""
        head, *rest = item.tokens
        if item.nested is not None:
            copy = self.copy(head, item.tokens[-1], item.nested, sight)
            return copy.variable, copy
        variable = self.variable(item)
        if rest and rest[0].kind == "EQ":
            if variable is None or len(rest) < 2:
                raise self.unclear(head.start, rest[-1].end)
            return variable, self.value(variable, rest[1:])
        if variable is not None and not rest:
            assert head.name is not None
            meaning = self.names.lookup(head.name)
            assert meaning is not None
            return variable, Letter(meaning.letter)
        if len(set(sight)) != 1:
            raise self.unclear(head.start, item.tokens[-1].end)
        return sight[0], self.value(sight[0], item.tokens)

    def value(self, variable: str, tokens: list[Token]) -> Value:
        """Return the value that one token spells, or a number with its sign."""
        if [token.kind for token in tokens] == ["MINUS", "NUMBER"]:
            negative = SyntaxTree("negative", [*tokens])
            negative.start, negative.end = tokens[0].start, tokens[1].end
            return self.events.value(variable, negative, ())
        if len(tokens) != 1 or tokens[0].kind not in ("NAME", "NUMBER", "STRING"):
            raise self.unclear(tokens[0].start, tokens[-1].end)
        return self.events.value(variable, tokens[0], ())

    def unclear(self, start: int, end: int) -> ParseError:
        span = Span(self.source, start, end)
        return ParseError(
            f"'{span.source.text[start:end]}' sets nothing that is known here",
            hint="write what is set, as in Y_{X=1}",
            span=span,
        )


def _between_commas(tokens: list[Token]) -> list[list[Token]]:
    parts, depth = [list[Token]()], 0
    for token in tokens:
        depth += (token.kind == "LPAR") - (token.kind == "RPAR")
        if token.kind == "COMMA" and not depth:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def scripts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    r"""Yield where the scripts of a name stand, without the braces around them.

    Examples
    --------
    >>> text = r"\mathrm{Y}_{x, M_{x'}}"
    >>> [text[a:b] for a, b in scripts(text, 0, len(text))]
    ["x, M_{x'}"]
    """
    closing = closing_braces(text, start, end)
    i = start
    while i < end:
        if text[i] not in "_^":
            i = closing.get(i, i) + 1  # what braces hold is no script of this name
            continue
        i += 1
        while i < end and text[i].isspace():
            i += 1
        if i in closing:
            yield i + 1, closing[i]
            i = closing[i] + 1
            continue
        stop = i + 1
        while stop < end and (text[stop].isalnum() or text[stop] in "'′"):
            stop += 1
        yield i, stop
        i = stop
