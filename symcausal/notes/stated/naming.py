"""What names in graphs mean: the variables of the formulas beside them.

Main definitions
----------------
NotesNames : from a name as written to a variable.
"""

from __future__ import annotations

from collections.abc import Collection

from symcausal.errors import Source, Span, SymcausalError
from symcausal.notes.stated.edges import Edges
from symcausal.patterns import late
from symcausal.reading.lexer import tokenise
from symcausal.reading.vocabulary import Guess

_NUMBERED = late(r"([A-Za-z]+)(_?)(\d+)")
_ANY_NAME = late(r"[A-Za-z][\w ]{0,60}")
_LABEL_WORD = late(r"[A-Za-z]\w*")
_LONGEST = 60


class NotesNames:
    """The variables that written names mean, as the formulas of the notes spell them.

    Parameters
    ----------
    guess : Guess
        What the names of the formulas mean.
    spoken : collection of str
        Variables of which the formulas speak outside of probabilities.
    any_name : bool
        Whether names count of which no formula speaks.
    """

    def __init__(
        self, guess: Guess, spoken: Collection[str] = (), *, any_name: bool = False
    ) -> None:
        self.guess = guess
        self.spoken = frozenset(spoken)
        self.any_name = any_name
        self._known: dict[str, str | None] = {}

    def variable(self, written: str) -> str | None:
        """Return the variable that a name means; None if it can be none."""
        if written not in self._known:
            self._known[written] = self._looked_up(written)
        return self._known[written]

    def is_told(self, written: str) -> bool:
        """Decide whether the formulas of the notes speak of a name."""
        variable = self.variable(written)
        return variable is not None and (self.any_name or self._is_spoken_of(variable))

    def _is_spoken_of(self, variable: str) -> bool:
        return variable in self.spoken or self.guess.is_event(variable)

    def with_labels(self, edges: Edges) -> Edges | None:
        """Return a drawing with its labels for names, where formulas speak of these.

        None where a label speaks of another variable than the name of its node, and the labels alone
        do not name all nodes.
        """
        if not edges.labels:
            return edges
        named = {name: edges.labels.get(name) or name for name in edges.names}
        if self.any_name and not all(map(self.is_told, named.values())):
            return edges
        by_name = any(self.is_told(name) for name in edges.names)
        if not any(self._speaks_of_another(label, name) for name, label in named.items()):
            if by_name or not any(self.is_told(label) for label in named.values()):
                return edges
        elif by_name and not all(self.is_told(label) for label in named.values()):
            return None
        if len({self.variable(label) or label for label in named.values()}) < len(named):
            return None
        return Edges(
            tuple((named[a], named[b]) for a, b in edges.directed),
            tuple((named[a], named[b]) for a, b in edges.bidirected),
            tuple(named[name] for name in edges.hidden),
            tuple(named[name] for name in edges.alone),
            {},
            edges.start,
            edges.end,
        )

    def _speaks_of_another(self, label: str, name: str) -> bool:
        """Whether a label, or a word in it, is a variable of the formulas and not that of a name."""
        own = self.variable(name) if self.is_told(name) else None
        words = [label, *(word for word in _LABEL_WORD.findall(label) if word not in ("a", "I"))]
        return any(self.is_told(word) and self.variable(word) != own for word in words)

    def _looked_up(self, written: str) -> str | None:
        found = [v for v in map(self._meaning, _spellings(written)) if v is not None]
        if self.any_name and not found and _ANY_NAME.fullmatch(written.strip()):
            return "_".join(written.split())
        return next((v for v in found if self._is_spoken_of(v)), found[0] if found else None)

    def _meaning(self, written: str) -> str | None:
        if not written or len(written) > _LONGEST:
            return None
        try:
            tokens = tokenise(Span(Source(written), 0, len(written)))
        except SymcausalError:
            return None
        if len(tokens) != 1 or tokens[0].name is None:
            return None
        meaning = self.guess.lookup(tokens[0].name)
        if meaning is None or meaning.script or meaning.letter != meaning.variable:
            return None
        return meaning.variable


def _spellings(written: str) -> tuple[str, ...]:
    """Return the spellings of a name in formulas, the likeliest first."""
    plain = written.strip().replace("\\", "") if written.startswith("\\") else written.strip()
    plain = plain.replace(" ", "_")
    numbered = _NUMBERED.fullmatch(plain)
    found = [written.strip(), plain, plain[:1].upper() + plain[1:], plain.lower()]
    words = written.split()
    if len(words) > 1:
        found += ["".join(words), "".join(word[:1].upper() + word[1:] for word in words)]
    if numbered:
        base, bar, digits = numbered.groups()
        found += [f"{base}{'' if bar else '_'}{digits}"]
    return tuple(dict.fromkeys(found))
