"""The model language: text to network.

Statements are read one by one, so one fault does not hide the next; all faults of a text are
reported together.

Main definitions
----------------
ModelText : what a model text says: the network, the numbers taken as known, the notation.
read_model : text to model; ``symcausal.reading.model_writer`` is the way back.

Notation
--------
Names first, whatever the order of the statements: declarations, edges and parameters are collected
before any row is read, so a row may come before the edge that it needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from symcausal.algebra.scalar import Indeterminate
from symcausal.errors import (
    CyclicGraphError,
    LimitError,
    ModelError,
    Source,
    Span,
    SymcausalError,
    nearest,
)
from symcausal.graph.graph import Graph, TwoOrders
from symcausal.hints import TYPE_CHECKING
from symcausal.network.network import DEFAULT_STATES, Network, Variable
from symcausal.reading.model_rows import RowCollector
from symcausal.reading.reader import Chain, Reader
from symcausal.reading.statements import (
    declares_numbers,
    denies_causes,
    parse_statement,
    statements,
)
from symcausal.reading.syntax import SyntaxPart, SyntaxTree
from symcausal.reading.tokens import Name, Token
from symcausal.reading.vocabulary import Vocabulary, same_name, spelling, tell_states_apart
from symcausal.record import record, replace
from symcausal.writing.notations import PRESETS

if TYPE_CHECKING:
    from symcausal.network.network import Table
    from symcausal.reading.mechanism_reader import StatedMechanism

MAX_MODEL = 1_000_000
MAX_STATEMENTS = 50_000
_MAX_STATES = 1000
_MAX_PROBLEMS = 50


@record
class ModelText:
    """The content of a model text: a network, given equations, a notation.

    Attributes
    ----------
    network : Network
        Variables, graph and tables.
    given : tuple of Chain
        The equations that the notes take as known.
    notation : str or None
        The name of a preset.
    decimal_comma : bool
        Whether formulas beside the model write their decimals with a comma.
    closed : frozenset of str
        The variables whose states are declared. Where nobody gives numbers for them either, the
        states of all others are those that notes use.
    causal : bool
        Whether the arrows are causes; ``not causal`` says that they only factorise a distribution.
    """

    network: Network
    given: tuple[Chain, ...] = ()
    notation: str | None = None
    decimal_comma: bool = False
    closed: frozenset[str] = frozenset()
    causal: bool = True


class _NetworkDraft:
    """The variables, edges and parameters that a model text has declared so far."""

    sizes: Mapping[str, int] = {}

    def __init__(self) -> None:
        self.variables: dict[str, Variable] = {}
        self.stated: set[str] = set()
        self.aliases: dict[str, str] = {}
        self.spelt: dict[str, str] = {}
        self.directed: dict[tuple[str, str], Span] = {}
        self.bidirected: list[tuple[str, str]] = []
        self.hidden: list[str] = []
        self.declared: dict[str, Indeterminate] = {}
        self.notation: str | None = None
        self.decimal_comma = False
        self.causal = True
        self.mechanisms: dict[str, StatedMechanism] = {}
        self.monotone: dict[tuple[str, str], Span] = {}

    @property
    def is_closed(self) -> bool:
        """Return True: the names of a model text are those that it declares."""
        return True

    def knows(self, name: str) -> bool:
        """Return True: in a model text no run of letters is taken apart."""
        return True

    def is_parameter(self, name: str) -> bool:
        """Whether a name is declared as a number."""
        return name in self.declared

    @property
    def written(self) -> tuple[Name, ...]:
        """Return nothing: the names of a model are declared."""
        return ()

    def add(self, name: str, span: Span) -> None:
        """Declare a variable, unless it is declared already."""
        if name in self.variables:
            return
        other = self.spelt.setdefault(spelling(name), name)
        if other != name:
            raise same_name(other, name, span)
        owner = self.aliases.get(spelling(name), name)
        if owner != name:
            raise ModelError(
                f"'{name}' is a variable and an alias of {owner}",
                expected="one of the two",
                span=span,
            )
        self.variables[name] = Variable(name)


def read_model(text: str | Source) -> ModelText:
    """Read a model text.

    Raises
    ------
    ModelError
        If something does not fit; with all faults of the text in ``problems``, or the one fault.
    ParseError, UnknownVariableError, UnknownStateError, CyclicGraphError, LimitError
        If that is the only fault.
    """
    source = Source(text, "model") if isinstance(text, str) else text
    if len(source.text) > MAX_MODEL:
        raise LimitError(
            f"a model of {len(source.text)} characters", expected=f"at most {MAX_MODEL}"
        )
    problems: list[SymcausalError] = []
    draft = _NetworkDraft()
    later: list[tuple[SyntaxTree, list[Token]]] = []
    spans = list(statements(source))
    if len(spans) > MAX_STATEMENTS:
        raise LimitError(
            f"a model of {len(spans)} statements", expected=f"at most {MAX_STATEMENTS}"
        )
    # parameters first: p(1-q) is refused only where p is known to be a number
    for span in sorted(spans, key=lambda s: not declares_numbers(s)):
        if denies_causes(span):
            draft.causal = False
            continue
        try:
            tree, tokens = parse_statement(span, draft)
            if tree.kind in ("row", "given"):
                later.append((tree, tokens))
            else:
                _declare(tree, draft, source)
        except SymcausalError as error:
            problems.append(error)
    try:
        network, given = _assembled(draft, later, source, problems)
    except SymcausalError as error:
        problems.append(error)
    if not problems:
        closed = frozenset(draft.stated).union(draft.mechanisms, *_inputs(draft))
        return ModelText(network, given, draft.notation, draft.decimal_comma, closed, draft.causal)
    if len(problems) == 1:
        raise problems[0]
    problems.sort(key=lambda p: p.span.start if p.span else len(source.text))
    first = problems[0]
    raise ModelError(
        f"{len(problems)} problems in the model",
        span=first.span,
        problems=problems[:_MAX_PROBLEMS],
    )


def _assembled(
    draft: _NetworkDraft,
    later: list[tuple[SyntaxTree, list[Token]]],
    source: Source,
    problems: list[SymcausalError],
) -> tuple[Network, tuple[Chain, ...]]:
    graph = _graph(draft)
    vocabulary = Vocabulary(draft.variables, draft.declared)
    settled = _settled(draft, graph, problems)
    graph = graph.rising(_orders(draft))
    rows = RowCollector(draft.variables, graph, draft.declared, settled)
    given: list[Chain] = []
    for tree, tokens in later:
        try:
            reader = Reader(source, vocabulary, tokens)
            if tree.kind == "row":
                rows.take(tree, reader)
            else:
                given.append(reader.chain(_chain(tree)))
        except SymcausalError as error:
            problems.append(error)
    tables = rows.tables()
    return Network(draft.variables, graph, tables, draft.declared), tuple(given)


def _inputs(draft: _NetworkDraft) -> Iterator[Iterable[str]]:
    for stated in draft.mechanisms.values():
        yield stated.places


def _settled(
    draft: _NetworkDraft, graph: Graph, problems: list[SymcausalError]
) -> Mapping[str, Table]:
    if not draft.mechanisms:
        return {}
    from symcausal.reading.mechanism_tables import settled_tables  # few models have one

    stated, states = draft.mechanisms, frozenset(draft.stated)
    tables, found = settled_tables(stated, graph, draft.variables, states, draft.directed)
    if found:  # rows may name states that do not follow now
        problems += found[:-1]
        raise found[-1]
    return tables


def _chain(tree: SyntaxTree) -> SyntaxTree:
    part = tree.parts[1]
    return part if isinstance(part, SyntaxTree) else SyntaxTree("bracket", [part])


def _graph(draft: _NetworkDraft) -> Graph:
    try:
        return Graph(draft.variables, draft.directed, draft.bidirected, draft.hidden)
    except CyclicGraphError as error:
        circle = (*error.cycle, error.cycle[0])
        edges = pairwise(circle)
        span = next((draft.directed[e] for e in edges if e in draft.directed), None)
        raise CyclicGraphError(error.cycle, span=span) from None


# -- declarations -------------------------------------------------------------------------------
def _declare(tree: SyntaxTree, draft: _NetworkDraft, source: Source) -> None:
    span = Span(source, tree.start, tree.end)
    match tree.kind:
        case "declaration":
            _declare_variables(tree, draft, source)
        case "edges":
            _declare_edges(tree, draft, source)
        case "hidden":
            for name in _names(tree.parts[1]):
                draft.add(name, span)
                draft.hidden.append(name)
        case "monotone":
            _declare_monotone(tree.parts[0], draft, source)
        case "mechanism":
            _declare_mechanism(tree, draft, source)
        case "parameters":
            _declare_parameters(tree, draft, span)
        case "decimal":
            draft.decimal_comma = True
        case "notation":
            name = _text(tree.parts[1])
            if name not in PRESETS:
                raise ModelError(
                    f"there is no notation '{name}'", hint=nearest(name, PRESETS), span=span
                )
            draft.notation = name
        case _:  # the grammar makes no other kind of statement
            raise AssertionError(tree.kind)


def _declare_variables(tree: SyntaxTree, draft: _NetworkDraft, source: Source) -> None:
    head = tree.parts[0]
    label, aliases = "", list[str]()
    if isinstance(head, SyntaxTree) and head.kind == "titled":
        names = [_text(head.parts[0])]
        for before, part in pairwise(head.parts):
            if isinstance(before, Token) and before.kind == "ALIAS":
                aliases = _names(part)
            elif isinstance(part, Token) and part.kind == "STRING":
                label = part.text
    else:
        names = _names(head)
    states = _states(names[0], tree.parts[2], source) if len(tree.parts) > 1 else None
    span = Span(source, tree.start, tree.end)
    for name in names:
        draft.add(name, span)
        if states is not None and name in draft.stated:
            raise ModelError(f"the states of {name} twice", expected="once", span=span)
        variable = draft.variables[name]
        if states is not None:
            draft.stated.add(name)
            variable = replace(variable, states=states)
        _check_aliases(name, aliases, draft, span)
        draft.variables[name] = replace(
            variable,
            label=label or variable.label,
            aliases=tuple(dict.fromkeys((*variable.aliases, *aliases))),
        )


def _check_aliases(name: str, aliases: list[str], draft: _NetworkDraft, span: Span) -> None:
    for alias in aliases:
        owner = draft.aliases.setdefault(spelling(alias), name)
        if owner != name:
            raise ModelError(
                f"'{alias}' stands for {owner} and for {name}", expected="one of them", span=span
            )
    for alias, owner in draft.aliases.items():
        if alias in draft.variables and owner != alias:
            raise ModelError(
                f"'{alias}' is a variable and an alias of {owner}",
                expected="one of the two",
                span=span,
            )


def _states(variable: str, part: SyntaxPart, source: Source) -> tuple[str, ...]:
    items = part.parts[::2] if isinstance(part, SyntaxTree) else [part]
    span = Span(source, part.start, part.end)
    only = items[0]
    if len(items) == 1 and isinstance(only, Token) and only.kind == "NUMBER":
        return _counted_states(only.text, span)
    states = tuple(map(_text, items))
    tell_states_apart(variable, states, span)
    if len(states) > _MAX_STATES:
        raise LimitError(f"{len(states)} states", expected=f"at most {_MAX_STATES}", span=span)
    return states


def _counted_states(digits: str, span: Span) -> tuple[str, ...]:
    if not digits.isdecimal() or not digits.strip("0"):
        raise ModelError(
            f"{digits} states", expected="a whole number, or the states by name", span=span
        )
    if len(digits) > 4 or int(digits) > _MAX_STATES:
        raise LimitError(f"{digits} states", expected=f"at most {_MAX_STATES}", span=span)
    return tuple(map(str, range(int(digits)))) if int(digits) != 2 else DEFAULT_STATES


def _declare_edges(tree: SyntaxTree, draft: _NetworkDraft, source: Source) -> None:
    sides, arrows = tree.parts[::2], tree.parts[1::2]
    for side in sides:
        for name in _names(side):
            draft.add(name, Span(source, tree.start, tree.end))
    for arrow, (left, right) in zip(arrows, pairwise(sides), strict=True):
        span = Span(source, left.start, right.end)
        for a, b in _pairs(left, right):
            kind = arrow.kind
            if kind == "BOTHARROW":
                if a == b:
                    raise ModelError(f"{a} <-> {a}", expected="two variables", span=span)
                draft.bidirected.append((a, b))
            else:
                draft.directed.setdefault((a, b) if kind == "RARROW" else (b, a), span)


def _declare_monotone(tree: SyntaxPart, draft: _NetworkDraft, source: Source) -> None:
    """Note that effects never fall as their causes rise; the arrows are declared by this too."""
    assert isinstance(tree, SyntaxTree)
    span = Span(source, tree.start, tree.end)
    for arrow, (left, right) in zip(tree.parts[1::2], pairwise(tree.parts[::2]), strict=True):
        if arrow.kind == "BOTHARROW":
            raise ModelError("a monotone <->", expected="arrows, as in monotone X -> Y", span=span)
        for a, b in _pairs(left, right):
            draft.monotone.setdefault((a, b) if arrow.kind == "RARROW" else (b, a), span)
    _declare_edges(tree, draft, source)


def _orders(draft: _NetworkDraft) -> dict[tuple[str, str], TwoOrders]:
    """The states along monotone arrows, lowest first, as they are listed."""
    for (_, effect), span in draft.monotone.items():
        if effect in draft.mechanisms:
            raise ModelError(
                f"{effect} has a mechanism, which says whether it rises",
                expected="no 'monotone' beside it",
                span=span,
            )
    states = {name: variable.states for name, variable in draft.variables.items()}
    return {(a, b): (states[a], states[b]) for a, b in draft.monotone}


def _declare_mechanism(tree: SyntaxTree, draft: _NetworkDraft, source: Source) -> None:
    from symcausal.reading.mechanism_reader import read_mechanism  # few models have one

    stated = read_mechanism([part for part in tree.parts if isinstance(part, Token)], source)
    name = stated.variable
    if name in draft.mechanisms:
        raise ModelError(f"a second mechanism of {name}", expected="one", span=stated.span)
    for one, span in ((name, stated.span), *stated.places.items()):
        if one in draft.declared:
            raise ModelError(
                f"the parameter '{one}' in a mechanism", expected="variables", span=span
            )
        draft.add(one, span)
    draft.mechanisms[name] = stated
    for parent, span in stated.places.items():
        draft.directed.setdefault((parent, name), span)


def _pairs(left: SyntaxPart, right: SyntaxPart) -> Iterator[tuple[str, str]]:
    for a in _names(left):
        for b in _names(right):
            yield a, b


def _declare_parameters(tree: SyntaxTree, draft: _NetworkDraft, span: Span) -> None:
    bounds = [p.text for p in tree.parts if isinstance(p, Token) and p.kind == "NUMBER"]
    if bounds and bounds != ["0", "1"]:
        raise ModelError(
            f"parameters between {bounds[0]} and {bounds[1]}", expected="in (0, 1)", span=span
        )
    for name in _names(tree.parts[1]):
        draft.declared[name] = Indeterminate(name)


def _names(part: SyntaxPart) -> list[str]:
    return [_text(p) for p in part.parts[::2]] if isinstance(part, SyntaxTree) else [_text(part)]


def _text(part: SyntaxPart) -> str:
    if isinstance(part, SyntaxTree):  # a negative number as the name of a state
        return "".join(map(_text, part.parts))
    return part.text
