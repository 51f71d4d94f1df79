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

from collections.abc import Iterable, Mapping, Sequence

from symcausal.answer.derivation import Derivation
from symcausal.derive.derivation import DETAILS, Detail, assumptions, derive, hidden_causes
from symcausal.errors import (
    ImpossibleEventError,
    NotIdentifiableError,
    Source,
    UsageError,
    nearest,
)
from symcausal.expr.nodes import Counterfactual, Expr
from symcausal.expr.scope import free_letters
from symcausal.hints import TYPE_CHECKING, Any
from symcausal.network.network import Network
from symcausal.reading.model_language import ModelText, read_model
from symcausal.record import LONGEST_REPR, replace
from symcausal.writing.text import text

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    import networkx

    from symcausal.answer.comparison import Difference
    from symcausal.answer.identification import Identification
    from symcausal.answer.sharp_bounds import SharpBounds
    from symcausal.hints import BinaryIO
    from symcausal.model.construction import RowsLike
    from symcausal.model.exports import Exported
    from symcausal.network.formats.assembly import Content
    from symcausal.notes.reporting.report import Report

from symcausal.model.bulk import BulkQuestions
from symcausal.model.graph import GraphQuestions
from symcausal.model.held import NamesLike, WorldsChoice, names_in
from symcausal.model.numbers import NumberQuestions


def _detail(asked: str) -> Detail:
    for detail in DETAILS:
        if asked == detail:
            return detail
    raise UsageError(
        f"no detail '{asked}'", expected=", ".join(DETAILS), hint=nearest(asked, DETAILS)
    )


def _rounding_notes(rounded: Mapping[str, Fraction]) -> tuple[str, ...]:
    if not rounded:
        return ()
    from symcausal.network.formats.assembly import rounding_notes

    return tuple(rounding_notes(rounded, {}))


class Model(GraphQuestions, NumberQuestions, BulkQuestions):
    """A Bayesian network or causal model: a graph with states and tables, and all questions about it.

    Parameters
    ----------
    edges : str or iterable of (str, str)
        Arrows ``(cause, effect)``, or the text of a model.
    states : mapping, optional
        Names of states, or their number, by variable; 0 and 1 by default.
    cpts : mapping, optional
        Tables by variable: a row, or rows by the parents' states. Floats are settled as rows of files
        are, ``"rest"`` stands for what is left of one. What is left out is symbolic.
    bidirected : iterable of (str, str), optional
        Pairs with a hidden common cause.
    hidden : iterable of str, optional
        Hidden variables.
    monotone : iterable of (str, str), optional
        Arrows along which the effect never falls as the cause rises, all else equal; states rise as
        they are listed.
    causal : bool, optional
        Whether the arrows are causes. A model that only factorises a distribution answers no ``do``.

    Raises
    ------
    ModelError, CyclicGraphError
        If the parts do not fit together.

    Examples
    --------
    >>> rows = {"A": ["1/4", "rest"], "B": {"0": ["1/2", "1/2"], "1": ["1/3", "2/3"]}}
    >>> Model([("A", "B")], cpts=rows).probability("P(B=0)")
    Fraction(3, 8)
    """

    __slots__ = ()

    def __init__(
        self,
        edges: str | Iterable[tuple[str, str]] = (),
        *,
        states: Mapping[str, Sequence[str] | int] | None = None,
        cpts: Mapping[str, RowsLike] | None = None,
        bidirected: Iterable[tuple[str, str]] = (),
        hidden: Iterable[str] = (),
        monotone: Iterable[tuple[str, str]] = (),
        causal: bool = True,
    ) -> None:
        from symcausal.model.construction import network_from

        if isinstance(edges, str):
            content = read_model(edges)
            if not any((states, cpts, bidirected, hidden, monotone)):
                self._settle(content, causal=causal)
                return
            given, graph = content.network, content.network.graph
            if content.given or not given.is_open:
                raise UsageError(
                    "tables both in the text and beside it",
                    hint="put everything into the text, or pass only arrows as text",
                )
            built = network_from(
                graph.directed,
                states=states,
                cpts=cpts,
                bidirected=(*graph.bidirected, *bidirected),
                hidden=(*graph.hidden, *names_in(hidden)),
                monotone=(*graph.monotone, *monotone),
                known=given.variables,
            )
            closed = content.closed | frozenset(states or ())
            content = replace(content, network=built.network, closed=closed)
        else:
            built = network_from(
                edges,
                states=states,
                cpts=cpts,
                bidirected=bidirected,
                hidden=hidden,
                monotone=monotone,
            )
            content = ModelText(built.network, closed=frozenset(states or ()))
        self._settle(
            content,
            causal=causal,
            notes=_rounding_notes(built.rounded),
            rounded=built.rounded,
        )

    @classmethod
    def parse(cls, text: str | Source, *, name: str = "model") -> Model:
        """Return the model that a text describes.

        Parameters
        ----------
        text : str or Source
            Statements of the model language, between line ends or semicolons; a source knows its name.
        name : str
            What error messages call the text.

        Raises
        ------
        SymcausalError
            With every error of the text at once.

        Examples
        --------
        >>> Model.parse("A -> B; P(A) = 1/4, rest").probability("P(A=1)")
        Fraction(3, 4)
        """
        return cls._of(read_model(Source(text, name) if isinstance(text, str) else text))

    @classmethod
    def load(cls, path: str | Path | BinaryIO, *, rescale: bool = False) -> Model:
        """Return the model in a file: our own text, or another tool's format by the ending (``.bif``...).

        What was done about rows that do not sum to one is in :attr:`notes`, :attr:`rounded_rows` and
        :attr:`rescaled_rows`.

        Parameters
        ----------
        path : str, Path or binary file
            Where the file is, or the file itself, opened with ``"rb"``. A file whose ending stands for
            no format is read as what it begins as.
        rescale : bool
            Whether rows of another tool's file that are off by more than rounding, such as counts, are
            divided by their sums; they are errors by default.

        Raises
        ------
        SymcausalError
            With every error of the file at once.

        Examples
        --------
        >>> from io import BytesIO
        >>> table = b"variable A { type discrete [2] { no, yes }; } probability ( A ) { table .25 .75; }"
        >>> model = Model.load(BytesIO(table))
        >>> model.probability("P(A=yes)"), model.notes
        (Fraction(3, 4), ('read as bif, as it begins',))
        """
        from symcausal.model.files import load

        found = load(path, rescale=rescale)
        return cls._of(
            found.content, notes=found.notes, rounded=found.rounded, rescaled=found.rescaled
        )

    def save(self, path: str | Path) -> Exported:
        """Write the model to a file, in the format of its ending, and return what was written.

        The file appears whole or not at all.

        Raises
        ------
        ModelError
            If the format cannot hold what matters, such as a hidden common cause.

        Examples
        --------
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> model = Model.parse("A; P(A) = 1/4, rest")
        >>> with TemporaryDirectory() as folder:
        ...     model.save(Path(folder) / "a.xdsl").lost
        ...     Model.load(Path(folder) / "a.xdsl") == model
        ()
        True
        """
        from symcausal.model.exports import save

        return save(self._text, path)

    def to_format(self, name: str) -> Exported:
        """Return the text of the model in the format of another tool: ``bif``, ``xdsl``, ``dagitty``...

        Raises
        ------
        ModelError
            If the format cannot hold what matters, such as a hidden common cause.
        UsageError
            If there is no such format.

        Examples
        --------
        >>> made = Model.parse("A -> B; P(A) = 1/4, rest").to_format("dagitty")
        >>> made.text.split(), made.lost
        (['dag', '{', 'A', 'B', 'A', '->', 'B', '}'], ('the tables',))
        """
        from symcausal.model.exports import export

        return export(self._text, name)

    @classmethod
    def from_pgmpy(cls, model: object, *, rescale: bool = False) -> Model:
        """Return the model of a network object of pgmpy, which is not imported.

        Its rows are read as :meth:`load` reads them; a graph without tables stays symbolic.

        Examples
        --------
        >>> import networkx
        >>> Model.from_pgmpy(networkx.DiGraph([("A", "B")])) == Model("A -> B")
        True
        """
        from symcausal.network.formats.objects import from_pgmpy

        return cls._of_content(from_pgmpy(model, rescale=rescale))

    @classmethod
    def from_pyagrum(cls, network: object, *, rescale: bool = False) -> Model:
        """Return the model of a network object of pyAgrum, which is not imported.

        Its rows are read as :meth:`load` reads them.
        """
        from symcausal.network.formats.objects import from_pyagrum

        return cls._of_content(from_pyagrum(network, rescale=rescale))

    @classmethod
    def _of_content(cls, found: Content) -> Model:
        return cls._of(
            ModelText(found.network),
            notes=found.notes,
            rounded=found.rounded,
            rescaled=found.rescaled,
        )

    def to_pgmpy(self) -> Any:
        """Return a ``DiscreteBayesianNetwork`` of pgmpy, which has to be installed, with floats."""
        from symcausal.network.formats.objects import to_pgmpy

        return to_pgmpy(self.network)

    def to_pyagrum(self) -> Any:
        """Return a ``BayesNet`` of pyAgrum, which has to be installed, with floats."""
        from symcausal.network.formats.objects import to_pyagrum

        return to_pyagrum(self.network)

    @classmethod
    def from_network(cls, network: Network) -> Model:
        """Return the model that a network makes, without given equations.

        Examples
        --------
        >>> model = Model("A -> B")
        >>> Model.from_network(model.network) == model
        True
        """
        return cls._of(ModelText(network))

    @property
    def graph(self) -> networkx.DiGraph[str]:
        """The arrows as a networkx graph; hidden common causes are nodes with ``hidden=True``.

        Examples
        --------
        >>> sorted(Model("A -> B <- C").graph.edges)
        [('A', 'B'), ('C', 'B')]
        """
        from symcausal.answer.networkx_view import as_networkx

        return as_networkx(self.network.graph)

    def to_text(self) -> str:
        """Return the text of the model, which :meth:`parse` reads back.

        Examples
        --------
        >>> model = Model("A -> B <- C")
        >>> Model.parse(model.to_text()) == model
        True
        """
        from symcausal.reading.model_writer import write_model

        return write_model(self._text)

    def __repr__(self) -> str:
        graph = self.network.graph
        shown = f"Model({graph!r})"
        if len(shown) <= LONGEST_REPR:  # a graph that is longer is cut to just this
            return shown
        return f"Model({len(graph.nodes)} variables, {len(graph.directed)} arrows)"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        from symcausal.answer.model_page import model_displays

        return model_displays(self.network, self.notation, repr(self))

    def __str__(self) -> str:
        return self.to_text()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Model) and self.to_text() == other.to_text()

    def __hash__(self) -> int:
        return hash(self.to_text())

    def derive(
        self,
        query: str | Expr,
        *,
        detail: Detail = "lecture",
        worlds: WorldsChoice = "several",
    ) -> Derivation | Any:
        """Return the derivation of a query, step by step; every step is verified first.

        What would have been, in a model of mechanisms, is a
        :class:`~symcausal.answer.prediction.Prediction`: abduction, action, prediction.

        Parameters
        ----------
        query : str or Expr
            ``P(L | do(G=A))``, ``P(I | L)``, ``E[Y | do(X=1)]``, a difference...
        detail : {"brief", "lecture", "full"}
            One line, the lines of a lecture, or every single step.
        worlds : {"several", "single"}
            With ``single`` nothing is taken to be independent across worlds.

        Raises
        ------
        NotIdentifiableError
            If hidden causes leave the query no formula over what is observed.

        Examples
        --------
        >>> model = Model("A -> B")
        >>> derivation = model.derive("P(B | do(A))")
        >>> derivation.formula == model.query("P(B | A)")
        True
        >>> [step.rule.name for step in derivation.steps]
        ['truncated-factorisation']
        """
        detail = _detail(detail)
        asked = self.query(query)
        if isinstance(asked, Counterfactual) and worlds == "several":
            from symcausal.answer.prediction import prediction_or_none

            predicted = prediction_or_none(asked, self.network, self.notation)
            if predicted is not None:
                return predicted
        if hidden_causes(asked, self.network.graph):
            found = self.identify(query, detail=detail, worlds=worlds)
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
        context = self._context_of(worlds)
        chain = derive(
            asked,
            context,
            self.variables,
            detail=detail,
            network=self.network,
        )
        taken = assumptions(asked, chain)
        return Derivation(
            asked,
            chain,
            taken,
            self.network,
            context,
            self.notation,
            self._definitions(query),
        )

    def identify(
        self,
        query: str | Expr,
        *,
        given: str | Iterable[str] | None = None,
        adjust_for: NamesLike | None = None,
        detail: Detail = "lecture",
        worlds: WorldsChoice = "several",
    ) -> Identification:
        """Find what data say of a query with ``do``: a formula over data, or what is in the way.

        Parameters
        ----------
        query : str or Expr
            ``P(Y | do(X))``, ``P(Y1, Y2 | do(X), Z)``, a difference...
        given : str or iterable of str, optional
            What is known: ``P(V)``, everything observed, if left out; ``P(Y, W | do(Z))``...;
            ``"experiments"`` for what is seen under every action.
        adjust_for : str or iterable of str, optional
            The variables to average over, where an adjustment is made; else as few as possible.
        detail : {"brief", "lecture", "full"}
            One line, the lines of a lecture, or every single step.
        worlds : {"several", "single"}
            With ``single`` nothing is taken to be independent across worlds.

        Examples
        --------
        >>> found = Model("Z -> X; Z -> Y; X -> Y").identify("P(Y | do(X))")
        >>> found.identifiable, found.method
        (True, 'back-door adjustment')
        >>> Model("X -> Y; X <-> Y").identify("P(Y | do(X))").hedge.larger
        ('X', 'Y')
        """
        from symcausal.answer.identification import identification
        from symcausal.answer.inputs import inputs_of

        self._refuse_do()
        return identification(
            self.query(query),
            self.network,
            self._context_of(worlds),
            notation=self.notation,
            make_model=Model.from_network,
            inputs=None if given is None else inputs_of(given, self._vocabulary, self.network),
            adjust_for=None if adjust_for is None else self._names(adjust_for),
            detail=_detail(detail),
            definitions=self._definitions(query),
        )

    def bounds(self, query: str | Expr, *, given: str | Iterable[str] | None = None) -> SharpBounds:
        """Find between what values a query lies in all models with the same data.

        Parameters
        ----------
        query : str or Expr
            With a state for each variable: ``P(Y=1 | do(X=1)) - P(Y=1 | do(X=0))``,
            ``P(Y_{X=1}=1, Y_{X=0}=0)``, ``E[Y_{X=1} - Y_{X=0}]``...
        given : str or iterable of str, optional
            What is known, as for :meth:`identify`.

        Examples
        --------
        >>> found = Model("X -> Y; X <-> Y").bounds("P(Y=1 | do(X=1))")
        >>> [len(terms) for terms in (found.lower, found.upper)], found.sharp
        ([1, 1], True)
        >>> found.at({"P(X=1, Y=1)": "0.3", "P(X=1, Y=0)": "0.2", "P(X=0, Y=0)": "0.5"}).upper
        Fraction(4, 5)
        """
        from symcausal.answer.inputs import inputs_of
        from symcausal.answer.sharp_bounds import sharp_bounds

        self._refuse_do()
        return sharp_bounds(
            self.query(query),
            self.network,
            None if given is None else inputs_of(given, self._vocabulary, self.network),
            notation=self.notation,
        )

    def do(self, **states: object) -> Model:
        """Return the mutilated model: the arrows into the named variables cut, their states certain.

        Examples
        --------
        >>> model = Model("Z -> X; Z -> Y; X -> Y").do(X=1)
        >>> sorted(model.graph.edges), model.probability("P(X=1)")
        ([('X', 'Y'), ('Z', 'Y')], Fraction(1, 1))
        """
        self._refuse_do()
        chosen = {n: str(state) for n, state in self._by_name(states, "the state").items()}
        content = ModelText(self.network.do(chosen), notation=self._text.notation)
        return Model._of(content, causal=self.causal)

    def compare(self, left: str | Expr, right: str | Expr) -> Difference:
        """Decide whether two queries agree in every positive model of the graph, and say why or why not.

        Examples
        --------
        >>> found = Model("Z -> X; Z -> Y; X -> Y").compare("P(Y | do(X))", "P(Y | X)")
        >>> found.equal, [str(path) for path in found.open_paths], [str(z) for z in found.repairs]
        (False, ['X <- Z -> Y'], ['{Z}'])
        """
        from symcausal.answer.comparison import compare

        ours, theirs = self.query(left), self.query(right)
        return compare(
            ours,
            theirs,
            self.network,
            self._context,
            notation=self.notation,
            values=self._both(ours, theirs),
            definitions=self._definitions(left, right),
        )

    def check(self, text: str, *, worlds: WorldsChoice = "several") -> Report:
        """Judge every relation sign of a formula or derivation, or of a whole text with ``$``.

        Parameters
        ----------
        text : str
            What is judged.
        worlds : {"several", "single"}
            With ``single`` nothing is taken to be independent across worlds.

        Examples
        --------
        >>> report = Model("A -> B").check("P(B | do(A)) = P(B | A) = P(B)")
        >>> [claim.verdict for claim in report.claims]
        ['holds', 'fails']
        """
        from symcausal.notes.check import check_text

        single = self._context_of(worlds).single
        return check_text(text, self.content, single=single)

    def check_file(self, path: str | Path, *, worlds: WorldsChoice = "several") -> Report:
        """Judge every relation sign of a file of notes; models that it declares come first.

        The arguments are those of :meth:`check`, with a path in the place of a text.

        Examples
        --------
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     notes = Path(folder) / "notes.md"
        ...     _ = notes.write_text("As $P(A, B) = P(A) P(B)$, the two are independent.")
        ...     Model("A -> B").check_file(notes).summary["fails"]
        1
        """
        from symcausal.notes.check import check_files

        single = self._context_of(worlds).single
        return check_files([str(path)], self.content, single=single)

    def _both(self, left: Expr, right: Expr) -> tuple[Fraction, Fraction] | None:
        """The values of two queries in the model's numbers, if they are single numbers."""
        if not self.network.is_numeric or free_letters(left) or free_letters(right):
            return None
        try:
            return self.probability(left), self.probability(right)
        except (ImpossibleEventError, UsageError):  # the latter where a hidden cause has no table
            return None
