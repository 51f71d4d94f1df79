"""Whether the arrows imply an independence, and along which paths they do or don't.

Main definitions
----------------
IndependenceAnswer, independence : the answer with its witness.
"""

from __future__ import annotations

from symcausal.answer.coincidence import holds_in_numbers
from symcausal.answer.saying import Said, Saying
from symcausal.errors import Source, UsageError
from symcausal.graph.blocking import Blocked, Blocking, blocked_paths
from symcausal.graph.separating import separating_sets
from symcausal.graph.separation import Path, open_path
from symcausal.network.network import Network
from symcausal.patterns import late
from symcausal.reading.independence import independence_of
from symcausal.reading.reader import read_independence
from symcausal.reading.vocabulary import Vocabulary
from symcausal.record import record
from symcausal.rules.condition import Separated
from symcausal.writing.blocks import Code, Piece
from symcausal.writing.text import text

_SHOWN = 5
_WITH_SURGERY = late(r"[)\]]\s*_")


@record
class IndependenceAnswer(Said):
    """Whether the arrows make two sets independent given a third.

    Attributes
    ----------
    left, right, given : tuple of str
        The sets.
    path : Path or None
        A shortest open path, if they are not.
    blocking : Blocking or None
        The paths between the two and what blocks each, if they are.
    repairs : tuple of tuple of str
        If they are not: minimal sets given which they would be, the first few.
    in_numbers : bool or None
        If they are not: whether they happen to be in the model's own numbers, if it has numbers.
    cut_into, cut_out_of : tuple of str
        The variables whose incoming or outgoing arrows were removed first.
    order : tuple of str
        The variables in declaration order.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    given: tuple[str, ...]
    path: Path | None
    blocking: Blocking | None = None
    repairs: tuple[tuple[str, ...], ...] = ()
    in_numbers: bool | None = None
    cut_into: tuple[str, ...] = ()
    cut_out_of: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the independence follows from the graph."""
        return self.path is None

    @property
    def separation(self) -> Separated:
        """The question as a condition on the graph."""
        return Separated(self.left, self.right, self.given, self.cut_into, self.cut_out_of)

    @property
    def statement(self) -> str:
        """The statement as it is written: ``D _||_ L | G``."""
        return text(self.separation, order=self.order)

    @property
    def headline(self) -> str:
        """The statement and the verdict."""
        return f"{self.statement}: {'holds' if self.holds else 'does not follow'}"

    def __bool__(self) -> bool:
        return self.holds

    def as_data(self) -> dict[str, object]:
        """The answer as values that ``json`` knows."""
        blocking = self.blocking
        return {
            "statement": self.statement,
            "independent": self.holds,
            "open_path": None if self.path is None else str(self.path),
            "blocked_paths": None
            if blocking is None
            else [
                {
                    "path": str(blocked.path),
                    "observed": list(blocked.observed),
                    "closed_colliders": list(blocked.closed),
                }
                for blocked in blocking.paths
            ],
            "all_paths": None if blocking is None else blocking.complete,
            "in_numbers": self.in_numbers,
            "separating_sets": None if self.holds else [list(names) for names in self.repairs],
        }

    def sayings(self) -> list[Saying]:
        """Whether it holds, and the paths."""
        return [self._said()]

    def _said(self) -> Saying:
        if self.path is not None:
            return Saying((self.separation, ": does not follow from this graph"), self._opened())
        items: list[tuple[Piece, ...]] = []
        if self.blocking is not None:
            items += map(_blocks, self.blocking.paths)
            if not self.blocking.complete:
                items.append(("and more paths, which are not listed",))
            if not items:
                items.append(
                    (
                        "no path joins them"
                        if self._apart
                        else "a side that is given itself tells nothing more",
                    )
                )
        return Saying((self.separation, ": holds in every model of this graph"), tuple(items))

    @property
    def _apart(self) -> bool:
        """Whether something is left of both sides besides what is given."""
        return bool(set(self.left) - set(self.given) and set(self.right) - set(self.given))

    def _opened(self) -> tuple[tuple[Piece, ...], ...]:
        """The open path, and why its colliders let it through."""
        if self.path is None:
            return ()
        items: list[tuple[Piece, ...]] = [("open path: ", Code(str(self.path)))]
        for collider, below in self.path.opened_by:
            why = (" is open because ", Code(below), " is observed")
            items.append(("the collider ", Code(collider), *why))
        items += [
            ("the collider ", Code(collider), " is open because it is observed")
            for collider in self.path.colliders
            if collider in self.given
        ]
        if () in self.repairs:
            items.append(("it would hold without a condition",))
        elif self.repairs:
            sets = (f"{{{', '.join(names)}}}" for names in self.repairs)
            items.append(("it would hold given ", Code(" or ".join(sets)), " alone"))
        else:
            items.append(("no set of observed variables separates them",))
        if self.in_numbers is not None:
            holds = "holds all the same" if self.in_numbers else "does not hold either"
            items.append((f"in the numbers of this model it {holds}",))
        return tuple(items)


def _blocks(blocked: Blocked) -> tuple[Piece, ...]:
    """A path and what blocks it."""
    reasons = [(name, ", which is observed") for name in blocked.observed]
    reasons += [(name, ", a collider without observed descendants") for name in blocked.closed]
    pieces: list[Piece] = [Code(str(blocked.path))]
    for position, (name, why) in enumerate(reasons):
        pieces += [" and " if position else ": blocked by ", Code(name), why]
    return tuple(pieces)


def independence(statement: str, network: Network, vocabulary: Vocabulary) -> IndependenceAnswer:
    r"""Decide a statement such as ``D _||_ L | G`` or ``(Y \perp X \mid Z)_{G_{\overline{X}}}``."""
    graph = network.graph
    if _WITH_SURGERY.search(statement):
        found = independence_of(Source(statement, "query"), vocabulary)
        if not found.holds:
            raise UsageError("a denied independence", hint="ask for the independence itself")
        if found.copies is not None:
            raise UsageError(
                "an independence of what would have been", expected="variables as they are"
            )
        left, right, given = found.left, found.right, found.given
        into, out_of = found.surgery.cuts(graph)
    else:
        left, right, given = read_independence(statement, vocabulary)
        into, out_of = (), ()
    if set(left) & set(right):
        raise UsageError(
            f"{', '.join(sorted(set(left) & set(right)))} on both sides",
            expected="two sets without common variables",
        )
    path = open_path(graph, left, right, given, cut_into=into, cut_out_of=out_of)
    blocking, repairs, in_numbers = None, list[tuple[str, ...]](), None
    if path is None:
        blocking = blocked_paths(graph, left, right, given, cut_into=into, cut_out_of=out_of)
    else:
        cut = graph.cut(into=into, out_of=out_of)
        repairs = separating_sets(cut, left, right, most=_SHOWN)
        if not into and not out_of:
            in_numbers = holds_in_numbers(network, left, right, given)
    return IndependenceAnswer(
        left, right, given, path, blocking, tuple(repairs), in_numbers, into, out_of, graph.nodes
    )
