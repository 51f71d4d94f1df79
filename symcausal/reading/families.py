r"""Products over the variables of a graph: ``\prod_i P(x_i | pa_i)``, ``\prod_{v \in V} P(v | pa_v)``.

The parents of a variable, ``\mathrm{Pa}(X)``, ``pa_X`` or ``\mathrm{Parents}(X)``, are those of the
graph in force. A product that has those of its index goes over all variables, or over the numbered
ones that the index numbers, if these are all; where both can be meant it is refused.

Main definitions
----------------
NoGraphError : what is said of such a product where no graph is in force.
parents_of : the parents that a name stands for, as events.
goes_over_a_graph : whether a product is one over the variables of a graph.
product_over_variables : the formula of such a product.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.errors import ParseError, Span
from symcausal.expr import build
from symcausal.expr.nodes import Event, Expr, Letter
from symcausal.patterns import late
from symcausal.reading.event_reader import FormulaReader, is_name, items, name_of, shown
from symcausal.reading.syntax import SyntaxPart, SyntaxTree
from symcausal.reading.tokens import Name, Token
from symcausal.reading.vocabulary import Guess, Vocabulary, names_parents

MOST = 60
_NUMBERED = late(r"(?P<stem>.*?)_?(?P<number>\d{1,6})")


class NoGraphError(ParseError):
    """A product goes over the variables of a graph, and no model says which graph.

    ``is_factorisation`` says that it is that of a joint distribution: a factor for each variable, given
    its parents.
    """

    is_factorisation = False


def parents_of(part: SyntaxPart, reader: FormulaReader) -> list[Event]:
    """Return the parents of the variable that an event such as ``pa_X`` names, as their values.

    Raises
    ------
    ParseError
        If the name below is that of no variable.
    """
    graph = reader.names.graph
    name = name_of(part.parts[0] if isinstance(part, SyntaxTree) else part)
    base, _, script = name.sub.partition("_")
    found = reader.names.lookup(Name(name.sub)) or reader.names.lookup(Name(base, script))
    if graph is None or found is None or found.script or found.variable not in graph.nodes:
        raise ParseError(
            f"'{shown(reader.span(part))}'",
            expected="the parents of a variable",
            span=reader.span(part),
        )
    return [Event(parent, Letter(parent)) for parent in graph.parents(found.variable)]


def goes_over_a_graph(tree: SyntaxTree, names: Vocabulary | Guess) -> bool:
    """Decide whether what is multiplied names the parents of something."""
    named = (token.name for token in _tokens(tree.parts[-1]) if token.name is not None)
    return any(names_parents(name, names) for name in named)


def product_over_variables(tree: SyntaxTree, reader: FormulaReader, bound: frozenset[str]) -> Expr:
    """Return the product of what a sign reaches over, with each variable for its index.

    Raises
    ------
    NoGraphError
        If no graph is in force.
    ParseError
        If it is not clear which variables are meant, or what is multiplied.
    """
    return _FamilyReader(tree, reader, bound).read()


class _FamilyReader:
    def __init__(self, tree: SyntaxTree, reader: FormulaReader, bound: frozenset[str]) -> None:
        self.tree = tree
        self.reader = reader
        self.bound = bound
        index = items(tree.parts[2])
        item = index[0]
        first = item.parts[0] if isinstance(item, SyntaxTree) else item
        if len(index) != 1 or not is_name(first):
            raise self._error(tree.parts[2], "one index")
        self.item = item
        self.letter = name_of(first)

    def read(self) -> Expr:
        """Return the product."""
        body = self.tree.parts[-1]
        factors = body.parts if isinstance(body, SyntaxTree) and body.kind == "factors" else [body]
        if len(factors) > 1:
            raise self._error(body, "one factor for each variable, and brackets around more")
        graph = self.reader.names.graph
        if graph is None:
            span = self.reader.span(self.tree)
            error = NoGraphError(
                f"'{shown(span)}', a product over the variables of a graph",
                expected="a model, which says what the parents are",
                span=span,
            )
            error.is_factorisation = self._is_factorisation(body)
            raise error
        if graph.hidden:
            raise self._error(self.tree, "a graph without hidden variables")
        members = self._members(graph.nodes)
        if not 1 <= len(members) <= MOST:
            raise self._error(self.tree, f"one to {MOST} variables")
        every = [self.reader.formula(self._put(body, one), self.bound) for one in members]
        return build.product(every) if len(every) > 1 else every[0]

    def _is_factorisation(self, body: SyntaxPart) -> bool:
        """Whether there is a factor for each variable, given its parents and nothing else."""
        if not isinstance(body, SyntaxTree) or body.kind != "probability":
            return False
        try:
            first, last = self._numbers() or (1, None)
        except ParseError:
            return False
        names = [token.name for token in _tokens(body) if token.name is not None]
        if first > 1 or last is not None or len(names) != 2:
            return False
        head, parents = names
        _, _, of = parents.sub.rpartition("_")
        is_head = self.letter.text in (head.text, head.sub) and not names_parents(
            head, self.reader.names
        )
        below = self.letter.text in (parents.sub, of)
        return is_head and below and names_parents(parents, self.reader.names)

    # -- which variables ------------------------------------------------------------------------
    def _members(self, nodes: Sequence[str]) -> Sequence[str]:
        """Return the variables for which the index stands."""
        said = self._numbers()
        stems = {
            token.name.base.casefold()
            for token in _tokens(self.tree.parts[-1])
            if token.name
            and token.name.sub == self.letter.text
            and not names_parents(token.name, self.reader.names)
        }
        if not stems:
            if said is not None:
                raise self._error(self.tree.parts[2], "variables without numbers")
            self._check_set()
            return nodes
        if len(stems) > 1:
            raise self._error(self.tree, f"one letter with the index {self.letter.text}")
        stem = stems.pop()
        found = {node: _NUMBERED.fullmatch(node) for node in nodes}
        numbered = {
            int(match["number"]): node
            for node, match in found.items()
            if match is not None and match["stem"].casefold() == stem
        }
        first, last = said or (None, None)
        if not numbered:  # x_i stands for any variable
            whole = first in (None, 0, 1) and last in (None, len(nodes) - 1 + (first or 0))
            if not whole or any(node.casefold() == stem for node in nodes):
                raise self._error(self.tree.parts[2], f"all of the {len(nodes)} variables")
            return nodes
        begins = min(numbered) if first is None else first
        ends = max(numbered) if last is None else last
        wanted = range(begins, ends + 1)
        if last is None and len(numbered) < len(nodes):
            raise self._error(
                self.tree.parts[2], f"a last number, since not all variables are {stem}_i"
            )
        if not set(wanted) <= numbered.keys():
            raise self._error(self.tree.parts[2], f"the numbers of {', '.join(numbered.values())}")
        return [numbered[n] for n in wanted]

    def _numbers(self) -> tuple[int, int | None] | None:
        """The first and the last number of the index; the last is None where it is no number."""
        limit = self.tree.parts[5] if len(self.tree.parts) > 5 else None
        starts = isinstance(self.item, SyntaxTree) and self.item.kind == "starts"
        if not starts:
            if limit is not None:
                raise self._error(limit, "no limit without a first number")
            return None
        assert isinstance(self.item, SyntaxTree)
        number = self.item.parts[2]
        if not isinstance(number, Token) or number.kind != "NUMBER" or not number.text.isdecimal():
            raise self._error(self.item, "a number to begin with")
        if limit is None:
            raise self._error(self.item, "a limit above the sign")
        if is_name(limit) or (isinstance(limit, SyntaxTree) and limit.kind == "size"):
            return int(number.text), None
        return int(number.text), self.reader.exponent(limit)

    def _check_set(self) -> None:
        r"""Refuse ``\prod_{v \in V}`` where V is a variable: these are its values."""
        if not isinstance(self.item, SyntaxTree):
            return
        names = self.reader.names
        domain = [part for part in self.item.parts[1:] if is_name(part)]
        if self.item.kind != "ranged" or len(domain) != 1:
            raise self._error(self.item, "the set of all variables")
        meaning = names.lookup(name_of(domain[0]))
        if meaning is not None and not isinstance(names, Guess):
            raise self._error(self.item, "the set of all variables, by a name that is none")

    # -- what is multiplied ---------------------------------------------------------------------
    def _put(self, part: SyntaxPart, variable: str) -> SyntaxPart:
        """Return a part with a variable for the index."""
        if isinstance(part, Token):
            name = self._named(part, variable) if part.name is not None else None
            if name is None:
                return part
            return Token(part.kind, name.text, part.start, part.end, inside=part.inside, name=name)
        if part.kind == "equals" and any(self._mentions(t) for t in _tokens(part)):
            raise self._error(part, "the variable by itself")
        made = SyntaxTree(part.kind, [self._put(inner, variable) for inner in part.parts])
        made.start, made.end = part.start, part.end
        return made

    def _mentions(self, token: Token) -> bool:
        name = token.name
        return name is not None and self.letter.text in (name.text, name.sub)

    def _named(self, token: Token, variable: str) -> Name | None:
        """The name that a name with the index becomes; None for any other."""
        name = token.name
        assert name is not None
        if names_parents(name, self.reader.names):
            _, _, last = name.sub.rpartition("_")
            if self.letter.text not in (name.sub, last):
                raise self._error(token, f"the parents of {self.letter.text}")
            return Name(name.base, variable)
        if name.text == self.letter.text:
            return Name(variable)
        if name.sub == self.letter.text:
            if name.sup or name.primes:
                raise self._error(token, "the plain name of a variable")
            return Name(variable)
        return None

    def _error(self, part: SyntaxPart, expected: str) -> ParseError:
        span: Span = self.reader.span(part)
        return ParseError(
            f"'{shown(span)}' in a product over variables", expected=expected, span=span
        )


def _tokens(part: SyntaxPart) -> list[Token]:
    if isinstance(part, Token):
        return [part]
    return [token for inner in part.parts for token in _tokens(inner)]
