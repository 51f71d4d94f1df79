"""The model: one object through which everything is asked.

Main definitions
----------------
Model : a graph with states and tables, and all questions about it.

Implementation notes
--------------------
Each question imports what answers it when it is asked. A derivation printed as text waits neither
for SymPy and networkx nor for our own parts that it does not need: a command starts in the time of a
few bare interpreters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from symcausal.algebra.scalar import Term
from symcausal.answer.derivation import Derivation
from symcausal.derive.derivation import DETAILS, Detail, assumptions, derive, hidden_causes
from symcausal.errors import (
    ImpossibleEventError,
    NotIdentifiableError,
    Source,
    UsageError,
    nearest,
)
from symcausal.expr.nodes import Expectation, Expr, Prob
from symcausal.expr.path import everywhere
from symcausal.expr.scope import free_letters
from symcausal.graph.separation import separated
from symcausal.network.network import Network
from symcausal.notation.model_language import ModelText, read_model
from symcausal.notation.notations import Notation
from symcausal.notation.reader import read
from symcausal.notation.text import text
from symcausal.notation.vocabulary import Vocabulary
from symcausal.record import record, replace
from symcausal.rules.rule import Context

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    import networkx
    import sympy

    from symcausal.answer.comparison import Difference
    from symcausal.answer.constraints import Constraint
    from symcausal.answer.construction import Rows
    from symcausal.answer.elimination import Elimination
    from symcausal.answer.evaluation import Evaluation
    from symcausal.answer.exports import Exported
    from symcausal.answer.identification import Identification
    from symcausal.answer.implications import Implications
    from symcausal.answer.joint_sensitivity import JointSensitivity
    from symcausal.answer.questions import IndependenceAnswer
    from symcausal.answer.repairs import Adjustment, FrontDoor, Instruments
    from symcausal.answer.sensitivities import Sensitivities
    from symcausal.answer.sensitivity import Sensitivity
    from symcausal.answer.tables import Tables
    from symcausal.bulk.evaluate import Written
    from symcausal.check.report import Report
    from symcausal.compiled.function import CompiledQuery
    from symcausal.compiled.values import ByParameter
    from symcausal.evaluate.sympy_bridge import Parameter
    from symcausal.evaluate.value_table import ValueTable
    from symcausal.graph.adjustment import AdjustmentSet
    from symcausal.graph.enumeration import Kind
    from symcausal.graph.essential import EssentialGraph
    from symcausal.graph.front_door import FrontDoorSet
    from symcausal.graph.independencies import Independence
    from symcausal.notation.reader import Chain

Names = str | Iterable[str]
Values = Mapping[Any, object]


@record
class Counts:
    """How many numbers a model takes.

    Attributes
    ----------
    joint_entries : int
        Entries of the table of the joint distribution.
    table_entries : int
        Entries of all conditional tables together.
    free_parameters : int
        Numbers that fix all tables: a row of ``k`` states takes ``k - 1``.
    """

    joint_entries: int
    table_entries: int
    free_parameters: int


def _detail(asked: str) -> Detail:
    for detail in DETAILS:
        if asked == detail:
            return detail
    raise UsageError(
        f"no detail '{asked}'", expected=", ".join(DETAILS), hint=nearest(asked, DETAILS)
    )


class Model:
    """A Bayesian network or causal model.

    Parameters
    ----------
    edges : str or iterable of (str, str)
        Arrows ``(cause, effect)``, or the text of a model.
    states : mapping, optional
        Names of states, or their number, by variable; 0 and 1 by default.
    cpts : mapping, optional
        Tables by variable: a row, or rows by the parents' states. What is left out is symbolic.
    bidirected : iterable of (str, str), optional
        Pairs with a hidden common cause.
    hidden : iterable of str, optional
        Hidden variables.
    causal : bool, optional
        Whether the arrows are causes. A model that only factorises a distribution answers no ``do``.

    Raises
    ------
    ModelError, CyclicGraphError
        If the parts do not fit together.
    """

    __slots__ = ("_text", "_vocabulary", "causal", "network", "notes", "rounded_rows")
    notes: tuple[str, ...]
    rounded_rows: Mapping[str, Fraction]

    def __init__(
        self,
        edges: str | Iterable[tuple[str, str]] = (),
        *,
        states: Mapping[str, Sequence[str] | int] | None = None,
        cpts: Mapping[str, Rows] | None = None,
        bidirected: Iterable[tuple[str, str]] = (),
        hidden: Iterable[str] = (),
        causal: bool = True,
    ) -> None:
        from symcausal.answer.construction import network_from

        if isinstance(edges, str):
            content = read_model(edges)
            if not states and not cpts and not bidirected and not hidden:
                self._settle(content, causal=causal)
                return
            given, graph = content.network, content.network.graph
            if content.given or not given.is_open:
                raise UsageError(
                    "tables both in the text and beside it",
                    hint="put everything into the text, or pass only arrows as text",
                )
            known = {name: variable.states for name, variable in given.variables.items()}
            network = network_from(
                graph.directed,
                states={**known, **(states or {})},
                cpts=cpts,
                bidirected=(*graph.bidirected, *bidirected),
                hidden=(*graph.hidden, *hidden),
            )
        else:
            network = network_from(
                edges, states=states, cpts=cpts, bidirected=bidirected, hidden=hidden
            )
        self._settle(ModelText(network), causal=causal)

    def _settle(
        self,
        content: ModelText,
        *,
        causal: bool = True,
        notes: tuple[str, ...] = (),
        rounded: Mapping[str, Fraction] | None = None,
    ) -> None:
        self._text = content
        self.notes, self.rounded_rows = notes, rounded or {}
        self.network = content.network
        self.causal = causal
        self._vocabulary = Vocabulary.of(content.network)

    @classmethod
    def _of(
        cls,
        content: ModelText,
        *,
        causal: bool = True,
        notes: tuple[str, ...] = (),
        rounded: Mapping[str, Fraction] | None = None,
    ) -> Model:
        model = cls.__new__(cls)
        model._settle(content, causal=causal, notes=notes, rounded=rounded)
        return model

    @classmethod
    def parse(cls, text: str, *, name: str = "model") -> Model:
        """Read the text of a model.

        Raises
        ------
        SymcausalError
            With every error of the text at once.
        """
        return cls._of(read_model(Source(text, name)))

    @classmethod
    def load(cls, path: str | Path) -> Model:
        """Read a model file: our own text, or another tool's format by the ending (``.bif``...).

        What was done about rounded rows is in :attr:`notes` and :attr:`rounded_rows`.

        Raises
        ------
        SymcausalError
            With every error of the file at once.
        """
        from symcausal.answer.files import load

        found = load(path)
        return cls._of(found.content, notes=found.notes, rounded=found.rounded)

    def save(self, path: str | Path) -> Exported:
        """Write a file in the format of its ending; :attr:`Exported.lost` says what is not kept.

        Raises
        ------
        ModelError
            If the format cannot hold what matters, such as a hidden common cause.
        """
        from symcausal.answer.exports import save

        return save(self._text, path)

    def to_format(self, name: str) -> Exported:
        """The model as another tool reads it: ``bif``, ``xmlbif``, ``uai``, ``xdsl``, ``dagitty``..."""
        from symcausal.answer.exports import export

        return export(self._text, name)

    @classmethod
    def from_pgmpy(cls, model: object) -> Model:
        """Read a Bayesian network object of pgmpy, which is not imported."""
        from symcausal.network.formats.objects import from_pgmpy

        found = from_pgmpy(model)
        return cls._of(ModelText(found.network), notes=found.notes, rounded=found.rounded)

    @classmethod
    def from_pyagrum(cls, network: object) -> Model:
        """Read a Bayesian network object of pyAgrum, which is not imported."""
        from symcausal.network.formats.objects import from_pyagrum

        found = from_pyagrum(network)
        return cls._of(ModelText(found.network), notes=found.notes, rounded=found.rounded)

    def to_pgmpy(self) -> Any:
        """The model as a ``DiscreteBayesianNetwork`` of pgmpy, with floats."""
        from symcausal.network.formats.objects import to_pgmpy

        return to_pgmpy(self.network)

    def to_pyagrum(self) -> Any:
        """The model as a ``BayesNet`` of pyAgrum, with floats."""
        from symcausal.network.formats.objects import to_pyagrum

        return to_pyagrum(self.network)

    @classmethod
    def from_network(cls, network: Network) -> Model:
        """Wrap a network."""
        return cls._of(ModelText(network))

    # -- what there is --------------------------------------------------------------------------
    @property
    def variables(self) -> dict[str, tuple[str, ...]]:
        """The states of each variable, by name, in declaration order."""
        return {name: variable.states for name, variable in self.network.variables.items()}

    @property
    def graph(self) -> networkx.DiGraph[str]:
        """The arrows as a networkx graph; hidden common causes are nodes with ``hidden=True``."""
        from symcausal.answer.networkx_view import as_networkx

        return as_networkx(self.network.graph)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The SymPy symbols of the tables, in reading order."""
        from symcausal.evaluate.sympy_bridge import Parameter

        return tuple(Parameter(parameter) for parameter in self.network.parameters)

    @property
    def counts(self) -> Counts:
        """How many numbers the joint and the tables take."""
        network = self.network
        return Counts(network.joint_entries, network.table_entries, network.free_parameters)

    def cpt(self, variable: str) -> Tables:
        """The table of a variable."""
        from symcausal.answer.tables import variable_tables

        self.network.variable(variable)
        return variable_tables(self.network, [variable], notation=self.notation)

    def table(self, what: str | Expr | None = None) -> Tables:
        """All tables, that of a variable, or that of a query."""
        from symcausal.answer.tables import query_table, variable_tables

        if what is None:
            return variable_tables(
                self.network, list(self.network.variables), notation=self.notation
            )
        if isinstance(what, str) and what in self.network.variables:
            return self.cpt(what)
        if isinstance(what, str) and what.replace("_", "").isalnum():
            self.network.variable(what)
        query = self.query(what)
        return query_table(query, self.probability(query), self.network, notation=self.notation)

    @property
    def given(self) -> tuple[Chain, ...]:
        """The equations that the model's text takes as known."""
        return self._text.given

    @property
    def notation(self) -> Notation:
        """How the model's own answers are written."""
        return Notation.preset(self._text.notation or "lecture")

    def to_text(self) -> str:
        """The text of the model, which :meth:`parse` reads back."""
        from symcausal.notation.model_writer import write_model

        return write_model(self._text)

    def __repr__(self) -> str:
        return f"Model({self.network.graph!r})"

    def __str__(self) -> str:
        return self.to_text()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Model) and self.to_text() == other.to_text()

    def __hash__(self) -> int:
        return hash(self.to_text())

    # -- questions ------------------------------------------------------------------------------
    def derive(self, query: str | Expr, *, detail: str = "lecture") -> Derivation:
        """Derive a query step by step; every step is verified before it is returned.

        Parameters
        ----------
        query : str or Expr
            ``P(L | do(G=A))``, ``P(I | L)``, ``E[Y | do(X=1)]``, a difference...
        detail : {"brief", "lecture", "full"}
            One line, the lines of a lecture, or every single step.
        """
        detail = _detail(detail)
        asked = self.query(query)
        if hidden_causes(asked, self.network.graph):
            found = self.identify(asked, detail=detail)
            if found.derivation is None:
                raise NotIdentifiableError(
                    f"{text(asked, self.notation)} {found.refusal}",
                    hedge=found.hedge,
                    hint="`symcausal identify` shows why, and what would help"
                    + (
                        "; `evaluate` gives its value in this model's numbers"
                        if self.network.is_numeric and not self.network.graph.bidirected
                        else ""
                    ),
                )
            return found.derivation
        chain = derive(
            asked,
            self._context,
            self.variables,
            detail=detail,
            network=self.network,
        )
        taken = assumptions(asked, chain)
        return Derivation(asked, chain, taken, self.network, self._context, self.notation)

    def identify(
        self,
        query: str | Expr,
        *,
        given: str | Iterable[str] | None = None,
        adjust_for: Names | None = None,
        detail: str = "lecture",
    ) -> Identification:
        """Find what data say of a query with ``do``, with the argument, or what is in the way.

        Parameters
        ----------
        query : str or Expr
            ``P(Y | do(X))``, ``P(Y1, Y2 | do(X), Z)``, a difference...
        given : str or iterable of str, optional
            What is known: ``P(V)``, everything observed, if left out; ``P(Y, W | do(Z))``...
        adjust_for : str or iterable of str, optional
            The variables to average over, where an adjustment is made; else as few as possible.
        detail : {"brief", "lecture", "full"}
            One line, the lines of a lecture, or every single step.
        """
        from symcausal.answer.identification import identification
        from symcausal.answer.inputs import inputs_of

        self._refuse_do()
        return identification(
            self.query(query),
            self.network,
            self._context,
            notation=self.notation,
            make_model=Model.from_network,
            inputs=None if given is None else inputs_of(given, self._vocabulary, self.network),
            adjust_for=None if adjust_for is None else self._names(adjust_for),
            detail=_detail(detail),
        )

    def symbolic(self, *rows: str | Expr) -> Model:
        """The same model with symbols for its numbers.

        Parameters
        ----------
        *rows : str or Expr
            What to make symbolic: ``P(S)`` for the whole table of S, ``P(S | I=high)`` for one row;
            every table if nothing is named. In a row of ``k`` states the first ``k - 1`` become
            symbols, and the last is what remains.
        """
        from symcausal.network.loosened import rows_of, symbolic

        named = [self.query(row) for row in rows]
        network = symbolic(self.network, rows_of(named, self.network) if named else None)
        return Model._of(replace(self._text, network=network), causal=self.causal)

    @property
    def values(self) -> ByParameter[Fraction]:
        """The numbers that the symbols of :meth:`symbolic` stand for, by parameter or its name."""
        from symcausal.compiled.values import ByParameter
        from symcausal.network.loosened import numbers_of

        return ByParameter(numbers_of(self.network))

    def compile(self, query: str | Expr) -> CompiledQuery:
        """The query as a function of the parameters, for numbers, columns of numbers, derivatives.

        What depends on the graph alone is done here, once; a call only computes.
        """
        from symcausal.compiled.function import CompiledQuery

        asked = self.query(query)
        shown = query if isinstance(query, str) else text(asked, self.notation)
        return CompiledQuery(self.network, asked, shown=shown)

    def fit(
        self,
        table: object,
        *,
        prior: object = 0,
        weights: str | None = None,
        missing: Literal["refuse", "skip"] = "refuse",
    ) -> Model:
        """Fill the open entries by exact counts of data; what data cannot say is in :attr:`notes`.

        Parameters
        ----------
        table : object
            A data frame, columns by name, a list of records, or a CSV or Parquet file. Cells are
            states by name.
        prior : number
            What is added to the count of each state (a Dirichlet prior with these counts); 0 gives
            the maximum of the likelihood.
        weights : str, optional
            A column that says how often each row was seen.
        missing : {"refuse", "skip"}
            Whether rows that lack a value are refused, or left out of the tables that they cannot
            speak of.
        """
        from symcausal.learning.fit import fit

        found = fit(self.network, table, prior=prior, weights=weights, missing=missing)
        content = replace(self._text, network=found.network)
        return Model._of(content, causal=self.causal, notes=found.notes)

    def counted(self, *, prior: object = 0) -> Model:
        """The model with counts of data as symbols in its open entries: ``n_L_strong_G_A / n_G_A``.

        :meth:`count` gives the numbers of these symbols.
        """
        from symcausal.learning.fit import counted

        content = replace(self._text, network=counted(self.network, prior=prior))
        return Model._of(content, causal=self.causal)

    def count(
        self,
        table: object,
        *,
        weights: str | None = None,
        missing: Literal["refuse", "skip"] = "refuse",
    ) -> dict[str, int]:
        """The counts of data that the symbols of :meth:`counted` stand for, by name."""
        from symcausal.learning.counts import count
        from symcausal.learning.fit import open_tables

        wanted = open_tables(self.network)
        found = count(table, self.network, wanted, weights=weights, missing=missing)
        return found.by_symbol(self.network)

    def closed_form(self, query: str | Expr) -> sympy.Expr | ValueTable[sympy.Expr]:
        """The closed form over the table entries; a table of them if the query has free values."""
        from symcausal.evaluate.closed_form import closed_form
        from symcausal.evaluate.sympy_bridge import closed_form_to_sympy

        return closed_form_to_sympy(closed_form(self.network, self.query(query)))

    def probability(
        self, query: str | Expr, values: Values | None = None
    ) -> Fraction | sympy.Expr | ValueTable[sympy.Expr]:
        """The exact value of a query; what is left of its closed form if parameters stay open.

        Parameters
        ----------
        query : str or Expr
            A query without free values gives one number, otherwise a table keyed by states.
        values : mapping, optional
            Numbers by parameter or by its name.

        Raises
        ------
        ImpossibleEventError
            If the query conditions on an event of probability zero.
        """
        return self.evaluation(query, values).value

    def evaluation(self, query: str | Expr, values: Values | None = None) -> Evaluation:
        """The value of a query, printable as text, LaTeX, CSV, JSON, or source in a language."""
        from symcausal.answer.evaluation import evaluate

        asked = self.query(query)
        shown = query if isinstance(query, str) else text(asked, self.notation)
        values = values or {}
        return evaluate(asked, self.network, values, asked=shown, notation=self.notation)

    def elimination(self, query: str | Expr) -> Elimination:
        """The closed form of a query as tables with names, however long it is written out."""
        from symcausal.answer.elimination import elimination

        return elimination(self.query(query), self.network, self.notation)

    def evaluate_rows(
        self,
        query: str | Expr,
        source: str | Path,
        target: str | Path | None = None,
        *,
        values: Values | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Written:
        """Evaluate a query for each row of a file of parameter sets, in bounded memory.

        Parameters
        ----------
        query : str or Expr
            With free values it takes a column for each cell.
        source, target : path
            CSV or Parquet, by the ending; without a target, CSV on standard output. The target
            appears when it is complete, or not at all.
        values : mapping, optional
            Numbers of parameters that the file has no columns for.
        progress : callable, optional
            Told the rows that are done and the bytes of the file.
        """
        from symcausal.bulk.evaluate import evaluate_rows

        asked = self.query(query)
        shown = query if isinstance(query, str) else text(asked, self.notation)
        return evaluate_rows(
            self.network,
            asked,
            str(source),
            None if target is None else str(target),
            shown=shown,
            values=values,
            progress=progress,
        )

    @overload
    def sensitivity(
        self, query: str | Expr, parameter: list[Any] | tuple[Any, ...]
    ) -> JointSensitivity: ...

    @overload
    def sensitivity(
        self, query: str | Expr, parameter: str | Expr | sympy.Symbol
    ) -> Sensitivity: ...

    def sensitivity(self, query: str | Expr, parameter: object) -> Sensitivity | JointSensitivity:
        """How a query depends on one table entry, or on several, as an exact function.

        The rest of a row gives way in proportion, so that it sums to one.

        Parameters
        ----------
        query : str or Expr
            A query without free values.
        parameter : str, Expr or symbol; or a list of them
            ``P(S=high | I=high)``, the name that the entry has in :meth:`symbolic`, or a symbol.

        Raises
        ------
        ImpossibleEventError
            If the query's condition is impossible whatever the entries are.
        """
        from symcausal.answer.joint_sensitivity import joint_sensitivity
        from symcausal.answer.sensitivity import sensitivity

        asked = self.query(query)
        if isinstance(parameter, list | tuple):
            return joint_sensitivity(
                self.network, asked, parameter, self._vocabulary, self.notation
            )
        return sensitivity(self.network, asked, parameter, self._vocabulary, self.notation)

    def sensitivities(
        self,
        query: str | Expr,
        *,
        at_least: object = None,
        at_most: object = None,
    ) -> Sensitivities:
        """Rank all table entries by how much a query depends on them.

        With a bound they are ranked by the least change that reaches it; :attr:`tables` then holds the
        least change of each whole table.

        Parameters
        ----------
        query : str or Expr
            A query without free values, in a model of numbers.
        at_least, at_most : number, optional
            What the answer is to reach.
        """
        from symcausal.answer.sensitivities import sensitivities

        bounds = {"at_least": at_least, "at_most": at_most}
        given = {name: bound for name, bound in bounds.items() if bound is not None}
        return sensitivities(self.network, self.query(query), given, self.notation)

    def do(self, **states: object) -> Model:
        """The mutilated model: the arrows into the named variables cut, their states certain."""
        self._refuse_do()
        chosen = {name: str(state) for name, state in states.items()}
        content = ModelText(self.network.do(chosen), notation=self._text.notation)
        return Model._of(content, causal=self.causal)

    def draw(self, shape: str = "tikz", *, do: Mapping[str, object] | None = None) -> str:
        """The graph as ``tikz``, ``svg`` or ``dot``; after surgery if something is set."""
        from symcausal.answer.drawing import draw

        if do:
            self._refuse_do()
        return draw(self.network, shape, {name: str(state) for name, state in (do or {}).items()})

    def compare(self, left: str | Expr, right: str | Expr) -> Difference:
        """Why two queries differ, or that they agree in every positive model of the graph."""
        from symcausal.answer.comparison import compare

        ours, theirs = self.query(left), self.query(right)
        return compare(
            ours,
            theirs,
            self.network,
            self._context,
            notation=self.notation,
            values=self._both(ours, theirs),
        )

    def check(self, text: str) -> Report:
        """Judge every relation sign of a formula or derivation, or of a whole text with ``$``."""
        from symcausal.check.notes import check_text

        return check_text(text, self.network, given=self.given)

    def check_file(self, path: str | Path) -> Report:
        """Judge every relation sign of a file of notes; models that it declares come first."""
        from symcausal.check.notes import check_files

        return check_files([str(path)], self.network, given=self.given)

    def adjustment_sets(
        self,
        treatment: Names,
        outcome: Names,
        *,
        forced: Names = (),
        forbidden: Names = (),
        kind: Kind = "minimal",
        equivalent: bool = False,
    ) -> list[AdjustmentSet]:
        """The sets that repair confounding; empty if there is none.

        Parameters
        ----------
        treatment, outcome : str or iterable of str
            Whose effect on what.
        forced, forbidden : str or iterable of str
            Variables that every set must hold, or may not.
        kind : {"minimal", "minimum", "all"}
            The sets of which no part would do, the smallest, or every set.
        equivalent : bool
            Only sets that adjust in every graph that implies the same independencies.
        """
        rules = {"forced": forced, "forbidden": forbidden}
        found = self.adjustment(treatment, outcome, kind=kind, equivalent=equivalent, **rules)
        return list(found.sets)

    def adjustment(
        self,
        treatment: Names,
        outcome: Names,
        *,
        forced: Names = (),
        forbidden: Names = (),
        kind: Kind = "minimal",
        equivalent: bool = False,
    ) -> Adjustment:
        """The adjustment sets, or the reason why there is none; arguments as above."""
        from symcausal.answer.repairs import adjustment

        self._refuse_do()
        graph, ends = self.network.graph, (self._names(treatment), self._names(outcome))
        rules = {"forced": self._names(forced), "forbidden": self._names(forbidden)}
        return adjustment(graph, *ends, kind=kind, equivalent=equivalent, **rules)

    def front_door_sets(
        self, treatment: Names, outcome: Names, *, kind: Kind = "minimal"
    ) -> list[FrontDoorSet]:
        """The sets that carry an effect whose confounders are hidden; empty if there is none."""
        return list(self.front_door(treatment, outcome, kind=kind).sets)

    def front_door(
        self,
        treatment: Names,
        outcome: Names,
        *,
        forced: Names = (),
        forbidden: Names = (),
        kind: Kind = "minimal",
    ) -> FrontDoor:
        """The front-door sets, or the reason why there is none."""
        from symcausal.answer.repairs import front_door

        self._refuse_do()
        graph, ends = self.network.graph, (self._names(treatment), self._names(outcome))
        rules = {"forced": self._names(forced), "forbidden": self._names(forbidden)}
        return front_door(graph, *ends, kind=kind, **rules)

    def instruments(
        self, treatment: Names, outcome: Names, *, forced: Names = (), forbidden: Names = ()
    ) -> Instruments:
        """What moves a treatment and reaches the outcome through it alone, given what."""
        from symcausal.answer.repairs import instruments

        self._refuse_do()
        graph, ends = self.network.graph, (self._names(treatment), self._names(outcome))
        rules = {"forced": self._names(forced), "forbidden": self._names(forbidden)}
        return instruments(graph, *ends, **rules)

    def independent(self, left: Names, right: Names, *, given: Names = ()) -> bool:
        """Whether the arrows alone make two sets of variables independent given a third."""
        return separated(
            self.network.graph, self._names(left), self._names(right), self._names(given)
        )

    def separating_sets(
        self,
        left: Names,
        right: Names,
        *,
        forced: Names = (),
        forbidden: Names = (),
        kind: Kind = "minimal",
    ) -> list[tuple[str, ...]]:
        """The sets given which the arrows make two others independent; empty if there is none."""
        from symcausal.graph.separating import separating_sets

        return separating_sets(
            self.network.graph,
            self._names(left),
            self._names(right),
            forced=self._names(forced),
            forbidden=self._names(forbidden),
            kind=kind,
        )

    def independence(self, statement: str) -> IndependenceAnswer:
        """Decide ``D _||_ L | G``, with an open path, or what blocks each path, as the witness."""
        from symcausal.answer.questions import independence

        return independence(statement, self.network, self._vocabulary)

    def independencies(self) -> list[Independence]:
        """The conditional independencies that the arrows imply."""
        from symcausal.graph.independencies import independencies

        return list(independencies(self.network.graph))

    def implications(self, *, basis: bool = False) -> Implications:
        """What the arrows imply about data, printable: independencies, or a basis of them, and
        constraints.
        """  # noqa: D205 - one sentence
        from symcausal.answer.implications import implications

        return implications(self.network.graph, self.variables, basis=basis, notation=self.notation)

    def constraints(self) -> list[Constraint]:
        """The constraints that hidden causes leave beyond independence."""
        from symcausal.answer.constraints import verma_constraints

        return verma_constraints(self.network.graph, self.variables)

    def equivalent(self, other: Model) -> bool:
        """Whether another model's arrows imply the same independencies."""
        from symcausal.graph.equivalence import markov_equivalent

        return markov_equivalent(self.network.graph, other.network.graph)

    def essential_graph(self) -> EssentialGraph:
        """The arrows that data can tell the direction of, and those that they can't."""
        from symcausal.graph.essential import essential_graph

        return essential_graph(self.network.graph)

    # -- inside ---------------------------------------------------------------------------------
    def _both(self, left: Expr, right: Expr) -> tuple[Fraction, Fraction] | None:
        """The values of two queries in the model's numbers, if they are single numbers."""
        if not self.network.is_numeric or free_letters(left) or free_letters(right):
            return None
        try:
            return self.probability(left), self.probability(right)  # type: ignore[return-value]
        except (ImpossibleEventError, UsageError):  # the latter where a hidden cause has no table
            return None

    @property
    def _context(self) -> Context:
        return Context(self.network.graph, _Entries(self.network))

    def query(self, query: str | Expr) -> Expr:
        """Read a formula with the names of this model."""
        if not isinstance(query, str | Expr):
            raise UsageError(f"{query!r} as a query", expected="text or a formula")
        asked = read(query, self._vocabulary) if isinstance(query, str) else query
        if not self.causal and any(
            isinstance(node, Prob | Expectation) and node.do for _, node in everywhere(asked)
        ):
            self._refuse_do()
        return asked

    def _refuse_do(self) -> None:
        if not self.causal:
            raise UsageError(
                "this model says nothing about interventions",
                hint="its arrows factorise a distribution; Model(..., causal=True) makes them causes",
            )

    def _names(self, names: Names) -> tuple[str, ...]:
        if isinstance(names, str):
            names = [name.strip() for name in names.split(",") if name.strip()]
        found = []
        for name in names:
            meaning = next(
                (v.name for v in self.network.variables.values() if name in (v.name, *v.aliases)),
                name,
            )
            found.append(self.network.variable(meaning).name)
        return tuple(dict.fromkeys(found))


class _Entries:
    """The tables as rules look at them."""

    __slots__ = ("_network",)

    def __init__(self, network: Network) -> None:
        self._network = network

    def entry_of(self, variable: str, state: str, parents: dict[str, str]) -> Term | None:
        return self._network.entry(variable, state, parents)

    def states_of(self, variable: str) -> tuple[str, ...]:
        return self._network.variable(variable).states
