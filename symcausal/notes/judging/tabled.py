"""The numbers that tables of notes give to the model in force.

Main definitions
----------------
NotesTables : the tables of some notes, and what they make of a model or of a stated graph.
TabledNetwork : a network with their numbers, and what these rest on.
with_tables : a network with their numbers.
states_named : the states that formulas name.
doubted : a claim that fails only as far as tables show digits.
tabled_of : finds them; None where notes have none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import product

from symcausal.algebra.scalar import Number
from symcausal.errors import ParseError, Span, SymcausalError
from symcausal.expr.distributions import distributions
from symcausal.expr.nodes import Event, Events, Expr, Prob, State
from symcausal.expr.scope import canonical
from symcausal.graph.graph import Graph
from symcausal.hints import TYPE_CHECKING
from symcausal.network.network import DEFAULT_STATES, Network, Table
from symcausal.network.unmade import with_unmade
from symcausal.notes.files.items import NotesFile
from symcausal.notes.files.passages import Passage
from symcausal.notes.judging.footing import Footing
from symcausal.notes.judging.open_states import (
    OTHERS,
    completed,
    stated_states,
    with_states,
)
from symcausal.notes.judging.setting import Setting
from symcausal.notes.reporting.claim import Claim
from symcausal.notes.reporting.verdict import Verdict
from symcausal.reading.model_language import ModelText
from symcausal.reading.vocabulary import Guess, Vocabulary
from symcausal.record import record, replace

if TYPE_CHECKING:
    from symcausal.notes.stated.numbers import PassedOver, PlacedTable, StatedNumbers
    from symcausal.notes.stated.table_rows import StatedTable


@record
class TabledNetwork:
    """A network with the numbers of tables, and what these rest on.

    Attributes
    ----------
    network : Network
        With the numbers.
    finer : Network or None
        With fractions for decimals that may be rounded thirds and the like; None where there are none.
    tables : tuple of PlacedTable
        The tables that gave numbers.
    """

    network: Network
    finer: Network | None
    tables: tuple[PlacedTable, ...]

    @property
    def is_exact(self) -> bool:
        """Whether the rows of all tables sum to one as they are written."""
        return all(one.table.is_exact for one in self.tables)

    def told(self, names: Collection[str] | None = None) -> str:
        """The tables in words, all or those of some variables: ``the table of line 12``."""
        own = [t for t in self.tables if names is None or t.table.variable in names]
        places = list(dict.fromkeys(table.where for table in own))
        if len(places) > 1 and all(
            place.startswith("line ") and " of " not in place for place in places
        ):
            lines = [place.removeprefix("line ") for place in places]
            return f"the tables of lines {', '.join(lines[:-1])} and {lines[-1]}"
        return " and ".join(f"the table of {place}" for place in places)


@dataclass(slots=True)
class NotesTables:
    """The tables of some notes, and what they make of a model or of a stated graph.

    Attributes
    ----------
    texts : sequence of str
        The formulas of the notes.
    words : sequence of str
        What stands around them.
    guess : Guess
        What names mean without a model.
    footing : Footing or None
        The graphs that the notes state.
    open_in : callable
        The variables of a model of which its text says nothing.
    commas : bool
        Whether decimals have a comma.
    passed : list of PassedOver
        The tables that say that they are of probabilities and were not read.
    """

    found: StatedNumbers
    texts: Sequence[str]
    words: Sequence[str]
    guess: Guess
    footing: Footing | None
    open_in: Callable[[ModelText], frozenset[str]]
    commas: bool
    passed: list[PassedOver] = field(default_factory=list)
    _placed: dict[int, list[PlacedTable]] = field(default_factory=dict)
    _kept: dict[int, ModelText] = field(default_factory=dict)
    _contents: dict[tuple[object, ...], tuple[ModelText, TabledNetwork | None]] = field(
        default_factory=dict
    )

    # -- which tables --------------------------------------------------------------------------------
    def placed(self, content: ModelText | None) -> list[PlacedTable]:
        """Return all tables that give numbers, read with the names of a model or those of the notes."""
        key = id(content)
        if key not in self._placed:
            from symcausal.notes.stated.cells import TableCells

            if content is None:
                named = stated_states(self.texts, self.words, self.guess)
                graphs = () if self.footing is None else self.footing.reaches
                told = {name for reach in graphs for name in reach.stated.graph.nodes}
                cells = TableCells(
                    self.guess, named, completed, OTHERS, told=told, commas=self.commas
                )
                found, passed = self.found.read(cells, self._family_stated)
            else:
                self._kept[key] = content  # so that no other is at its place
                names = Vocabulary.of(content.network)
                is_open = self.open_in(content).__contains__
                named = stated_states(self.texts, self.words, names)
                cells = TableCells(
                    names, named, completed, OTHERS, is_open=is_open, commas=self.commas
                )
                family = partial(_family, content.network.graph)
                found, passed = self.found.read(cells, lambda _, names: family(names))
            self._placed[key] = found
            self.passed += passed
        return self._placed[key]

    def _family_stated(
        self, place: tuple[int, int], names: frozenset[str]
    ) -> Collection[str] | None:
        standing = None if self.footing is None else self.footing.at(place, names)
        if standing is None or not names <= set(standing.stated.graph.nodes):
            return None
        return _family(standing.stated.graph, names)

    @property
    def unread(self) -> list[SymcausalError]:
        """The tables that say that they are of probabilities and were not read, each once."""
        found: dict[tuple[int | None, int], SymcausalError] = {}
        for one in self.passed:
            text = one.part.source.text
            start = one.start + len(text[one.start :]) - len(text[one.start :].lstrip())
            stop = text.find("\n", start, one.end)
            span = Span(one.part.source, start, stop if stop > start else max(start + 1, one.end))
            error = ParseError(f"a table that gives no numbers: {one.reason}", span=span)
            found.setdefault((one.part.cell, one.start), error)
        return list(found.values())

    def in_force(
        self, content: ModelText | None, place: tuple[int, int]
    ) -> tuple[PlacedTable, ...]:
        """Return the tables that are in force at a place."""
        return tuple(t for t in self.placed(content) if t.end <= place < t.until)

    # -- what they make ------------------------------------------------------------------------------
    def of_model(
        self, content: ModelText, passage: Passage
    ) -> tuple[ModelText, TabledNetwork | None]:
        """Return a model with the numbers of the tables that are in force at a passage."""
        tables = self.in_force(content, _place(passage))
        key = (id(content), *(table.start for table in tables))
        if key not in self._contents:
            made = with_tables(content.network, tables, self.open_in(content)) if tables else None
            shown = content if made is None else replace(content, network=made.network)
            self._contents[key] = shown, made
        return self._contents[key]

    def numbers(self, passage: Passage, names: Collection[str]) -> dict[Expr, Fraction]:
        """Return what tables give for any of some variables, where the notes have no graph."""
        found: dict[Expr, Fraction] = {}
        for one in self.in_force(None, _place(passage)):
            table = one.table
            if not table.is_exact or not set(names) & {table.variable, *table.parents}:
                continue
            for at, state, value in table.cases():
                given = Events(Event(name, State(s)) for name, s in at.items())
                outcome = Events((Event(table.variable, State(state)),))
                found[canonical(Prob(outcome, given))] = value
        return found


def doubted(
    claim: Claim,
    tabled: TabledNetwork | None,
    setting: Setting,
    plain: Network,
    judge: Callable[[Setting], Claim],
) -> Claim:
    """Return a claim, undecided where it fails only as far as tables show digits.

    Parameters
    ----------
    claim : Claim
        What was judged in a setting with the numbers of tables.
    tabled : TabledNetwork or None
        These.
    setting : Setting
        That setting.
    plain : Network
        The same without the tables.
    judge : callable
        Judges the claim in another setting.
    """
    if tabled is not None and not tabled.is_exact and claim.evidence == "numbers":
        reason = f"equal in the rounded numbers of {tabled.told()}, which need not be equal"
        return replace(claim, judgement=Verdict("undecided", reason=reason))
    if claim.verdict != "fails" or tabled is None:
        return claim
    if tabled.is_exact and tabled.finer is None:
        return claim
    if judge(_apart(setting, plain)).verdict == "fails":
        return claim
    reason = f"{tabled.told()} shows rounded numbers, which do not sum to 1: {claim.reason}"
    if tabled.is_exact and tabled.finer is not None:
        if judge(_apart(setting, tabled.finer)).verdict == "fails":
            return claim
        reason = f"true if decimals of {tabled.told()} are rounded thirds, sixths or the like"
    return replace(claim, judgement=Verdict("undecided", reason=reason[:200]), proposed=())


def _apart(setting: Setting, network: Network) -> Setting:
    """A setting with another network, in which nothing is learnt."""
    return replace(
        setting,
        network=network,
        variables=network.variables,
        known=dict(setting.known),
        points={},
        filled={},
    )


def _place(passage: Passage) -> tuple[int, int]:
    first = passage.pieces[0].formula
    return first.part.cell or 0, first.offset


def _family(graph: Graph, names: frozenset[str]) -> list[str]:
    """The variables of a set that have all others of it for parents."""
    known = names <= set(graph.nodes)
    return [name for name in sorted(names) if known and {name, *graph.parents(name)} == names]


def with_tables(
    network: Network,
    tables: Iterable[PlacedTable],
    open_: Collection[str],
    named: Mapping[str, Collection[str]] | None = None,
) -> TabledNetwork | None:
    """Return a network with the numbers of tables; None if none of them is of one of its variables.

    Parameters
    ----------
    network : Network
        Whose open tables are filled.
    tables : iterable of PlacedTable
        What notes give.
    open_ : collection of str
        The variables of which nobody declared the states.
    named : mapping of str to collection of str, optional
        The states that a claim names, by variable, which have to be among a table's; without it all
        states that an open variable has.
    """
    graph = network.graph
    tied = {name for edge in graph.bidirected for name in edge}
    fitting = [
        one
        for one in tables
        if one.table.variable in network.variables
        and one.table.variable not in tied
        and set(one.table.parents) == set(graph.parents(one.table.variable))
    ]
    states: dict[str, tuple[str, ...]] = {}
    kept: list[tuple[PlacedTable, StatedTable]] = []
    for one in fitting:
        if one.table.variable in {table.variable for _, table in kept}:
            continue
        table = _in_states_of(one.table, network, open_, named, states)
        if table is not None:
            kept.append((one, table))
            states.update({name: told for name, told in table.states.items() if name in open_})
    changed = {n: told for n, told in states.items() if network.variables[n].states != told}
    wide = with_states(network, changed) if changed else network
    kept = [(one, table) for one, table in kept if wide.is_open_table(table.variable)]
    if not kept:
        return None
    finer = any(table.finer for _, table in kept)
    return TabledNetwork(
        _filled(wide, [table for _, table in kept]),
        _filled(wide, [table.with_finer() for _, table in kept]) if finer else None,
        tuple(one for one, _ in kept),
    )


def states_named(formulas: Iterable[Expr]) -> dict[str, set[str]]:
    """Return the states that formulas name, by variable."""
    found: dict[str, set[str]] = {}
    for formula in formulas:
        for about in distributions(formula):
            for event in (*about.outcome, *about.given, *about.do):
                if isinstance(event.value, State):
                    found.setdefault(event.variable, set()).add(event.value.name)
    return found


def _in_states_of(
    table: StatedTable,
    network: Network,
    open_: Collection[str],
    named: Mapping[str, Collection[str]] | None,
    before: Mapping[str, tuple[str, ...]],
) -> StatedTable | None:
    """A table in the states of a network, None where it has others."""
    new: dict[str, dict[str, str]] = {}
    for name, told in table.states.items():
        own = before.get(name, network.variables[name].states)
        if set(own) == set(told):
            continue
        if name in open_ and name not in before:
            if named is not None:
                needed = set(named.get(name, ()))
            else:
                needed = set() if own == DEFAULT_STATES else set(own) - {"other"}
            if needed <= set(told):
                continue
            own = own if named is None else tuple(DEFAULT_STATES)
        renamed = _as_numbers(told, own)
        if renamed is None:
            return None
        new[name] = renamed
    return table.renamed(new) if new else table


def _as_numbers(told: Sequence[str], own: Sequence[str]) -> dict[str, str] | None:
    """The states 0 and 1 for *no* and *yes*; None for others."""
    pair = OTHERS.get(told[0])
    if pair is None or set(told) != set(pair) or set(own) != set(DEFAULT_STATES):
        return None
    return dict(zip(pair, DEFAULT_STATES, strict=True))


def _filled(network: Network, tables: Sequence[StatedTable]) -> Network:
    made = dict(network.made)
    for table in tables:
        name = table.variable
        parents = network.graph.parents(name)
        values = {(*(at[p] for p in parents), state): value for at, state, value in table.cases()}
        every = [network.variables[n].states for n in (*parents, name)]
        entries = tuple(Number(values[place]) for place in product(*every))
        made[name] = Table(name, tuple(parents), entries)
    unmade = network.unmade - {table.variable for table in tables}
    return replace(network, tables=with_unmade(made, unmade))


def tabled_of(
    document: NotesFile | None,
    texts: Sequence[str],
    words: Sequence[str],
    guess: Guess,
    footing: Footing | None,
    open_in: Callable[[ModelText], frozenset[str]],
    *,
    commas: bool = False,
) -> NotesTables | None:
    """Return the tables of notes; None where they have none."""
    if document is None or not _may_have(document):
        return None
    from symcausal.notes.stated.graphs import turned_off
    from symcausal.notes.stated.numbers import StatedNumbers

    found = StatedNumbers(document, turned_off(document))
    return NotesTables(found, texts, words, guess, footing, open_in, commas) if found else None


def _may_have(document: NotesFile) -> bool:
    """Whether notes may have tables: a cheap test, without the readers of tables."""
    texts = [document.page] if document.page else [part.source.text for part in document.parts]
    return any(sign in text for text in texts for sign in _SIGNS)


_SIGNS = (
    "|-",
    "-|",
    "| -",
    "|:",
    "{tabular",
    "{longtable",
    "{array",
    "<table",
    "<TABLE",
    "+--",
    "===",
)
