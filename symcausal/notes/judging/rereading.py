"""The formulas of a passage, read again with other names than those of its model.

Main definitions
----------------
Rereading : the statements of a passage under other names, all read once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from symcausal.notes.judging.beside import unknown_names
from symcausal.notes.judging.memory import Memory
from symcausal.notes.judging.mending.renaming import Named
from symcausal.notes.reading.claims import Statement, read_claims
from symcausal.notes.reading.pieces import Extract as ReaderPiece
from symcausal.reading.vocabulary import Vocabulary


@dataclass(slots=True)
class Rereading:
    """The statements of a passage, read with other names.

    Attributes
    ----------
    memory : Memory
        What the notes have said so far.
    pieces : sequence of Extract
        The formulas of the passage.
    commas : bool
        Whether decimals have a comma.
    """

    memory: Memory
    pieces: Sequence[ReaderPiece] = ()
    commas: bool = False
    _read: dict[str, dict[int, list[Statement]]] = field(default_factory=dict)

    def of(self, statement: Statement, key: str, names: Named) -> Statement | None:
        """Return a statement of the passage, read with the names that a key stands for."""
        if key not in self._read:
            definitions = dict(self.memory.definitions)
            found = read_claims(self.pieces, names(), definitions=definitions, commas=self.commas)
            self._read[key] = defaultdict(list)
            for again in found:
                self._read[key][again.span.start].append(again)
        for again in self._read[key].get(statement.span.start, ()):
            if again.kind == statement.kind and len(again.parts) == len(statement.parts):
                return again
        return None

    def in_capitals(self, statement: Statement, names: Vocabulary) -> Statement:
        """Return a statement; one that only reads if a model's small names are capitals, read so."""
        # X_1 is no value of a variable x, though x_1 may be
        if not unknown_names(statement) or "_" in statement.text:
            return statement
        capitals = names.in_capitals()
        again = self.of(statement, "capitals", lambda: capitals) if capitals else None
        return again if again is not None and again.readable else statement
