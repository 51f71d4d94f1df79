"""What every part of the facade rests on: a network, its names, and queries in text.

Main definitions
----------------
Held : a network with its names.
NamesLike, StatesLike, Values : how callers pass variables, their states, and numbers.
names_in : the names that callers pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symcausal.algebra.scalar import Term
from symcausal.errors import UsageError
from symcausal.expr.distributions import mentions_do
from symcausal.expr.nodes import Expr
from symcausal.hints import TYPE_CHECKING, Any, Literal, NoReturn, Self, TypeVar, get_args
from symcausal.network.network import Network
from symcausal.patterns import late
from symcausal.reading.model_language import ModelText
from symcausal.reading.reader import read
from symcausal.reading.tokens import NAMED
from symcausal.reading.vocabulary import Vocabulary
from symcausal.record import Frozen, replace
from symcausal.rules.rule import Context
from symcausal.writing.notations import Notation

if TYPE_CHECKING:
    from fractions import Fraction

    from symcausal.reading.named import NamedQuantity
    from symcausal.reading.reader import Chain


V = TypeVar("V")
NamesLike = str | Iterable[str]
Values = Mapping[Any, object]
WorldsChoice = Literal["several", "single"]
WORLDS: tuple[WorldsChoice, ...] = get_args(WorldsChoice)
StatesLike = Mapping[str, object] | NamesLike

_BETWEEN_NAMES = late(r",(?![^{}]*\})")  # x_{1,2} is one name


def names_in(given: NamesLike) -> list[str]:
    """Return the names of a sequence, or of a text with commas between them.

    Examples
    --------
    >>> names_in("U, x_{1,2}")
    ['U', 'x_{1,2}']
    """
    if isinstance(given, str):
        return [name for piece in _BETWEEN_NAMES.split(given) if (name := piece.strip())]
    return list(given)


class Held:
    """A network with its names, and the queries that are read with them.

    Attributes
    ----------
    causal : bool
        Whether the arrows are causes, so that ``do`` means something.
    network : Network
        The graph, the states and the tables.
    notes : tuple of str
        What a reader should know of a file, floats or data that the numbers came from.
    rounded_rows, rescaled_rows : mapping of str to Fraction
        The rows that were settled, and those that were divided by their sums, with these sums.
    """

    __slots__ = (
        "_text", "_vocabulary", "causal", "network", "notes", "rescaled_rows", "rounded_rows",
    )  # fmt: skip
    _text: ModelText
    _vocabulary: Vocabulary
    causal: bool
    network: Network
    notes: tuple[str, ...]
    rounded_rows: Mapping[str, Fraction]
    rescaled_rows: Mapping[str, Fraction]

    def _settle(
        self,
        content: ModelText,
        *,
        causal: bool = True,
        notes: tuple[str, ...] = (),
        rounded: Mapping[str, Fraction] | None = None,
        rescaled: Mapping[str, Fraction] | None = None,
    ) -> None:
        causal = causal and content.causal
        self.__setstate__(
            {
                "_text": replace(content, causal=causal),
                "_vocabulary": Vocabulary.of(content.network),
                "causal": causal,
                "network": content.network,
                "notes": notes,
                "rescaled_rows": Frozen(rescaled or {}),
                "rounded_rows": Frozen(rounded or {}),
            }
        )

    def __getstate__(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in Held.__slots__}

    def __setstate__(self, state: dict[str, object]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a model does not change: cannot set '{name}'")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a model does not change: cannot delete '{name}'")

    @classmethod
    def _of(
        cls,
        content: ModelText,
        *,
        causal: bool = True,
        notes: tuple[str, ...] = (),
        rounded: Mapping[str, Fraction] | None = None,
        rescaled: Mapping[str, Fraction] | None = None,
    ) -> Self:
        model = cls.__new__(cls)
        model._settle(content, causal=causal, notes=notes, rounded=rounded, rescaled=rescaled)
        return model

    @property
    def variables(self) -> dict[str, tuple[str, ...]]:
        """The states of each variable, by name, in the order of declaration.

        Examples
        --------
        >>> from symcausal import Model
        >>> Model.parse("Rain: no, yes; Rain -> Wet").variables
        {'Rain': ('no', 'yes'), 'Wet': ('0', '1')}
        """
        return self.network.states

    @property
    def given(self) -> tuple[Chain, ...]:
        """The equations that the model's text takes as known, such as ``P(L=strong) = 0.502``.

        Examples
        --------
        >>> from symcausal import Model
        >>> len(Model.parse("A; given P(A=1) = 0.3").given)
        1
        """
        return self._text.given

    @property
    def content(self) -> ModelText:
        """What the text of the model says: network, given equations, which states are declared.

        Examples
        --------
        >>> from symcausal import Model
        >>> sorted(Model.parse("A: a, b; A -> C").content.closed)
        ['A']
        """
        return self._text

    @property
    def notation(self) -> Notation:
        """The notation in which answers are written.

        Examples
        --------
        >>> from symcausal import Model
        >>> Model.parse("A; notation koller").notation.states
        'superscript'
        """
        return Notation.preset(self._text.notation or "lecture")

    def query(self, query: str | Expr) -> Expr:
        r"""Return the formula that a text stands for, read with the names of this model.

        Raises
        ------
        ParseError
            If the text is no formula.
        UnknownVariableError, UnknownStateError
            If it names what the model does not have.
        UsageError
            If it has a ``do``, and the arrows are no causes.

        Examples
        --------
        >>> from symcausal import Model
        >>> model = Model("A -> B")
        >>> model.query(r"\Pr(b \mid a)") == model.query("P(B | A)")
        True
        """
        if not isinstance(query, str | Expr):
            raise UsageError(f"{query!r} as a query", expected="text or a formula")
        asked = read(query, self._vocabulary) if isinstance(query, str) else query
        if not self.causal and mentions_do(asked):
            self._refuse_do()
        return asked

    def _definitions(self, *queries: str | Expr) -> tuple[NamedQuantity, ...]:
        """What the named quantities of queries stand for, such as ``NDE(Y, X, M)``."""
        texts = [query for query in queries if isinstance(query, str)]
        if not any(word in text for word in NAMED for text in texts):
            return ()
        from symcausal.reading.named import definitions_in  # few queries have one

        found = [one for text in texts for one in definitions_in(text, self._vocabulary)]
        return tuple(dict.fromkeys(found))

    def _context_of(self, worlds: str) -> Context:
        """The context in which worlds are taken together, or each alone."""
        if worlds not in WORLDS:
            raise UsageError(f"no worlds '{worlds}'", expected=" or ".join(WORLDS))
        return replace(self._context, single=worlds == "single")

    @property
    def _context(self) -> Context:
        return Context(self.network.graph, _HeldTables(self.network))

    def _refuse_do(self) -> None:
        if not self.causal:
            raise UsageError(
                "this model says nothing about interventions",
                hint="its arrows factorise a distribution; Model(..., causal=True) makes them causes",
            )

    def _name(self, written: str) -> str:
        """The variable that somebody means by a name, in whichever way a formula may spell it."""
        name = self._vocabulary.name_of(written)
        return self.network.variable(written if name is None else name).name

    def _names(self, names: NamesLike) -> tuple[str, ...]:
        if isinstance(names, str) and self._vocabulary.name_of(names) is not None:
            names = [names]  # a name may hold a comma
        return tuple(dict.fromkeys(map(self._name, names_in(names))))

    def _by_name(self, values: Mapping[str, V], what: str) -> dict[str, V]:
        """What is said of variables, by their names."""
        found: dict[str, V] = {}
        for written, value in values.items():
            name = self._name(written)
            if name in found:
                raise UsageError(f"{what} of {name} twice", expected="once")
            found[name] = value
        return found


class _HeldTables:
    """The tables as rules look at them."""

    __slots__ = ("_network",)

    def __init__(self, network: Network) -> None:
        self._network = network

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _HeldTables) and self._network == other._network

    def __hash__(self) -> int:
        return hash(tuple(self._network.variables))

    def entry_of(self, variable: str, state: str, parents: dict[str, str]) -> Term | None:
        if variable in self._network.unmade:
            return None  # open, as all of its entries
        return self._network.entry(variable, state, parents)
