r"""Probabilities, events and conditions as boxes.

Main definitions
----------------
PrintChoices : the choices of one printing: notation, order of variables, how fractions stand.
prob_box, counterfactual_box, event_box, events_box, index_box : a probability, its parts, the index of a
    sum.
mean_over_copy, mean_box : the mean of a copy among sums.
separation_box : an independence with its surgery graph.

Notation
--------
A variable's own letter prints alone, in the case that the notation asks for, with a prime for each
further copy: ``x``, ``x'``. A letter of another name prints as ``X=w``.
"""

from __future__ import annotations

from collections.abc import Iterable

from symcausal.expr.nodes import (
    Copy,
    CopyEvent,
    CopyEvents,
    Counterfactual,
    Event,
    Events,
    Expr,
    Letter,
    Numeric,
    Prob,
    Product,
    State,
    Sum,
)
from symcausal.record import record
from symcausal.rules.condition import AcrossWorlds, Separated
from symcausal.writing.boxes import Box, Fence, Label, Mark, Role, Script, Sign, row, separated
from symcausal.writing.names import lowered
from symcausal.writing.notations import Notation

COMMA, EQUALS, GIVEN = Sign("comma"), Sign("equals"), Sign("given")
_STAR = "^*"
_DO: dict[str, Role] = {"plain": "literal", "upright": "word", "operator": "function"}


@record
class PrintChoices:
    """The choices of one printing.

    Attributes
    ----------
    notation : Notation
        The book's choices.
    order : tuple of str
        All names of the model, variables first, in the order of their declaration.
    inline : bool
        Whether a fraction stands in one line, as in plain text.
    taken : frozenset of str
        All names that are in use, which no lower-case form may equal.
    """

    notation: Notation
    order: tuple[str, ...] = ()
    inline: bool = False
    taken: frozenset[str] = frozenset()

    def sorted(self, events: Iterable[Event]) -> list[Event]:
        """Events in the order of declaration."""
        return sorted(events, key=lambda event: (*self.place(event.variable), event.key))

    def lowered(self, name: str) -> str:
        """Return the lower-case form of a name, or the name where that means something else."""
        return lowered(name, self.taken, words=bool(self.order))

    def place(self, variable: str) -> tuple[int, str]:
        """Return the sort key of a variable: its place in the declaration, then its name."""
        known = variable in self.order
        return (self.order.index(variable) if known else len(self.order), variable)


def event_box(event: Event, plan: PrintChoices) -> Box:
    """Return the box of an event: ``X``, ``x``, ``X'``, ``X=A`` or ``x^{1}``."""
    variable = event.variable
    match event.value:
        case Letter(name):
            if _is_own(name, variable):
                return letter_box(name, plan)
            # with a capital, X=W would say that two variables are equal
            return row([Label(variable), EQUALS, letter_box(name, plan, small=True)])
        case State(name):
            small = plan.lowered(variable)
            if _superscript(plan) and small != variable and name.isalnum():
                # of a state called g1 the letter is there already: g^1
                digits = name.removeprefix(small)
                shown = digits if digits.isdigit() else name
                return Script(Label(small), sup=Label(shown, "state"))
            return row([Label(variable), EQUALS, Label(name, "state")])


def events_box(events: Iterable[Event], plan: PrintChoices) -> Box:
    """Return the box of events side by side, in the order of declaration."""
    return separated((event_box(event, plan) for event in plan.sorted(events)), COMMA)


def index_box(over: Iterable[Event], plan: PrintChoices) -> Box:
    """Return the box of a sum's index."""
    style = plan.notation.sums
    if style == "lower":
        plan = PrintChoices(Notation(values="lower"), plan.order, plan.inline, plan.taken)
    if style != "set" or plan.inline:
        sign = Sign("tight-comma")
        return separated((event_box(event, plan) for event in plan.sorted(over)), sign)
    return Fence(events_box(over, plan), "set")


def separation_box(separation: Separated, plan: PrintChoices) -> Box:
    r"""Return the box of a separation: ``L ⟂ S | I``, its surgery graph as a subscript."""
    parts = [_listed(separation.left, plan), Sign("separated"), _listed(separation.right, plan)]
    if separation.given:
        parts += [GIVEN, _listed(separation.given, plan)]
    if not separation.cut_into and not separation.cut_out_of:
        return row(parts)
    cuts: list[Box] = []
    if separation.cut_into:
        cuts.append(Mark(_listed(separation.cut_into, plan), "over"))
    if separation.cut_out_of:
        cuts.append(Mark(_listed(separation.cut_out_of, plan), "under"))
    graph = Label("G", "graph" if "G" in plan.taken else "variable")
    return Script(Fence(row(parts)), sub=Script(graph, sub=row(cuts)))


def across_worlds_box(across: AcrossWorlds, plan: PrintChoices) -> Box:
    r"""Return the box of an independence across worlds: ``(X ⟂ Z)_{worlds}``."""
    parts = separated((_listed(part, plan) for part in across.parts), Sign("separated"))
    return Script(Fence(parts), sub=Label("worlds", "word"))


def prob_box(prob: Prob, plan: PrintChoices) -> Box:
    """Return the box of a probability, its intervention where the notation puts it: ``P(L | do(G))``."""
    style = do_style(prob.do, plan)
    if style == "subscript" and _is_a_name(prob.do, prob.outcome):
        style = "upright"
    head: Box = Label(plan.notation.letter, "function")
    if prob.do and style == "subscript":
        head = Script(head, sub=events_box(prob.do, plan))
    parts = [events_box(prob.outcome, plan)]
    condition = condition_boxes(prob.given, prob.do, style, plan)
    if condition:
        parts += [GIVEN, separated(condition, COMMA)]
    square = plan.notation.brackets == "square" and not plan.inline
    return row([head, Fence(row(parts), "square" if square else "round")])


def counterfactual_box(counterfactual: Counterfactual, plan: PrintChoices) -> Box:
    """Return the box of a probability over copies: ``P(Y_{X=1}=1 | X=0)``."""
    parts = [_copies_box(counterfactual.outcome, plan)]
    if counterfactual.given:
        parts += [GIVEN, _copies_box(counterfactual.given, plan)]
    square = plan.notation.brackets == "square" and not plan.inline
    head = Label(plan.notation.letter, "function")
    return row([head, Fence(row(parts), "square" if square else "round")])


def mean_over_copy(expr: Expr) -> tuple[Copy, CopyEvents] | None:
    """Return the copy of which a sum is the mean, and what is given; None for any other formula."""
    match expr:
        case Sum(
            over,
            Product(
                (Numeric(value), Counterfactual((CopyEvent(copy, Letter() as letter),), given))
            ),
        ) if tuple(over) == (value,) and value == Event(copy.variable, letter):
            around = (*copy.values, *given.values)
            return None if letter in [event.value for event in around] else (copy, given)
        case _:  # this is about the one form above
            return None


def mean_box(copy: Copy, given: CopyEvents, plan: PrintChoices) -> Box:
    """Return the box of the mean of a copy: ``E[Y_{X=1} | X=0]``."""
    parts = [_copy_box(copy, plan)]
    if given:
        parts += [GIVEN, _copies_box(given, plan)]
    return row([Label("E", "function"), Fence(row(parts), "square")])


def _copies_box(events: CopyEvents, plan: PrintChoices) -> Box:
    places = {event: plan.place(event.copy.variable) for event in events}
    ordered = sorted(events, key=lambda event: (*places[event], event.key))
    return separated((_copy_event_box(event, plan) for event in ordered), COMMA)


def _copy_event_box(event: CopyEvent, plan: PrintChoices) -> Box:
    copy = event.copy
    if not copy.settings:
        return event_box(Event(copy.variable, event.value), plan)
    match event.value:
        case Letter(name):
            value = letter_box(name, plan, small=True)
        case State(name):
            value = Label(name, "state")
    return row([_copy_box(copy, plan), EQUALS, value])


def _copy_box(copy: Copy, plan: PrintChoices) -> Box:
    """The box of a copy: its variable with what is set, where the notation puts it."""
    if not copy.settings:
        return Label(copy.variable)
    small = PrintChoices(Notation(values="lower"), plan.order, plan.inline, plan.taken)
    boxes = list[Box]()
    for setting in sorted(copy.settings, key=lambda setting: plan.place(setting.variable)):
        match setting.value:
            case Copy():
                boxes.append(_copy_box(setting.value, plan))
            case Letter() | State():
                boxes.append(event_box(Event(setting.variable, setting.value), small))
    own, written = Label(copy.variable), separated(boxes, COMMA)
    match plan.notation.counterfactual:
        case "argument":
            return row([own, Fence(written)])
        case "superscript":
            return Script(own, sup=written)
        case _:  # as Notation checks
            return Script(own, sub=written)


def condition_boxes(given: Events, do: Events, style: str, plan: PrintChoices) -> list[Box]:
    """Return the boxes after the bar: interventions first, then observations."""
    condition: list[Box] = []
    if do and style == "hat":
        condition += [Mark(event_box(event, plan), "hat") for event in plan.sorted(do)]
    elif do and style != "subscript":
        condition.append(row([Label("do", _DO[style]), Fence(events_box(do, plan))]))
    # what is fixed to a state comes first, as in P(L | G=A, S)
    settled = sorted(plan.sorted(given), key=lambda event: isinstance(event.value, Letter))
    return condition + [event_box(event, plan) for event in settled]


def do_style(do: Events, plan: PrintChoices) -> str:
    """Return the way to write an intervention; a hat fits letters only, and plain text has one way."""
    style = plan.notation.do
    alone = all(_stands_alone(event) for event in do)
    if plan.inline or (style == "hat" and not alone):
        return "plain"
    return style


def _is_a_name(do: Events, outcome: Events) -> bool:
    """Whether an intervention would be the name of the outcome's mass function as a subscript."""
    bare = all(event.value == Letter(event.variable) for event in do)
    return bare and set(do.variables) == set(outcome.variables)


def letter_box(letter: str, plan: PrintChoices, *, small: bool = False) -> Box:
    """Return the box of a letter, in the case that the notation asks for, or ``small`` in any."""
    stem = letter.rstrip("'") or letter
    primes, starred = len(letter) - len(stem), stem.endswith(_STAR)
    stem = stem.removesuffix(_STAR)
    if small:
        stem = lowered(stem, plan.taken, words=bool(plan.order), acronyms=True)
    elif plan.notation.values == "lower":
        stem = plan.lowered(stem)
    label = Label(stem, "variable", primes)
    return Script(label, sup=Sign("star")) if starred else label


def _listed(names: Iterable[str], plan: PrintChoices) -> Box:
    return separated((Label(name) for name in sorted(names, key=plan.place)), COMMA)


def _stands_alone(event: Event) -> bool:
    return isinstance(event.value, Letter) and _is_own(event.value.name, event.variable)


def _is_own(letter: str, variable: str) -> bool:
    """Whether a letter is the variable's own or one of its copies: ``X``, ``X'``, ``X^*``."""
    return letter.rstrip("'").removesuffix(_STAR) == variable


def _superscript(plan: PrintChoices) -> bool:
    return plan.notation.states == "superscript" and not plan.inline
