r"""Claims for any number of terms, ``P(x_1, \dots, x_n) = \prod_{i=1}^{n} ...``, judged number by number.

Such a claim says the same of each number of terms. It holds where it does for several numbers in a row,
which are larger than those that it writes, and fails where it does for all of them; what it has then to
do with its numbers is the same for any larger one. It is judged over all joint distributions, whatever
model is declared.

Main definitions
----------------
sizes_of : numbers for the letters that a statement leaves open.
by_instances : the claim of a relation that leaves the number of its terms open.
is_joint : whether a text is one probability of all that it names, such as ``P(x_1, \dots, x_n)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from symcausal.errors import Source, Span, SymcausalError
from symcausal.notes.reading.claims import Statement
from symcausal.notes.reading.stated import StatedRelation
from symcausal.notes.reporting.claim import Claim
from symcausal.notes.reporting.verdict import Verdict, Word
from symcausal.notes.stated.factorisation import stated_by
from symcausal.reading.lexer import raw_tokens
from symcausal.reading.open_ends import open_letters, sizes_to_try
from symcausal.reading.tokens import Token
from symcausal.record import replace

_MOST_OF_A_REASON = 200
_LIST = frozenset({"NAME", "COMMA", "DOTS"})


def sizes_of(statement: Statement) -> list[dict[str, int]]:
    """Return numbers to try for the letters that a statement leaves open; none where it leaves none."""
    tokens = _tokens(statement)
    return sizes_to_try(tokens, open_letters(tokens))


def by_instances(
    claim: Claim,
    statement: Statement,
    number: int,
    tried: Sequence[Mapping[str, int]],
    read: Callable[[Mapping[str, int]], Statement | None],
    judge: Callable[[Statement, StatedRelation], Claim],
    decide: Callable[[Statement, StatedRelation], Word],
    *,
    states: bool,
) -> Claim:
    """Return the claim of a relation as its instances say; the claim itself where they say nothing.

    Parameters
    ----------
    claim : Claim
        The claim, which was not read.
    statement : Statement
        Where it stands.
    number : int
        Which relation of the statement it is.
    tried : sequence of mapping
        Numbers for the letters that it leaves open; at least one.
    read : callable
        Reads the statement with numbers for letters that count.
    judge : callable
        Judges a relation of what was read; only the first instance needs all of it.
    decide : callable
        Tells whether a relation of what was read holds.
    states : bool
        Whether such a product states a graph here, since no model is declared.
    """
    letters = list(tried[0])
    instances = [one for one in map(read, tried) if one and number < len(one.related)]
    if len(instances) < len(tried):
        return claim
    first, *others = instances
    if any(part.expr is None for part in first.related[number].sides):
        return claim
    found = judge(first, first.related[number])
    told = " and ".join(
        f"{letter} = {', '.join(dict.fromkeys(str(sizes[letter]) for sizes in tried))}"
        for letter in letters
    )
    judgement, message = found.judgement, ""
    if found.verdict == "undecided":
        graph = _graph(first, number) if states else ""
        sizes = ", ".join(f"{letter} = {n}" for letter, n in tried[0].items())
        reason = (
            f"states the graph {graph} and so on" if graph else f"with {sizes}: {judgement.reason}"
        )
        judgement = replace(judgement, reason=reason[:_MOST_OF_A_REASON])
        if graph:
            judgement = Verdict("definition", reason=judgement.reason)
    elif found.verdict not in ("holds", "fails"):
        return claim
    elif any(decide(one, one.related[number]) != found.verdict for one in others):
        judgement = Verdict("undecided", reason=f"it depends on the number of terms ({told})")
    elif found.verdict == "fails" and not _on_both_sides(statement, number, letters):
        letter = " and ".join(letters)
        judgement = Verdict("undecided", reason=f"false for the {letter} that were tried ({told})")
    else:
        message = f"judged with {told}"
    return replace(claim, judgement=judgement, proposed=(), message=message)


def is_joint(text: str) -> bool:
    """Return whether a text is one probability of names and dots, without conditions."""
    kinds = [token.kind for token in _raw(text)]
    return kinds[:2] == ["PROB", "LPAR"] and kinds[-1:] == ["RPAR"] and set(kinds[2:-1]) <= _LIST


def _on_both_sides(statement: Statement, number: int, letters: Sequence[str]) -> bool:
    """Whether each letter that counts stands on both sides; else one number of terms may be meant."""
    sides = [_names_in(part.text) for part in statement.related[number].sides]
    return all(letter in side for side in sides for letter in letters)


def _names_in(text: str) -> str:
    """The names, with their scripts, of a side."""
    return " ".join(t.name.text for t in _raw(text) if t.name is not None)


def _graph(instance: Statement, number: int) -> str:
    """The graph that a relation of an instance states, as a chain; empty if it states none."""
    if instance.supposed:
        return ""
    stated = stated_by(instance)
    if stated is None or stated[0] != number or stated[1].left_only or stated[1].right_only:
        return ""
    return "; ".join(f"{cause} -> {effect}" for cause, effect in stated[1].graph.directed)


def _tokens(statement: Statement) -> list[Token]:
    """The tokens of all sides; nothing where one is no formula at all."""
    tokens: list[Token] = []
    for part in statement.parts:
        found = _raw(part.text)
        if not found:
            return []
        more = len(tokens)
        tokens += [
            Token(
                t.kind,
                t.text,
                t.start,
                t.end,
                inside=t.inside + more if t.inside >= 0 else t.inside,
                name=t.name,
            )
            for t in found
        ]
    return tokens


def _raw(text: str) -> list[Token]:
    """The tokens of a side; none where it is no formula."""
    try:
        return raw_tokens(Span(Source(text), 0, len(text)))
    except SymcausalError:
        return []
