"""An identification on paper: the argument, or the reasons why there is none and what is left.

Every verdict says what it rests on: what is known, in which graph, and what has to be possible.

Main definitions
----------------
blocks : the parts of the page.
as_data : the same as values that ``json`` knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, product

from symcausal.answer.defined import defined, definitions_data
from symcausal.answer.figures import held_together, identified
from symcausal.expr.nodes import Counterfactual, Event, Expr, Prob, State, free_events
from symcausal.expr.path import everywhere
from symcausal.expr.scope import variables
from symcausal.graph.graph import Graph
from symcausal.hints import TYPE_CHECKING
from symcausal.identify.identification import Identified, Unidentified
from symcausal.identify.question import Input, experiments, observational
from symcausal.writing.blocks import Aside, Block, Code, Derived, Display, Items, Paragraph, Tabled
from symcausal.writing.latex import formula_latex

if TYPE_CHECKING:
    from symcausal.answer.identification_facts import IdentificationFacts
    from symcausal.answer.rivals import Rivals
    from symcausal.identify.bounds import Bounds
    from symcausal.writing.blocks import Piece

MOST_NAMES = 8
MOST_EXPERIMENTED = 6
MOST_EDGES = 10


def blocks(found: IdentificationFacts) -> Iterator[Block]:
    """What was found, from top to bottom."""
    yield from defined(found.definitions)
    if isinstance(found.result, Identified):
        yield from _argument(found, found.result)
        return
    yield Paragraph((found.query, *_refusal(found, found.result)))
    yield from _hedge(found.result)
    if found.rivals is not None:
        yield from _two_models(found, found.rivals)
    elif found.excluded:
        yield Paragraph(
            (
                "At a random functional model the query moves in a direction in which nothing that "
                "is known moves; this excludes a formula. No two small models were found.",
            )
        )
    elif found.proven:
        yield Paragraph(
            ("That this excludes a formula is a theorem; no two small models were found.",)
        )
    if found.bounds is not None and found.term is not None:
        yield from _bounds(found.bounds, found.term)
    if found.remedies:
        yield Paragraph(("Any of these would make it identifiable:",))
        yield Items(tuple((str(remedy),) for remedy in found.remedies))


# -- yes ----------------------------------------------------------------------------------------
_LONG = {
    "ID": "going down along c-components (the algorithm ID)",
    "IDC": "going down along c-components, and a ratio for what is seen (the algorithm IDC)",
    "do-calculus": "the rules of do-calculus",
}


def _argument(found: IdentificationFacts, result: Identified) -> Iterator[Block]:
    if not result.chain.steps:
        yield Paragraph((found.query, " can be read off ", *_sources(found), " as it stands."))
    else:
        where = (*_sources(found), " in ", *_graph(found.network.graph))
        how = _LONG.get(result.method, result.method)
        yield Paragraph(("Identifiable from ", *where, f", by {how}."))
    yield Derived(result.chain, found.assumptions)
    yield from identified(found.network.graph, found.query, result.estimand, result.method)
    free = _free_choices(found.query, result.estimand)
    if free:
        pieces: list[Piece] = []
        for event in free:
            pieces += [" and "] * bool(pieces) + [event]
        names = " and ".join(event.variable for event in free)
        words = " may be any other value of " if len(free) == 1 else " may be any other values of "
        yield Paragraph((*pieces, f"{words}{names}: the result is the same."))


def _free_choices(query: Expr, estimand: Expr) -> tuple[Event, ...]:
    """States that the estimand sets and the query doesn't know: which ones makes no difference."""
    asked = variables(query)
    return tuple(
        dict.fromkeys(
            event
            for _, node in everywhere(estimand)
            if isinstance(node, Prob)
            for event in (*node.outcome, *node.given, *node.do)
            if isinstance(event.value, State) and event.variable not in asked
        )
    )


# -- no -----------------------------------------------------------------------------------------
def _refusal(found: IdentificationFacts, result: Unidentified) -> list[Piece]:
    where = [*_sources(found), " in ", *_graph(found.network.graph)]
    if found.proven:
        if not found.clash:
            return [" is not identifiable from ", *where, "."]
        part: list[Piece] = [": it"] if result.term == found.query else [". Its part ", result.term]
        return [" is not identifiable from ", *where, *part, f" needs {found.clash}."]
    if isinstance(result.term, Counterfactual):
        needs = f", which needs {found.clash}," if found.clash else ""
        words = f"{needs} is not led to one world by these rules"
        if found.context.single:
            words += ", without independence across worlds"
        words += "."
        return [" was not identified from ", *where, ". Its part ", result.term, words]
    if found.network.graph.monotone:
        end = " is not identifiable where nothing is monotone; whether that helps is not decided."
        return [" was not identified from ", *where, ". Its part ", result.term, end]
    if not result.proven:
        end = (
            ". These inputs leave out observed variables, and whether joining them could do more is "
            "not decided."
        )
        return [" was not identified from ", *where, end]
    if isinstance(found.query, Prob):
        return [" was not identified from ", *where, ", where some variable has one state only."]
    left = " is not identifiable; whether the whole is, is not decided."
    return [" was not identified from ", *where, ". Its part ", result.term, left]


def _hedge(result: Unidentified) -> Iterator[Block]:
    hedge = result.hedge
    if hedge is None:
        return
    larger, smaller, treated = (
        ", ".join(names) for names in (hedge.larger, hedge.smaller, hedge.treatments)
    )
    yield Paragraph(
        (
            "A hedge stands in the way: hidden causes hold ", Code("{" + larger + "}"),
            " together, everything in it acts on ", Code("{" + smaller + "}"),
            ", and what ", Code(treated),
            " does to that cannot be told from what the hidden causes do.",
        )
    )  # fmt: skip
    yield held_together(result.graph, hedge.larger, result.graph.restricted(hedge.larger).edges)


def _two_models(found: IdentificationFacts, pair: Rivals) -> Iterator[Block]:
    from symcausal.answer.rivals import rival_tables, shared_table  # only without an argument

    one, other = map(str, pair.values)
    head = (
        "Two models show it. They agree on ", *_sources(found), ", but ", pair.query, " is ", one,
        " in the first and ", other, " in the second.",
    )  # fmt: skip
    yield Paragraph(head)
    grid = rival_tables(pair)
    if grid is None:
        yield Paragraph(("Their tables are too long to be shown here.",))
        return
    notes: list[Piece] = []
    for name, ends in pair.causes.items():
        notes += [", " if notes else "Here ", Code(name), " acts on "]
        notes += [Code(ends[0]), " and ", Code(ends[1])]
    notes += _answers(pair)
    left = "what is not listed makes the rows sum to one"
    if _leaves_out(pair, grid.rows):
        left += ", and all other tables are the same in both"
    yield Paragraph((*notes, "; " if notes else "Here ", left, "."))
    yield Aside((Tabled(grid),))
    shared = [shared_table(pair, one) for one in found.inputs]
    if all(shared):
        yield Paragraph(("In both:",))
        yield Aside(tuple(Tabled(grid) for grid in shared if grid is not None))


def _answers(pair: Rivals) -> Iterator[Piece]:
    """What the states of answers mean."""
    for number, (name, variable) in enumerate(pair.answers.items()):
        parents = [n for n in pair.first.graph.parents(variable) if n != name]
        states = [pair.first.variable(n).states for n in parents]
        rows = "; ".join(
            ", ".join(f"{n}={s}" for n, s in zip(parents, place, strict=True))
            for place in product(*states)
        )
        yield "; " if number or pair.causes else "Here "
        yield from (Code(name), " spells what ", Code(variable), " is at ", Code(rows))
        if pair.first.variable(variable).states != tuple(
            map(str, range(pair.first.size(variable)))
        ):
            yield " (0 is its first state)"


def _leaves_out(pair: Rivals, rows: Sequence[Sequence[object]]) -> bool:
    shown = {head.outcome.variables[0] for head, *_ in rows if isinstance(head, Prob)}
    shown.update(pair.answers.values())
    return any(pair.first.size(n) > 1 and n not in shown for n in pair.first.graph.nodes)


def _bounds(known: Bounds, term: Prob) -> Iterator[Block]:
    words = "What is still known:"
    if known.sharp:
        words = (
            "What is still known; without more knowledge of the hidden causes, nothing narrower is:"
        )
    yield Paragraph((words,))
    yield Display((known.lower, "<=", term, "<=", known.upper))
    if known.narrower is not None:
        names = ", ".join(known.narrower.every)
        yield Paragraph(
            (
                "And for every value of ", Code(names),
                ", which says nothing of the outcome once the treatment is set:",
            )
        )  # fmt: skip
        yield Display((known.narrower.lower, "<=", term, "<=", known.narrower.upper))


# -- what a verdict rests on --------------------------------------------------------------------
def _sources(found: IdentificationFacts) -> list[Piece]:
    """The inputs with commas between."""
    graph = found.network.graph
    several = len(found.inputs) > 1 and len(observational(graph).observed) <= MOST_EXPERIMENTED
    if several and found.inputs == experiments(graph):
        return ["all experiments"]
    pieces: list[Piece] = []
    for one in found.inputs:
        pieces += [", "] if pieces else []
        if len(one.observed) > MOST_NAMES and one == observational(found.network.graph):
            pieces.append(f"the joint distribution of the {len(one.observed)} observed variables")
        else:
            pieces.append(_as_formula(one))
    return pieces


def _as_formula(one: Input) -> Prob:
    return Prob(free_events(one.observed), do=free_events(one.done))


def _graph(graph: Graph) -> tuple[Piece, ...]:
    edges = graph.edges
    if not edges:
        return ("a graph without edges",)
    if len(edges) > MOST_EDGES:
        return (f"this graph of {len(graph.nodes)} variables",)
    hidden = [f" with {', '.join(n for n in graph.nodes if n in graph.hidden)} hidden"]
    return ("the graph ", Code(", ".join(edges)), *hidden * bool(graph.hidden))


# -- JSON ---------------------------------------------------------------------------------------
def as_data(found: IdentificationFacts) -> dict[str, object]:
    """An identification as values that ``json`` knows."""

    def tex(formula: Expr) -> str:
        return formula_latex(formula, found.style)

    graph = found.network.graph
    data: dict[str, object] = {
        "query": tex(found.query),
        "identifiable": found.identifiable,
        "inputs": [tex(_as_formula(one)) for one in found.inputs],
        "graph": {
            "edges": list(graph.edges),
            "hidden": [name for name in graph.nodes if name in graph.hidden],
        },
        "method": found.method,
        "estimand": None,
        "estimand_tree": None,
        "assumptions": [],
        "steps": [],
        "hedge": None,
    }
    if found.definitions:
        data["definitions"] = definitions_data(found.definitions, found.style)
    if isinstance(found.result, Identified):
        from symcausal.writing.derivation_json import derivation_json

        written = derivation_json(
            found.result.chain, found.assumptions, found.style,
            verified=True, states_of=lambda name: found.network.variable(name).states,
        )  # fmt: skip
        data |= {key: written[key] for key in ("assumptions", "steps")}
        data |= {"estimand": written["formula"], "estimand_tree": written["formula_tree"]}
        return data
    hedge, pair = found.hedge, found.rivals
    data["hedge"] = hedge and {
        "larger": list(hedge.larger),
        "smaller": list(hedge.smaller),
        "treatments": list(hedge.treatments),
        "edges": list(found.result.graph.restricted(hedge.larger).edges),
    }
    data["proven"] = found.proven
    data["clash"] = found.clash or None
    data["two_models"] = pair and {
        "models": [found.make_model(network).to_text() for network in (pair.first, pair.second)],
        "query": tex(pair.query),
        "values": [str(value) for value in pair.values],
    }
    known = found.bounds
    each = chain([known] if known else [], [known.narrower] if known and known.narrower else [])
    data["bounds"] = None
    for one in reversed(list(each)):
        data["bounds"] = {
            "of": tex(found.term) if found.term else None,
            "lower": tex(one.lower),
            "upper": tex(one.upper),
            "sharp": one.sharp,
            "every": list(one.every),
            "narrower": data["bounds"],
        }
    data["remedies"] = [str(remedy) for remedy in found.remedies]
    return data
