r"""What the cells of a table say: variables, events, probabilities, states, numbers.

Main definitions
----------------
CellLabel : what a head or a label says.
TableCells : reads cells with the names of some notes, or of a model.
probabilities_in : the probabilities that stand in some words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from symcausal.errors import SymcausalError
from symcausal.expr.nodes import Event, Letter, Prob, State
from symcausal.hints import Literal, TypeAlias
from symcausal.network.network import DEFAULT_STATES
from symcausal.notes.reading.measures import PROBABLE
from symcausal.patterns import late
from symcausal.reading.numerals import Numeral, numeral
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Guess, Vocabulary
from symcausal.record import record

LabelKind: TypeAlias = Literal["nothing", "variables", "events", "probability", "word", "other"]
NamedStates: TypeAlias = tuple[tuple[str, str], ...]

_MATHS = late(
    r"\$\$?|\\[()\[\]]|`|\*\*|__|\\displaystyle(?![A-Za-z])|\\(?:textbf|mathbf|bf|bfseries)(?![A-Za-z])\s*"
)
_DRESS = late(
    r"\\(?:text|mathrm|mathit|textit|texttt|textrm|mathsf|textsf|operatorname|emph|mbox)\s*\{([^{}]*)\}"
)
_BRACES = late(r"\A\{([^{}]*)\}\Z")
_STATE = late(r"[^\W_][\w+-]{0,39}(?: [\w+-]{1,40}){0,3}")
_MARKED = late(r"[=^\u00ac~]|\\(?:neg|lnot|bar|overline)|^\s*[+-]\s*[A-Za-z]")
_DENIED = late(r"\u00ac|~|\\(?:neg|lnot|bar|overline)(?![A-Za-z])|^\s*-")
_FRACTION = late(r"(?:\\[dt]?frac\s*\{(\d{1,9})\}\s*\{(\d{1,9})\}|(\d{1,9})\s*/\s*(\d{1,9}))")
_GENERIC = late(r"(?:P|p|Pr|[Pp]robabilit(?:y|ies)|[Pp]rob\.?)")
_BESIDE = late(r"(?P<outside>[^()]+?)\s+\((?P<inside>[^()]+)\)")
_LONGEST = 200
_NAMED = 20
_OWN_NAME = late(r"[A-Za-z][\w ]{0,40}")


@record
class CellLabel:
    """What a head or a label says.

    Attributes
    ----------
    kind : str
        ``variables`` without values, ``events``, a ``probability``, a ``word`` that is no name,
        ``nothing``, or an ``other`` thing that is not understood.
    names : tuple of str
        The variables; of a probability its variable and what it is conditioned on.
    events : tuple of (str, str)
        Variables with their states.
    word : str
        What stands there.
    """

    kind: LabelKind
    names: tuple[str, ...] = ()
    events: NamedStates = ()
    word: str = ""

    @property
    def is_generic(self) -> bool:
        """Whether it heads probabilities without saying of what."""
        return self.kind == "nothing" or (
            self.kind == "word" and _GENERIC.fullmatch(self.word) is not None
        )


NOTHING = CellLabel("nothing")


class TableCells:
    """Read cells with the names of a model, or with those that the formulas of some notes use.

    Parameters
    ----------
    names : Vocabulary or Guess
        What names mean.
    known : mapping of str to collection of str
        The states that the formulas of the notes name, by variable.
    completed : callable
        All states of a variable of which some are named.
    opposites : mapping of str to tuple of str
        By a state that says yes or no the pair, no first.
    is_open : callable
        Whether a model leaves the states of a variable open.
    told : collection of str
        Variables of the notes beside those that their formulas speak of.
    commas : bool
        Whether decimals have a comma.
    """

    def __init__(
        self,
        names: Vocabulary | Guess,
        known: Mapping[str, Collection[str]],
        completed: Callable[[Sequence[str]], tuple[str, ...]],
        opposites: Mapping[str, tuple[str, str]],
        *,
        is_open: Callable[[str], bool] = lambda _: False,
        told: Collection[str] = (),
        commas: bool = False,
    ) -> None:
        self.names = names
        self.known = known
        self._completed = completed
        self._opposites = opposites
        self._is_open = is_open
        self._told = frozenset(told)
        self.commas = commas

    def closed(self, variable: str) -> tuple[str, ...] | None:
        """Return the states of a variable, where a model declares them."""
        return None if self._is_open(variable) else self.names.states(variable)

    def completed(self, variable: str, state: str) -> tuple[str, ...]:
        """Return the states of a variable of which a table names one."""
        closed = self.closed(variable)
        known = [s for s in self.known.get(variable, ()) if s != "other"]
        return closed or self._completed([*dict.fromkeys((state, *known))])

    # -- numbers -----------------------------------------------------------------------------------
    def number(self, cell: str) -> Numeral | None:
        """Return the probability that a cell is; None for anything else."""
        text = _bare(cell)
        fraction = _FRACTION.fullmatch(text)
        if fraction:
            top, bottom = (int(part) for part in fraction.groups() if part is not None)
            found = Numeral(Fraction(top, bottom)) if bottom else None
        else:
            found = numeral(text, comma=self.commas) if text else None
        return found if found is not None and 0 <= found.value <= 1 else None

    # -- labels ------------------------------------------------------------------------------------
    def label(self, cell: str) -> CellLabel:
        """Return what a head or a label says."""
        text = _bare(cell)
        if not text.strip("-\u2013\u2014 \\"):
            return NOTHING
        if len(text) > _LONGEST:
            return CellLabel("other", word=text)
        if PROBABLE.match(text):
            return self._probability(text)
        found = self._events(text)
        if found is not None:
            return found
        beside = _BESIDE.fullmatch(text)
        if beside:
            both = [self._events(_bare(part)) for part in beside.groups()]
            told = [one for one in both if one is not None and one.kind == "variables"]
            if len(told) == 1 or (len(told) == 2 and told[0].names == told[1].names):
                return told[0]
        return CellLabel("word", word=_undressed(text))

    def _probability(self, text: str) -> CellLabel:
        found = self.probability(text)
        if found is None or len(found.outcome) != 1 or found.do:
            return CellLabel("other", word=text)
        every = (*found.outcome, *found.given)
        names = tuple(event.variable for event in every)
        if not self._are_told(every) or len(set(names)) != len(names):
            return CellLabel("other", word=text)
        return CellLabel("probability", names, _stated(every), text)

    def probability(self, text: str) -> Prob | None:
        """Return the probability that a text is; None for anything else."""
        try:
            found = read(text, self.names)
        except SymcausalError:
            return None
        return found if isinstance(found, Prob) else None

    def _events(self, text: str) -> CellLabel | None:
        """The events or variables that a text lists, in the order in which they are written."""
        listed = [self._event(part.strip()) for part in text.split(",")]
        parts = [part for part in listed if part is not None]
        names = tuple(name for part in parts for name in part.names)
        kinds = {part.kind for part in parts}
        if len(parts) < len(listed) or len(kinds) != 1 or len(set(names)) != len(names):
            return None
        events = tuple(event for part in parts for event in part.events)
        return CellLabel(parts[0].kind, names, events, _undressed(text))

    def _event(self, text: str) -> CellLabel | None:
        """The one event or variable that a text names."""
        spelt = _undressed(text)
        own = self._variable(spelt) if _OWN_NAME.fullmatch(spelt) else None
        if own is not None:
            return CellLabel("variables", (own,))
        found = self.probability(f"P({text})")
        if found is None or found.given or found.do or len(found.outcome) != 1:
            return self._equation(text)
        every = tuple(found.outcome)
        if not self._are_told(every):
            return None
        stated = _stated(every)
        return CellLabel("events" if stated else "variables", (every[0].variable,), stated)

    def _equation(self, text: str) -> CellLabel | None:
        """A variable of a model with a state that its formulas do not name."""
        left, sign, right = text.partition("=")
        own = self._variable(_undressed(left)) if sign and right else None
        state = self.state(own, right) if own is not None and self._is_open(own) else None
        return (
            None if own is None or state is None else CellLabel("events", (own,), ((own, state),))
        )

    def _variable(self, written: str) -> str | None:
        """The variable that a word by itself means, such as a label or an alias of a model."""
        if not isinstance(self.names, Vocabulary):
            return None
        found = self.names.name_of(written)
        if found is None:
            labelled = [
                v.name
                for v in self.names.variables.values()
                if v.label.casefold() == written.casefold()
            ]
            found = labelled[0] if len(labelled) == 1 else None
        return found

    def _are_told(self, events: Collection[Event]) -> bool:
        """Whether events are about variables of the notes, each by its own letter or state."""
        for event in events:
            is_guessed = isinstance(self.names, Guess) and event.variable not in self._told
            if is_guessed and not self.names.is_event(event.variable):  # type: ignore[union-attr]
                return False
            if isinstance(event.value, Letter) and event.value.name != event.variable:
                return False
        return bool(events)

    # -- states ------------------------------------------------------------------------------------
    def state(self, variable: str, cell: str) -> str | None:
        """Return the state of a variable that a cell names; None for anything else."""
        text = _bare(cell)
        if _MARKED.search(text):
            found = self._events(text)
            if found is not None and found.kind == "events" and found.names == (variable,):
                return found.events[0][1]
            return None
        spelt = _undressed(text)
        if not _STATE.fullmatch(spelt):
            return None
        if spelt.casefold() == variable.casefold() and spelt not in self.known.get(variable, ()):
            return None  # its own letter
        known = self.closed(variable)
        told = [*known] if known is not None else [*self.known.get(variable, ())]
        if spelt in told:
            return spelt
        pair = self._opposites.get(spelt)
        if pair is not None and told and set(told) <= set(DEFAULT_STATES):
            return DEFAULT_STATES[pair.index(spelt)]
        alike = [state for state in told if state.casefold() == spelt.casefold()]
        if len(alike) == 1:
            return alike[0]
        return spelt if not alike else None

    def yes_of(self, states: Sequence[str]) -> str | None:
        """Return the state of two that says yes: 1 of 0 and 1, T of T and F; None without one."""
        if set(states) == set(DEFAULT_STATES):
            return DEFAULT_STATES[1]
        pair = self._opposites.get(states[0])
        return pair[1] if pair is not None and set(states) == set(pair) else None

    def affirmed(self, variable: str, cell: str, others: Collection[str]) -> str | None:
        """Return the state that a lone small letter names beside its denial."""
        text = _bare(cell)
        is_denied = any(_DENIED.search(_bare(other)) for other in others)
        if not is_denied or _DENIED.search(text) or not text[:1].islower():
            return None
        found = self._events(text)
        if found is None or found.names != (variable,) or found.kind != "variables":
            return None
        positive = self.probability(f"P(+{text})")
        told = _stated(tuple(positive.outcome)) if positive is not None else ()
        return told[0][1] if len(told) == 1 else None


def probabilities_in(words: str, cells: TableCells) -> Iterator[CellLabel]:
    """Yield the probabilities of one variable that stand in some words."""
    for count, begins in enumerate(PROBABLE.finditer(words)):
        if count > _NAMED:
            return
        depth = 0
        for at in range(begins.start(), min(len(words), begins.start() + _LONGEST)):
            depth += (words[at] in "([") - (words[at] in ")]")
            if depth == 0 and words[at] in ")]":
                yield cells.label(words[begins.start() : at + 1])
                break


def _stated(events: Collection[Event]) -> NamedStates:
    return tuple((e.variable, e.value.name) for e in events if isinstance(e.value, State))


def _bare(cell: str) -> str:
    """A cell without the signs of a formula and of bold type."""
    text = _MATHS.sub("", cell).strip().strip("~").strip()
    inside = _BRACES.match(text)
    return inside[1].strip() if inside else text


def _undressed(text: str) -> str:
    return re.sub(r"\s+", " ", _DRESS.sub(r"\1", text)).strip()
