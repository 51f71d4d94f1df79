"""What is left of a causal query in data, and what stands in the way.

Main definitions
----------------
Identification : the answer of ``Model.identify``.
identification : make one.
inputs_of : read what is given, such as ``P(Y, W | do(Z))``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from symcausal.answer.derivation import Derivation
from symcausal.derive.derivation import Detail, assumptions
from symcausal.derive.step import Step
from symcausal.errors import LimitError, UsageError
from symcausal.expr.nodes import Event, Events, Expr, Letter, Prob, State, free_events
from symcausal.expr.scope import free_letters
from symcausal.identify.identification import Identified, Unidentified, identify
from symcausal.identify.question import Hedge, Input, observational
from symcausal.kernel.interpretation import exact
from symcausal.kernel.meaning import meaning
from symcausal.network.network import Network
from symcausal.notation.document import Block, Code, Derived, Display, Document, Items, Paragraph
from symcausal.notation.latex import latex
from symcausal.notation.names import names_of
from symcausal.notation.notations import Notation
from symcausal.notation.reader import read
from symcausal.notation.vocabulary import Vocabulary
from symcausal.rules.condition import Condition
from symcausal.rules.rule import Context

if TYPE_CHECKING:
    from fractions import Fraction

    from symcausal.identify.bounds import Bounds
    from symcausal.identify.remedies import Remedy
    from symcausal.notation.document import Piece

SHAPES = ("text", "latex", "markdown", "html", "json")
_ALL = re.compile(r"^\s*(\\?Pr?)\s*([(\[])\s*(?:V|\\mathbf\{V\})\s*(?=\||\\mid|[)\]])")


@dataclass(frozen=True)
class Identification:
    """Whether a query follows from data, by what argument, and what is known if it doesn't.

    Attributes
    ----------
    query : Expr
        What was asked.
    inputs : tuple of Input
        What is known.
    result : Identified or Unidentified
        The answer of ``symcausal.identify``.
    network, context, notation
        Where it was asked, and how it is written.
    make_model : callable
        What turns a network into the object that users hold.
    """

    query: Expr
    inputs: tuple[Input, ...]
    result: Identified | Unidentified
    network: Network
    context: Context
    notation: Notation
    make_model: Callable[[Network], Any]

    # -- the answer -----------------------------------------------------------------------------
    @property
    def identifiable(self) -> bool:
        """Whether there is an estimand."""
        return isinstance(self.result, Identified)

    @property
    def estimand(self) -> Expr | None:
        """A formula over the inputs; None if there is none."""
        return self.result.estimand if isinstance(self.result, Identified) else None

    @property
    def method(self) -> str | None:
        """The argument by its name, such as ``front-door adjustment``."""
        return self.result.method if isinstance(self.result, Identified) else None

    @cached_property
    def derivation(self) -> Derivation | None:
        """The steps from the query to the estimand."""
        if not isinstance(self.result, Identified):
            return None
        context = Context(self.result.graph, self.context.tables)
        return Derivation(
            self.query, self.result.chain, self.assumptions, self.network, context, self.notation
        )

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps; none if the query is not identifiable."""
        return self.result.chain.steps if isinstance(self.result, Identified) else ()

    @property
    def assumptions(self) -> tuple[Condition, ...]:
        """What has to be possible for the estimand to be defined."""
        if not isinstance(self.result, Identified):
            return ()
        return assumptions(self.query, self.result.chain)

    @property
    def hedge(self) -> Hedge | None:
        """What stands in the way."""
        return None if isinstance(self.result, Identified) else self.result.hedge

    @cached_property
    def witnesses(self) -> tuple[Network, Network] | None:
        """Two networks with the same inputs and different answers, if some were found."""
        asked = self._asked
        if isinstance(self.result, Identified) or asked is None:
            return None
        from symcausal.identify.witness import two_models

        states = {name: variable.states for name, variable in self.network.variables.items()}
        try:
            return two_models(self.network.graph, states, asked, self.inputs)
        except LimitError:
            return None

    @property
    def two_models(self) -> tuple[Any, Any] | None:
        """Two models that agree on every input and differ on the query."""
        pair = self.witnesses
        return None if pair is None else (self.make_model(pair[0]), self.make_model(pair[1]))

    @cached_property
    def difference(self) -> tuple[Expr, Fraction, Fraction] | None:
        """The query at values where the two models differ, and its value in each."""
        pair, asked = self.witnesses, self._asked
        if pair is None or asked is None:
            return None
        letters = free_letters(asked)
        left, right = (meaning(asked, exact(one), letters) for one in pair)
        states = [pair[0].variable(variable).states for variable in letters.values()]
        for position in reversed(range(len(left.values))):
            one, other = left.values[position], right.values[position]
            if one is not None and other is not None and one != other:
                return (
                    _at(asked, dict(zip(letters, _place(position, states), strict=True))),
                    one,
                    other,
                )
        return None

    @cached_property
    def bounds(self) -> Bounds | None:
        """An interval in closed form around a query that is not identifiable."""
        asked = self._asked
        if isinstance(self.result, Identified) or asked is None:
            return None
        if observational(self.network.graph) not in self.inputs:
            return None
        from symcausal.identify.bounds import natural_bounds

        return natural_bounds(asked, self.network.graph)

    @cached_property
    def remedies(self) -> tuple[Remedy, ...]:
        """What to measure or to set so that the query becomes identifiable."""
        asked = self._asked
        if isinstance(self.result, Identified) or asked is None:
            return ()
        from symcausal.identify.remedies import remedies

        return tuple(remedies(asked, self.network.graph, self.inputs))

    # -- printing -------------------------------------------------------------------------------
    def to(self, shape: str, *, notation: Notation | str | None = None) -> str:
        """Print as ``text``, ``latex``, ``markdown``, ``html`` or ``json``."""
        how = Notation.preset(notation) if isinstance(notation, str) else notation or self.notation
        if shape not in SHAPES:
            raise UsageError(f"no format '{shape}'", expected=", ".join(SHAPES))
        if shape == "json":
            import json

            return json.dumps(self._data(how), indent=2, ensure_ascii=False)
        document = Document("", tuple(self._blocks()), how, self._order)
        printers = {
            "text": document.to_text,
            "latex": document.to_latex,
            "markdown": document.to_markdown,
            "html": document.to_html,
        }
        return printers[shape]()

    def to_text(self) -> str:
        """Plain text."""
        return self.to("text")

    def to_latex(self, *, notation: Notation | str | None = None) -> str:
        """LaTeX that needs amsmath, and amssymb for expectations."""
        return self.to("latex", notation=notation)

    def to_markdown(self, *, notation: Notation | str | None = None) -> str:
        """Markdown with ``$`` formulas."""
        return self.to("markdown", notation=notation)

    def to_html(self, *, notation: Notation | str | None = None) -> str:
        """A page of its own."""
        return self.to("html", notation=notation)

    def to_json(self, *, notation: Notation | str | None = None) -> str:
        """The JSON of ``symcausal identify``."""
        return self.to("json", notation=notation)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/markdown": self.to_markdown(), "text/plain": self.to_text()}

    # -- inside ---------------------------------------------------------------------------------
    @property
    def _asked(self) -> Prob | None:
        """The query, if it is a single probability, else the one that cannot be identified."""
        if isinstance(self.query, Prob):
            return self.query
        return self.result.term if isinstance(self.result, Unidentified) else None

    @property
    def _order(self) -> tuple[str, ...]:
        return names_of(self.network.variables, self.network.declared)

    def _sources(self) -> list[Piece]:
        """The inputs with commas between."""
        pieces: list[Piece] = []
        for one in self.inputs:
            pieces += [", "] if pieces else []
            pieces.append(_input_as_formula(one))
        return pieces

    def _blocks(self) -> list[Block]:
        if isinstance(self.result, Identified):
            head = ("Identifiable from ", *self._sources(), f" by {_argument(self.result.method)}.")
            chain = self.result.chain
            return [Paragraph(head), Derived(chain, self.assumptions)]
        return [
            *self._verdict(self.result),
            *self._models(),
            *self._what_is_known(),
            *self._what_would_help(),
        ]

    def _verdict(self, result: Unidentified) -> list[Block]:
        if not result.proven:
            start = "was not identified from "
            end = (
                ": these inputs leave out observed variables, and whether joining them could do "
                "more is not decided."
            )
        else:
            start, end = "is not identifiable from ", "."
        blocks: list[Block] = [Paragraph((self.query, f" {start}", *self._sources(), end))]
        hedge = result.hedge
        if hedge is None:
            return blocks
        graph = result.graph
        larger, smaller = (", ".join(names) for names in (hedge.larger, hedge.smaller))
        treated = ", ".join(hedge.treatments)
        held = _edges(graph, hedge.larger)
        blocks.append(
            Paragraph(
                (
                    "A hedge stands in the way: hidden causes hold ", Code("{" + larger + "}"),
                    " together, everything in it acts on ", Code("{" + smaller + "}"),
                    ", and what ", Code(treated),
                    " does to that cannot be told from what the hidden causes do.",
                )
            )
        )  # fmt: skip
        blocks.append(Items(tuple((Code(edge),) for edge in held)))
        return blocks

    def _models(self) -> list[Block]:
        pair, found = self.witnesses, self.difference
        if pair is None or found is None:
            return []
        at, one, other = found
        head = (
            "Two models show it: they agree on ", *self._sources(), " and differ in ", at, ", which is ",
            str(one), " in the first and ", str(other), " in the second.",
        )  # fmt: skip
        shared, first, second = [], [], []
        for name in pair[0].graph.nodes:
            rows, others = _rows(pair[0], name), _rows(pair[1], name)
            if rows == others:
                shared += rows
            else:
                first += rows
                second += others
        blocks: list[Block] = [Paragraph(head)]
        for title, rows in (
            ("In both:", shared),
            ("In the first:", first),
            ("In the second:", second),
        ):
            if rows:
                blocks += [Paragraph((title,)), Items(tuple((Code(row),) for row in rows))]
        return blocks

    def _what_is_known(self) -> list[Block]:
        if self.bounds is None or self._asked is None:
            return []
        known = self.bounds
        words = "Still known:" if not known.sharp else "Still known, and nothing narrower is:"
        return [Paragraph((words,)), Display((known.lower, "<=", self._asked, "<=", known.upper))]

    def _what_would_help(self) -> list[Block]:
        if not self.remedies:
            return []
        entries = tuple((str(remedy),) for remedy in self.remedies)
        return [Paragraph(("Any of these would make it identifiable:",)), Items(entries)]

    def _data(self, notation: Notation) -> dict[str, object]:
        def tex(formula: Expr) -> str:
            return latex(formula, notation, self._order)

        data: dict[str, object] = {
            "query": tex(self.query),
            "identifiable": self.identifiable,
            "inputs": [tex(_input_as_formula(one)) for one in self.inputs],
            "method": self.method,
            "estimand": None,
            "estimand_tree": None,
            "assumptions": [],
            "steps": [],
            "hedge": None,
        }
        if isinstance(self.result, Identified):
            from symcausal.notation.derivation_json import derivation_json

            written = derivation_json(
                self.result.chain, self.assumptions, notation, self._order,
                verified=True, states_of=lambda name: self.network.variable(name).states,
            )  # fmt: skip
            data["estimand"] = written["formula"]
            data["estimand_tree"] = written["formula_tree"]
            data["assumptions"] = written["assumptions"]
            data["steps"] = written["steps"]
            return data
        data["proven"] = self.result.proven
        if self.hedge is not None:
            data["hedge"] = {
                "larger": list(self.hedge.larger),
                "smaller": list(self.hedge.smaller),
                "treatments": list(self.hedge.treatments),
                "edges": _edges(self.result.graph, self.hedge.larger),
            }
        pair, found = self.witnesses, self.difference
        data["two_models"] = None
        if pair is not None and found is not None:
            at, one, other = found
            data["two_models"] = {
                "models": [self.make_model(network).to_text() for network in pair],
                "query": tex(at),
                "values": [str(one), str(other)],
            }
        known = self.bounds
        data["bounds"] = known and {
            "lower": tex(known.lower), "upper": tex(known.upper), "sharp": known.sharp
        }  # fmt: skip
        data["remedies"] = [str(remedy) for remedy in self.remedies]
        return data


def identification(
    query: Expr,
    network: Network,
    context: Context,
    *,
    notation: Notation,
    make_model: Callable[[Network], Any],
    inputs: Sequence[Input] | None = None,
    adjust_for: Iterable[str] | None = None,
    detail: Detail = "lecture",
) -> Identification:
    """Identify a query; parameters as for :func:`symcausal.identify.identification.identify`."""
    states = {name: variable.states for name, variable in network.variables.items()}
    given = tuple(inputs) if inputs else (observational(network.graph),)
    found = identify(query, context, states, inputs=given, adjust_for=adjust_for, detail=detail)
    return Identification(query, given, found, network, context, notation, make_model)


def inputs_of(given: str | Iterable[str], vocabulary: Vocabulary, network: Network) -> list[Input]:
    """Read distributions such as ``P(V)`` and ``P(Y, W | do(Z))``.

    ``V`` stands for everything observed, unless a variable has that name.

    Raises
    ------
    UsageError
        If one has a condition, names a state, or names a hidden variable.
    """
    found = []
    for written in [given] if isinstance(given, str) else list(given):
        short = "V" not in network.variables and _ALL.match(written)
        visible = observational(network.graph).observed
        asked = read(_ALL.sub(rf"\1\2{visible[0]} ", written) if short else written, vocabulary)
        if not isinstance(asked, Prob):
            raise UsageError(
                f"'{written}' as an input", expected="a distribution such as P(Y, W | do(Z))"
            )
        if asked.given or any(isinstance(e.value, State) for e in (*asked.outcome, *asked.do)):
            raise UsageError(
                f"'{written}' as an input",
                expected="a whole distribution, without conditions and states",
                hint="write P(Y, W | do(Z)): it is known for all values",
            )
        done = asked.do.variables
        observed = tuple(n for n in visible if n not in done) if short else asked.outcome.variables
        for name in (*observed, *done):
            if name in network.graph.hidden:
                raise UsageError(f"'{written}' records or sets {name}", expected="observed variables",
                                 hint=f"{name} is hidden in this model")  # fmt: skip
        if set(observed) & set(done):
            raise UsageError(
                f"'{written}' records what it sets", expected="P(... | do(...)) of others"
            )
        found.append(Input(network.graph.names(network.graph.mask(observed)), done))
    if not found:
        raise UsageError("nothing is given", expected="at least one distribution, such as P(V)")
    return found


def _argument(method: str) -> str:
    long = {
        "ID": "going down along c-components (the algorithm ID)",
        "IDC": "going down along c-components, and a ratio for what is seen (the algorithm IDC)",
        "do-calculus": "the rules of do-calculus",
    }
    return long.get(method, method)


def _input_as_formula(one: Input) -> Prob:
    return Prob(free_events(one.observed), do=free_events(one.done))


def _edges(graph: Any, names: Sequence[str]) -> list[str]:
    inside = set(names)
    arrows = [f"{a} -> {b}" for a, b in graph.directed if {a, b} <= inside]
    return arrows + [f"{a} <-> {b}" for a, b in graph.bidirected if {a, b} <= inside]


def _place(position: int, states: Sequence[Sequence[str]]) -> list[str]:
    chosen = []
    for choices in reversed(states):
        position, index = divmod(position, len(choices))
        chosen.append(choices[index])
    return chosen[::-1]


def _at(asked: Prob, place: dict[str, str]) -> Prob:
    def put(events: Events) -> Events:
        return Events(
            Event(e.variable, State(place[e.value.name])) if isinstance(e.value, Letter) else e
            for e in events
        )

    return Prob(put(asked.outcome), put(asked.given), put(asked.do))


def _rows(network: Network, name: str) -> list[str]:
    """The rows of a table as they stand in a model's text."""
    table = network.tables[name]
    width = len(network.variable(name).states)
    parents = [network.variable(parent).states for parent in table.parents]
    rows = []
    count = len(table.entries) // width
    if count > 1 and table.entries == table.entries[:width] * count:
        values = ", ".join(str(getattr(entry, "value", entry)) for entry in table.entries[:width])
        return [f"P({name} | {', '.join(table.parents)}) = {values} in every row"]
    for number in range(count):
        given = ", ".join(
            f"{p}={s}" for p, s in zip(table.parents, _place(number, parents), strict=True)
        )
        entries = table.entries[number * width : (number + 1) * width]
        values = ", ".join(str(getattr(entry, "value", entry)) for entry in entries)
        rows.append(f"P({name}{' | ' + given if given else ''}) = {values}")
    return rows
