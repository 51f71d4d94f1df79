"""A model with numbers in it, ready to give formulas a meaning.

Main definitions
----------------
Interpretation : a graph, states, and one column of field values for each table.
exact : a network in fractions.
modular : a network with random residues for its parameters.
generic : random positive tables for a graph, modulo a prime.

Implementation notes
--------------------
A bidirected edge has no table. ``generic`` and ``exact`` make its hidden cause an explicit root with
as many states as asked for, parent of both ends, so that the kernel only ever sees arrows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from symcausal.algebra import scalar
from symcausal.algebra.deadline import spend
from symcausal.algebra.field import Field, Modulo, Rationals
from symcausal.errors import LimitError, MissingParameterError, UnknownVariableError, nearest
from symcausal.expr.nodes import Expr, Prob
from symcausal.graph.graph import Graph
from symcausal.hints import TYPE_CHECKING, Generic, TypeVar
from symcausal.kernel.core.draws import SEED, Draws, RandomSource
from symcausal.kernel.core.factor import Factor
from symcausal.network.network import Network, Table
from symcausal.record import field as field_of
from symcausal.record import record

if TYPE_CHECKING:
    from symcausal.kernel.core.worlds import Responses

V = TypeVar("V")

MOST_CAUSES_OF_ONE = 4
_SEED_OF_WORLDS = ~SEED  # apart from those of tables and weights, which must not repeat


@record
class Interpretation(Generic[V]):
    """A graph with a number in every table, in which formulas have a meaning.

    Attributes
    ----------
    graph : Graph
        Arrows only; hidden causes are explicit.
    states : mapping of str to tuple of str
        The states of each variable.
    columns : mapping of str to (tuple of str, sequence)
        For each variable its parents and its flat table: rows by parents, the last fastest.
    field : Field
        Where the numbers live.
    parameters : mapping of str to V
        Values of the parameters that formulas may mention.
    positive : bool
        Whether every entry is known not to be zero, so that no condition is impossible.
    remembered : dict
        The tables of formulas that have been worked out, with the sizes of their letters: by
        probability, and for larger formulas by identity.
    made : list of Responses
        The laws of response functions, once they have been asked for.
    entries : dict
        What reads one entry of a probability's table, given the numbers of its letters' states, and
        the sizes of those letters.
    """

    graph: Graph
    states: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[tuple[str, ...], Sequence[V]]]
    field: Field[V]
    parameters: Mapping[str, V]
    positive: bool = False
    remembered: dict[Prob | int, tuple[Expr, list[Factor[V]], dict[str, int]]] = field_of(
        default_factory=dict, compare=False, repr=False
    )
    made: list[Responses[V]] = field_of(default_factory=list, compare=False, repr=False)
    entries: dict[Prob, tuple[Callable[[dict[str, int]], V], dict[str, int]]] = field_of(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def responses(self) -> Responses[V]:
        """The laws of response functions, in agreement with the tables and else at random."""
        from symcausal.kernel.core.worlds import Responses  # few formulas speak of several worlds

        if not self.made:
            if self.graph.monotone:
                raise LimitError(
                    "several worlds in tables of a model with a monotone arrow",
                    expected="a formula without numbers",
                    hint="`identify` and `derive` use what is monotone",
                )
            self.made.append(
                Responses(self.columns, self.states, self.field, Draws(_SEED_OF_WORLDS))
            )
        return self.made[0]

    def states_of(self, variable: str) -> tuple[str, ...]:
        """Return the states of a variable."""
        try:
            return self.states[variable]
        except KeyError:
            raise UnknownVariableError(
                f"there is no variable '{variable}'", hint=nearest(variable, self.states)
            ) from None


def exact(
    network: Network, values: Mapping[str, Fraction] | None = None
) -> Interpretation[Fraction | None]:
    """Return a network in exact fractions.

    Raises
    ------
    MissingParameterError
        If a parameter of the network has no value.
    """
    known = dict(values or {})
    missing = [p.name for p in network.parameters if p.name not in known]
    if missing:
        raise MissingParameterError(missing, hint="give them numbers, or ask for the closed form")
    return _of_network(network, known, Rationals())


def modular(network: Network, rng: RandomSource) -> Interpretation[int]:
    """Return a network in residues modulo a prime, its parameters at random.

    Declared parameters and open entries alike are drawn from the whole field: an identity of
    polynomials holds there if and only if it holds for probabilities.
    """
    residues = Modulo()
    names = [p.name for p in (*network.parameters, *network.declared.values())]
    values = {name: rng.randrange(1, residues.prime) for name in dict.fromkeys(names)}
    return _of_network(network, values, residues)


def generic(
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
    rng: RandomSource,
    *,
    hidden_states: int = 2,
    lean: bool = False,
    certain: Mapping[str, Sequence[Fraction]] | None = None,
) -> Interpretation[int]:
    """Return random tables for a graph modulo a prime, in which only the sums of rows are known.

    Tables that are ``certain``, those of mechanisms, are taken as they are.

    Every bidirected edge gets a hidden cause of its own. Where they crowd, elimination would need
    tables over all of them; there, variables that are all joined to each other share one cause. Such
    a model has the same graph, and its law is as general.
    """
    residues = Modulo()
    graph = with_shared_causes(graph) if _is_crowded(graph) else with_explicit_causes(graph)
    all_states = dict[str, tuple[str, ...]]()
    for name, below in zip(graph.nodes, graph.child_masks, strict=True):
        # a cause of many needs more states to leave no trace of its own
        more = 2 if below.bit_count() > 2 and not lean else 0
        all_states[name] = states.get(name) or tuple(map(str, range(hidden_states + more)))
    columns = {}
    rising: Rising | None = None
    if graph.monotone:
        from symcausal.kernel.core.rising import Rising  # few models have a monotone arrow

        rising = Rising(graph, all_states, residues, rng)
    for name in graph.nodes:
        if certain and name in certain:
            columns[name] = graph.parents(name), [*map(residues.constant, certain[name])]
            continue
        if rising is not None and name in rising.columns:
            columns[name] = graph.parents(name), rising.columns[name]
            continue
        parents, width = graph.parents(name), len(all_states[name])
        column: list[int] = []
        rows = 1
        for parent in parents:
            rows *= len(all_states[parent])
        for _ in range(rows):
            spend(3 * width)  # a draw takes as long as some products
            row = [rng.randrange(1, residues.prime) for _ in range(width - 1)]
            column += [*row, (1 - sum(row)) % residues.prime]
        columns[name] = (parents, column)
    found = Interpretation(graph, all_states, columns, residues, {}, positive=not certain)
    if rising is not None:
        found.made.append(rising.responses(columns, Draws(_SEED_OF_WORLDS)))
    return found


def with_explicit_causes(graph: Graph) -> Graph:
    """Return the same graph with a hidden root for each bidirected edge."""
    if not graph.bidirected:
        return graph
    causes = {pair: f"U[{pair[0]},{pair[1]}]" for pair in graph.bidirected}
    arrows = [(cause, end) for pair, cause in causes.items() for end in pair]
    return Graph(
        (*causes.values(), *graph.nodes),
        (*arrows, *graph.directed),
        (),
        (*causes.values(), *graph.hidden),
        graph.monotone,
    )


def with_shared_causes(graph: Graph) -> Graph:
    """Return the same graph with one hidden root for each set of variables that are all joined.

    Larger sets come first, until every bidirected edge lies in one.
    """
    left = {frozenset(pair) for pair in graph.bidirected}
    cliques = list[tuple[str, ...]]()
    for start, other in graph.bidirected:
        if frozenset((start, other)) not in left:
            continue
        clique = [start, other]
        for name in graph.nodes:
            near = graph.sibling_masks[graph.index(name)]
            if name not in clique and not graph.mask(clique) & ~near:
                clique.append(name)
        cliques.append(tuple(clique))
        left -= {frozenset((a, b)) for a in clique for b in clique}
    causes = {clique: f"U[{','.join(clique)}]" for clique in cliques}
    arrows = [(cause, end) for clique, cause in causes.items() for end in clique]
    return Graph(
        (*causes.values(), *graph.nodes),
        (*arrows, *graph.directed),
        (),
        (*causes.values(), *graph.hidden),
        graph.monotone,
    )


def _is_crowded(graph: Graph) -> bool:
    return any(mask.bit_count() > MOST_CAUSES_OF_ONE for mask in graph.sibling_masks)


class _MadeColumns(dict[str, tuple[tuple[str, ...], list[V]]], Generic[V]):
    """Columns by variable; to ask for one whose table is not made is that table's LimitError."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        super().__init__()
        self.tables = tables

    def __missing__(self, name: str) -> tuple[tuple[str, ...], list[V]]:
        table = self.tables[name]
        raise KeyError(table.variable)  # no table of the network


def _of_network(network: Network, values: Mapping[str, V], numbers: Field[V]) -> Interpretation[V]:
    columns = _MadeColumns[V](network.tables)
    for name, table in network.made.items():
        spend(len(table.entries))
        entries = [scalar.evaluate(entry, values, numbers) for entry in table.entries]
        columns[name] = (table.parents, entries)
    positive = all(value != numbers.zero for _, column in columns.values() for value in column)
    return Interpretation(network.graph, network.states, columns, numbers, values, positive)
