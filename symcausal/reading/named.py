"""Counterfactual quantities with a name: ``PN(Y=1, X=1)``, ``NDE(Y, X, M)``, ``PSE(Y, X, via X -> Y)``.

Main definitions
----------------
NamedQuantity : a quantity as it was written, and what it stands for.
definition_of : what the tokens of one stand for.
with_quantities : tokens in which each is one token.
definitions_in : those of a text.

Notation
--------
The outcome comes first, then the treatment. Of a variable with two states the second is the one asked
about, and the first the other one, unless values are written; one that is written twice gives both,
as in ``ETT(Y, X=high, X=low)``.

References
----------
[TianPearl2000]_ for PN, PS and PNS; [Pearl2001]_ for the effects; [Avin2005]_ for those along paths;
[ShpitserPearl2009]_ for the effect of treatment on the treated; [Angrist1996]_ for that on compliers.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from symcausal.errors import ParseError, Source, Span
from symcausal.expr.nodes import (
    Copy,
    CopyEvent,
    CopyEvents,
    Counterfactual,
    Expr,
    Imposed,
    Letter,
    Minus,
    State,
    Value,
)
from symcausal.graph.graph import Graph
from symcausal.hints import NoReturn
from symcausal.reading.characters import plain_characters
from symcausal.reading.event_reader import EventReader
from symcausal.reading.lexer import tokenise
from symcausal.reading.token_edits import merged
from symcausal.reading.tokens import Token, named_quantities
from symcausal.reading.vocabulary import Vocabulary
from symcausal.reading.worlds import mean_of
from symcausal.record import record
from symcausal.rules.worlds import minimal_copy

#: The title of each quantity, and where it is defined.
TITLES = {
    "PN": ("probability of necessity", "TianPearl2000"),
    "PS": ("probability of sufficiency", "TianPearl2000"),
    "PNS": ("probability of necessity and sufficiency", "TianPearl2000"),
    "ETT": ("effect of treatment on the treated", "ShpitserPearl2009"),
    "TE": ("total effect", "Pearl2001"),
    "CDE": ("controlled direct effect", "Pearl2001"),
    "NDE": ("natural direct effect", "Pearl2001"),
    "NIE": ("natural indirect effect", "Pearl2001"),
    "PSE": ("path-specific effect", "Avin2005"),
    "LATE": ("local average treatment effect", "Angrist1996"),
}
_VALUES = frozenset({"NAME", "NUMBER", "STRING"})
_OF_VALUES = frozenset({"PN", "PS", "PNS"})
_WITH_OTHERS = frozenset({"CDE", "NDE", "NIE", "LATE"})


@record
class NamedQuantity:
    """A quantity as it was written, and what it stands for.

    Attributes
    ----------
    word : str
        Its name, such as ``PN``.
    written : str
        The whole of it.
    formula : Expr
        What it stands for.
    states : tuple of str
        The variables that have to have two states for it to be this.
    """

    word: str
    written: str
    formula: Expr
    states: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is called in full."""
        return TITLES[self.word][0]

    @property
    def source(self) -> str:
        """The bibliography's key of where it is defined."""
        return TITLES[self.word][1]


def definition_of(tokens: Sequence[Token], names: Vocabulary, source: Source) -> NamedQuantity:
    """Return what a named quantity stands for; its tokens are its name and the brackets behind it.

    Raises
    ------
    ParseError
        If its arguments are others than such a quantity has.
    """
    return _QuantityReader(tokens, names, source).definition()


def with_quantities(
    tokens: Sequence[Token], places: Sequence[tuple[int, int]], names: Vocabulary, source: Source
) -> list[Token]:
    """Return tokens in which each named quantity is one token that carries its formula."""
    whole = list[Token]()
    for i, stop in places:
        first, formula = tokens[i], definition_of(tokens[i : stop + 1], names, source).formula
        token = Token("NAME", first.text, first.start, tokens[stop].end, inside=first.inside)
        token.name, token.formula = first.name, formula
        whole.append(token)
    return merged(tokens, places, whole)


def definitions_in(text: str, names: Vocabulary) -> tuple[NamedQuantity, ...]:
    """Return what the named quantities of a formula stand for, each once."""
    span = Span(Source(plain_characters(text)), 0, len(text))
    tokens = tokenise(span, names)
    found = (
        definition_of(tokens[first : last + 1], names, span.source)
        for first, last in named_quantities(tokens, names)
    )
    return tuple(dict.fromkeys(found))


class _QuantityReader:
    """The arguments of a named quantity, by variable."""

    def __init__(self, tokens: Sequence[Token], names: Vocabulary, source: Source) -> None:
        self.word, self.names, self.source = tokens[0].text, names, source
        self.span = Span(source, tokens[0].start, tokens[-1].end)
        self.reader = EventReader(source, names, [])
        self.values: dict[str, list[Value]] = {}
        self.paths: list[tuple[str, ...]] = []
        self.states: list[str] = []
        for item in _items(tokens[2:-1]):
            if item and item[0].text == "via" and len(item) > 1 and item[1].name is not None:
                item = item[1:]
            if any(token.kind.endswith("ARROW") for token in item):
                self.paths.append(self.path(item))
            else:
                self.take(item)

    def take(self, item: Sequence[Token]) -> None:
        """Take a variable, a letter for its value, or a variable with its value."""
        head = item[0] if item else None
        meaning = None if head is None or head.name is None else self.names.lookup(head.name)
        if head is None or meaning is None or meaning.script:
            self.refuse()
        known = self.values.setdefault(meaning.variable, [])
        if len(item) == 3 and item[1].kind == "EQ" and item[2].kind in _VALUES:
            found = self.reader.value(meaning.variable, item[2], ())
        elif len(item) > 1:
            self.refuse()
        elif meaning.letter != meaning.variable or _is_small(head.text, meaning.variable):
            found = Letter(meaning.letter)
        else:
            return
        if len(known) == 2 or found in known:
            self.refuse()
        known.append(found)

    def path(self, item: Sequence[Token]) -> tuple[str, ...]:
        """Return the variables of a path along arrows of the graph."""
        named, edges = item[::2], set(self.graph.directed)
        if len(item) % 2 == 0 or any(token.name is None for token in named):
            self.refuse()
        nodes = [self.reader.variable(token) for token in named]
        arrows = {token.kind for token in item[1::2]}
        if arrows != {"RARROW"} or not all(pair in edges for pair in pairwise(nodes)):
            shown = Span(self.source, item[0].start, item[-1].end)
            raise ParseError(
                f"'{self.source.text[shown.start : shown.end]}' is no path along arrows of the graph",
                span=shown,
            )
        return tuple(nodes)

    @property
    def graph(self) -> Graph:
        """The graph of the model."""
        if self.names.graph is None:
            self.refuse()
        return self.names.graph

    # -- the quantities -------------------------------------------------------------------------
    def definition(self) -> NamedQuantity:
        """Return the definition."""
        if len(self.values) < 2 or bool(self.paths) != (self.word == "PSE"):
            self.refuse()
        outcome, treatment, *others = self.values
        if self.word in _OF_VALUES:
            formula = self.of_values(outcome, treatment, others)
        else:
            if self.values[outcome] or bool(others) != (self.word in _WITH_OTHERS):
                self.refuse()
            formula = self.contrast(outcome, treatment, others)
        written = " ".join(self.source.text[self.span.start : self.span.end].split())
        return NamedQuantity(self.word, written, formula, tuple(dict.fromkeys(self.states)))

    def of_values(self, outcome: str, treatment: str, others: Sequence[str]) -> Expr:
        """Return a probability of causation."""
        if others or not self.values[outcome] or not self.values[treatment]:
            self.refuse()
        y, y_not = self.pair(outcome, complement=True)
        x, x_not = self.pair(treatment, complement=True)
        with_x = CopyEvent(Copy(outcome, (Imposed(treatment, x),)), y)
        without = CopyEvent(Copy(outcome, (Imposed(treatment, x_not),)), y_not)
        match self.word:
            case "PN":
                seen = (CopyEvent(Copy(treatment), x), CopyEvent(Copy(outcome), y))
                return Counterfactual(CopyEvents([without]), CopyEvents(seen))
            case "PS":
                seen = (CopyEvent(Copy(treatment), x_not), CopyEvent(Copy(outcome), y_not))
                return Counterfactual(CopyEvents([with_x]), CopyEvents(seen))
            case _:  # as _OF_VALUES lists them
                return Counterfactual(CopyEvents([with_x, without]))

    def contrast(self, outcome: str, treatment: str, others: Sequence[str]) -> Expr:
        """Return a difference of two means."""
        x, x_not = self.pair(treatment)
        on, off = Imposed(treatment, x), Imposed(treatment, x_not)
        given = CopyEvents()
        if self.word == "ETT":
            given = CopyEvents([CopyEvent(Copy(treatment), x)])
        held = list[Imposed]()
        if self.word == "LATE":
            given = self.compliers(treatment, x, x_not, others)
            others = ()
        for name in others:
            if self.word == "CDE" and len(self.values[name]) == 1:
                held.append(Imposed(name, self.values[name][0]))
            elif self.word == "CDE" or self.values[name]:
                self.refuse()
            else:
                held.append(Imposed(name, Copy(name, (off if self.word == "NDE" else on,))))
        match self.word:
            case "NIE":
                with_x, without = _copy(outcome, off, *held), _copy(outcome, off)
            case "NDE":
                with_x, without = _copy(outcome, on, *held), _copy(outcome, off)
            case "PSE":
                along = minimal_copy(self.along(outcome, treatment, on, off), self.graph)
                with_x, without = along, _copy(outcome, off)
            case _:  # TE, ETT, CDE, LATE
                with_x, without = _copy(outcome, on, *held), _copy(outcome, off, *held)
        return Minus(mean_of(with_x, given), mean_of(without, given))

    def compliers(
        self, treatment: str, x: Value, x_not: Value, others: Sequence[str]
    ) -> CopyEvents:
        """Return who takes the treatment as an instrument says: those it makes take it."""
        if len(others) != 1:
            self.refuse()
        z, z_not = self.pair(others[0])
        return CopyEvents(
            CopyEvent(Copy(treatment, (Imposed(others[0], value),)), taken)
            for value, taken in ((z, x), (z_not, x_not))
        )

    def along(self, outcome: str, treatment: str, on: Imposed, off: Imposed) -> Copy:
        """Return the outcome where the treatment is on along the paths, and off along all others."""
        if not all(path[0] == treatment and path[-1] == outcome for path in self.paths):
            self.refuse()
        acting = set(self.graph.descendants((treatment,)))

        def reached(name: str, paths: frozenset[tuple[str, ...]]) -> Copy:
            if not paths:
                return Copy(name, (off,))
            settings = list[Imposed]()
            for parent in self.graph.parents(name):
                through = frozenset(path[:-1] for path in paths if path[-2] == parent)
                if parent == treatment:
                    settings.append(on if through else off)
                elif parent in acting:
                    settings.append(Imposed(parent, reached(parent, through)))
            return _copy(name, *settings)

        return reached(outcome, frozenset(self.paths))

    # -- values ---------------------------------------------------------------------------------
    def pair(self, name: str, *, complement: bool = False) -> tuple[Value, Value]:
        """Return the value that is asked about and the one that it is compared with."""
        states = self.names.states(name) or ("0", "1")
        match self.values[name]:
            case [one, other]:
                return one, other
            case [State() as one] if len(states) == 2:
                self.states += [name] * complement
                return one, State(next(state for state in states if state != one.name))
            case [Letter(letter)] if len(states) == 2:
                self.states.append(name)
                return Letter(letter), Letter(f"{letter}'")
            case [] if len(states) == 2:
                return State(states[1]), State(states[0])
            case _:  # of several states nobody says which
                example = states[1] if len(states) > 1 else "..."
                raise ParseError(
                    f"{name} has {len(states)} states",
                    expected="the two values that are compared",
                    hint=f"write both, as in {name}={example}, {name}={states[0]}",
                    span=self.span,
                )

    def refuse(self) -> NoReturn:
        raise ParseError(
            f"'{self.source.text[self.span.start : self.span.end]}'",
            expected=_EXPECTED[self.word],
            span=self.span,
        )


_EXPECTED = {
    **dict.fromkeys(("PN", "PS", "PNS"), "an outcome and a cause with their values, as in PN(Y=1, X=1)"),
    **dict.fromkeys(("ETT", "TE"), "an outcome and a treatment, as in TE(Y, X)"),
    **dict.fromkeys(("NDE", "NIE"), "an outcome, a treatment and what is between, as in NDE(Y, X, M)"),
    "LATE": "an outcome, a treatment and an instrument, as in LATE(Y, X, Z)",
    "CDE": "an outcome, a treatment and what is held, as in CDE(Y, X, M=0)",
    "PSE": "an outcome, a treatment and paths, as in PSE(Y, X, via X -> M -> Y)",
}  # fmt: skip


def _copy(name: str, *settings: Imposed) -> Copy:
    return Copy(name, tuple(sorted(settings, key=_variable_of)))


def _is_small(written: str, variable: str) -> bool:
    """Whether a name is the small letter of a variable, which stands for a value."""
    return written[:1].islower() and not variable[:1].islower()


def _variable_of(setting: Imposed) -> str:
    return setting.variable


def _items(tokens: Sequence[Token]) -> list[list[Token]]:
    parts = [list[Token]()]
    for token in tokens:
        if token.kind == "COMMA":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
