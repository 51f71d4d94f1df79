r"""Notation of counterfactuals, which is called that: ``Y_{X=1}``, ``Y_x``, ``Y(1)``, ``Y^{a=1}``.

Main definitions
----------------
counterfactuals : where such names stand in a formula.
copies_read : the tokens of a formula with a copy for each of them.
refuse_counterfactuals : refuse a formula that has one among its events.

Implementation notes
--------------------
A name is taken for a counterfactual by what nothing else has: an assignment in its script, an
argument in brackets, or the letter of another variable as its script. ``X_1``, ``x_i``, ``x_{t-1}``
and ``g^1`` are variables and states, ``P_x(y)`` and ``p_X(x)`` carry their scripts at the sign of the
probability, and ``E[X(X-1)]`` is a product.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from symcausal.errors import ParseError, Source, Span
from symcausal.patterns import late
from symcausal.reading.tokens import Name, Token, named_quantities
from symcausal.reading.vocabulary import Guess, Vocabulary, state_of_script
from symcausal.reading.words import PARENTS

_ITEMS = late(r",(?![^{}]*\})")
_SET = late(r"(?P<name>[^\W\d_]\w*)=[^=]+")
_VALUE = late(r"(?:bar|tilde|hat)?(?P<letter>[a-z])(?:_?\d)?'*\*?")
_NESTED = late(r"(?:[A-Z]_|[A-Z]\w*\^)(?:[a-z]'*|\w+=\w+)")
_INDICES = frozenset("ijkmnrt")
_COMPLEMENT = frozenset({"c", "C"})
_FOLLOWS_NAME = frozenset({"IN", "NOTIN"})
_IN_ARGUMENTS = frozenset({"NAME", "STRING", "NUMBER", "EQ", "COMMA", "LPAR", "RPAR"})
_LONGEST_ARGUMENT = 40


def copies_read(
    tokens: Sequence[Token],
    names: Vocabulary | Guess,
    source: Source,
    *,
    defined: Mapping[str, object] | None = None,
    events: bool = False,
) -> list[Token]:
    """Return the tokens of a formula, in which each such name is one token that carries its copy.

    The parameters are those of :func:`counterfactuals`.

    Raises
    ------
    ParseError
        If there is one and no model, or its script sets nothing that is known.
    """
    if isinstance(names, Guess):
        refuse_counterfactuals(tokens, names, source, defined=defined, events=events)
        return list(tokens)
    named = [] if events else list(named_quantities(tokens, names, defined or ()))
    if named:
        from symcausal.reading.named import with_quantities  # few formulas have one

        tokens = with_quantities(tokens, named, names, source)
    places = list(counterfactuals(tokens, names, defined=defined, events=events))
    if not places:
        return list(tokens)
    from symcausal.reading.copies import with_copies  # few formulas speak of several worlds

    return with_copies(list(tokens), places, names, source, spoken=events)


def refuse_counterfactuals(
    tokens: Sequence[Token],
    names: Vocabulary | Guess,
    source: Source,
    *,
    defined: Mapping[str, object] | None = None,
    events: bool = False,
) -> None:
    """Refuse names of what a variable would have been under an intervention.

    The parameters are those of :func:`counterfactuals`.

    Raises
    ------
    ParseError
        At the first such name.
    """
    for first, last in counterfactuals(tokens, names, defined=defined, events=events):
        name = tokens[first].name
        assert name is not None
        raise _counterfactual(name, Span(source, tokens[first].start, tokens[last].end))


def counterfactuals(
    tokens: Sequence[Token],
    names: Vocabulary | Guess,
    *,
    defined: Mapping[str, object] | None = None,
    events: bool = False,
) -> Iterator[tuple[int, int]]:
    """Yield the first and the last token of each name of what a variable would have been.

    Parameters
    ----------
    tokens : sequence of Token
        Of a formula.
    names : Vocabulary or Guess
        The names; what they know as a variable or a state is one.
    defined : mapping or None
        The functions that the notes define.
    events : bool
        Whether names stand for variables outside all brackets, as in an independence.
    """
    done = -1
    for i, token in enumerate(tokens):
        name = token.name
        if i <= done or token.kind != "NAME" or name is None or (defined and token.text in defined):
            continue
        if not (name.sub or name.sup or _kind(tokens, i + 1) == "LPAR") or name.base in PARENTS:
            continue
        sign = "PROB" if events else _sign_around(tokens, i)
        if not sign or (i and tokens[i - 1].kind in _FOLLOWS_NAME):
            continue
        stop = _argument_end(tokens, i, names)
        if stop:
            done = stop
            yield i, stop
            continue
        alone = events or sign == "EXPECT"  # where no state can stand
        strange = sign == "EXPECT" or _kind(tokens, i + 1) in ("EQ", "LPAR")
        outcome = alone and _is_outcome(name, names)
        if outcome or (
            not _is_known(name, names)
            and not _is_one_of_many(name, tokens, names)
            and _is_scripted(name, names, strange=strange)
        ):
            yield i, i


def _counterfactual(name: Name, span: Span) -> ParseError:
    shown = span.source.text[span.start : span.end]
    script = name.sub or name.sup
    plain = all(_SET.fullmatch(item) or _VALUE.fullmatch(item) for item in _ITEMS.split(script))
    do = script if plain and not script.isdigit() else "X=1"
    return ParseError(
        f"'{shown}' is counterfactual notation, which means nothing here without a model",
        hint=f"what one intervention does is written P({name.base} | do({do}))",
        span=span,
    )


def _is_outcome(name: Name, names: Vocabulary | Guess) -> bool:
    """Whether ``Y_1`` is a potential outcome, in a mean or an independence: no state can stand there."""
    if name.sub not in ("0", "1") or name.sup or isinstance(names, Guess):
        return False
    meaning = names.lookup(name)
    return meaning is not None and meaning.script == name.sub


def _is_one_of_many(name: Name, tokens: Sequence[Token], names: Vocabulary | Guess) -> bool:
    """Whether a subscript only numbers a family, as in ``x_a, x_b``; never where a model is known."""
    if isinstance(names, Vocabulary) or not name.sub.isalpha() or not name.base.islower():
        return False
    return any(
        other.name is not None
        and other.name.base == name.base
        and other.name.sub.isalpha()
        and other.name.sub != name.sub
        for other in tokens
    )


def _kind(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].kind if i < len(tokens) else ""


def _sign_around(tokens: Sequence[Token], i: int) -> str:
    """Return ``PROB`` or ``EXPECT`` if a token stands within the brackets of one; otherwise empty."""
    opener = tokens[i].inside
    while 0 < opener < len(tokens):
        before = tokens[opener - 1]
        if before.kind in ("PROB", "EXPECT"):
            return before.kind if tokens[opener].kind == "LPAR" else ""
        if before.kind == "GCLOSE" and tokens[opener].kind == "LPAR":
            mark = tokens[before.inside] if 0 <= before.inside < len(tokens) else None
            if mark is not None and _kind(tokens, mark.inside) == "PROB":
                return "PROB"
        opener = tokens[opener].inside
    return ""


def _is_known(name: Name, names: Vocabulary | Guess) -> bool:
    """Whether a model has a variable of this spelling, or a state that the script names."""
    if isinstance(names, Guess):
        return False
    meaning = names.lookup(name)
    if meaning is None:
        return False
    states = names.states(meaning.variable)
    if not meaning.script or states is None:
        return not meaning.script
    return state_of_script(meaning.script, name, meaning.variable, states) is not None


def _is_scripted(name: Name, names: Vocabulary | Guess, *, strange: bool) -> bool:
    """Whether a subscript or superscript sets variables; ``strange`` where it can be no state."""
    for script in (name.sub, name.sup):
        items = _ITEMS.split(script)
        if any(_sets(item, names) for item in items):
            return True
        if not all(_VALUE.fullmatch(item) or _NESTED.fullmatch(item) for item in items):
            continue
        if any(map(_NESTED.fullmatch, items)):
            return True
        if script is name.sup and (script in _COMPLEMENT and not strange):
            continue
        letters = [found["letter"] for item in items if (found := _VALUE.fullmatch(item))]
        if all(_acts_on(name, letter, script is name.sup, strange, names) for letter in letters):
            return True
    return False


def _sets(item: str, names: Vocabulary | Guess) -> bool:
    """Whether a script sets a variable, as ``X=1`` does; the ``t=0`` of a time does not."""
    found = _SET.fullmatch(item)
    if found is None:
        return False
    if isinstance(names, Vocabulary):
        return names.lookup(Name(found["name"])) is not None or found["name"] not in _INDICES
    return found["name"] not in _INDICES


def _acts_on(
    name: Name, letter: str, above: bool, strange: bool, names: Vocabulary | Guess
) -> bool:
    """Whether a letter in a script is the value of another variable."""
    base = names.lookup(Name(name.base))
    other = names.lookup(Name(letter))
    if base is None or other is None or base.variable == other.variable:
        return False
    if isinstance(names, Vocabulary):
        return True
    if letter in _INDICES:
        return False
    spoken = names.is_event(other.variable) and names.is_event(base.variable)
    if above:  # without a model y^a is a state of Y, unless a value follows
        return strange and (spoken or name.base[:1].isupper())
    return spoken or (name.base.isupper() and len(name.base) == 1)


def _argument_end(tokens: Sequence[Token], i: int, names: Vocabulary | Guess) -> int:
    """Return the index of the bracket that ends ``Y(1)``, ``Y(x)`` or ``Y(X=1, M=0)``; 0 if none does."""
    name = tokens[i].name
    opener = tokens[i + 1] if i + 1 < len(tokens) else None
    if name is None or opener is None or opener.kind != "LPAR" or opener.text != "(":
        return 0
    base = names.lookup(Name(name.base))
    small = not name.base[:1].isupper()
    if base is None or (small and isinstance(names, Guess) and not names.is_event(base.variable)):
        return 0
    if isinstance(names, Guess) and len(name.base) > 1:
        return 0  # pa(x)
    sets = False
    last = "LPAR"
    for stop in range(i + 2, min(len(tokens), i + _LONGEST_ARGUMENT)):
        token = tokens[stop]
        if token.kind == "RPAR" and token.inside == i + 1:
            return stop if sets else 0
        negative = token.kind == "MINUS" and last == "EQ"  # the state of X=-1
        if token.kind not in _IN_ARGUMENTS and not negative:
            return 0
        if token.kind in ("NUMBER", "EQ"):
            sets = True
        elif (
            token.kind == "NAME" and last != "EQ" and _kind(tokens, stop + 1) not in ("EQ", "LPAR")
        ):
            own = base.variable if token.inside == i + 1 else ""
            if token.name is None or not _is_value(token.name, own, names):
                return 0
            sets = True
        last = token.kind
    return 0


def _is_value(name: Name, variable: str, names: Vocabulary | Guess) -> bool:
    """Whether a name is the small letter of another variable, and no index of time."""
    meaning = names.lookup(Name(name.base))
    if meaning is None or meaning.variable == variable or not name.base[:1].islower():
        return False
    return isinstance(names, Vocabulary) or name.base not in _INDICES
