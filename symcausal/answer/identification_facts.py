"""What is known of a causal query, before anything is printed.

Main definitions
----------------
IdentificationFacts : the verdict, and what follows from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from symcausal.algebra.deadline import within
from symcausal.answer.derivation import Derivation
from symcausal.errors import LimitError
from symcausal.expr.distributions import speaks_of_worlds
from symcausal.expr.nodes import Expr, Prob
from symcausal.hints import TYPE_CHECKING
from symcausal.identify.identification import Identified, Unidentified
from symcausal.identify.question import Hedge, Input
from symcausal.network.network import Network
from symcausal.record import replace
from symcausal.rules.condition import Condition
from symcausal.rules.rule import Context
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown
from symcausal.writing.text import text

if TYPE_CHECKING:
    from symcausal.answer.derivation_step import DerivationStep
    from symcausal.answer.rivals import RivalModel, Rivals
    from symcausal.identify.bounds import Bounds
    from symcausal.identify.remedies import Remedy
    from symcausal.reading.named import NamedQuantity


SECONDS = 2.0


@dataclass(frozen=True, repr=False)
class IdentificationFacts(Shown):
    """What is found of a query; :class:`Identification` names the fields."""

    options = ("notation",)

    query: Expr
    inputs: tuple[Input, ...]
    result: Identified | Unidentified
    network: Network
    context: Context
    notation: Notation
    make_model: Callable[[Network], RivalModel]
    definitions: tuple[NamedQuantity, ...] = ()

    @property
    def headline(self) -> str:
        """The query and the verdict."""
        asked = text(self.query, self.notation)
        return f"{asked}, {self.method if self.identifiable else self.refusal}"

    # -- the answer -----------------------------------------------------------------------------
    @property
    def identifiable(self) -> bool:
        """Whether there is an estimand; if not, :attr:`proven` says how certain that is."""
        return isinstance(self.result, Identified)

    @property
    def estimand(self) -> Expr | None:
        """The formula over the inputs; None if there is none."""
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
        context = Context(self.result.graph, self.context.tables, self.context.single)
        return Derivation(
            self.query, self.result.chain, self.assumptions, self.network, context, self.notation
        )

    @property
    def steps(self) -> tuple[DerivationStep, ...]:
        """The steps; none if the query is not identifiable."""
        return () if self.derivation is None else self.derivation.steps

    @cached_property
    def assumptions(self) -> tuple[Condition, ...]:
        """What has to be possible for the estimand to be defined."""
        if not isinstance(self.result, Identified):
            return ()
        from symcausal.identify.positivity import positivity

        return positivity(self.query, self.result.chain)

    # -- if there is no estimand ----------------------------------------------------------------
    @property
    def hedge(self) -> Hedge | None:
        """The hedge that stands in the way; None if there is an estimand, or nothing is proven."""
        return None if isinstance(self.result, Identified) else self.result.hedge

    @cached_property
    def proven(self) -> bool:
        """Whether the answer is certain.

        A "no" is certain if theory excludes an estimand, or if two models show it, or a random one
        from which the query moves while nothing known does. Theory speaks of single probabilities:
        ``P(Y=0 | do(X)) + P(Y=1 | do(X))`` is 1, whatever its terms are.
        """
        if isinstance(self.result, Identified) or self.rivals is not None or self.excluded:
            return True
        if self._is_partly_known:
            return False
        constant = any(len(variable.states) < 2 for variable in self.network.variables.values())
        return self.result.proven and isinstance(self.query, Prob) and not constant

    @property
    def refusal(self) -> str:
        """The "no" in half a sentence; empty if the query is identifiable."""
        if isinstance(self.result, Identified):
            return ""
        words = "is not identifiable" if self.proven else "was not identified"
        hedge = self.result.hedge
        held = f": hidden causes hold {', '.join(hedge.larger)} together" if hedge else ""
        return f"{words} from what is observed{held}"

    @cached_property
    def rivals(self) -> Rivals | None:
        """Two networks with the same inputs and different answers, if some were found."""
        network = self.network
        if isinstance(self.result, Identified) or self._is_partly_known:
            return None
        from symcausal.answer.rivals import rivals

        return rivals(self.query, network.graph, network.states, self.inputs)

    @cached_property
    def excluded(self) -> bool:
        """Whether a random functional model excludes an estimand, where no two models were found."""
        worlds = speaks_of_worlds(self.query)
        if isinstance(self.result, Identified) or not worlds or self._is_partly_known:
            return False
        if self.rivals is not None:
            return False
        from symcausal.identify.tangent import is_excluded

        try:
            with within(SECONDS):
                return is_excluded(self.query, self.network.graph, self.network.states, self.inputs)
        except LimitError:
            return False

    @property
    def _is_partly_known(self) -> bool:
        """Whether more is known than models at random have: mechanisms, or that something rises."""
        if self.network.graph.monotone:
            return True
        stated = any(table.mechanism is not None for table in self.network.made.values())
        return stated and speaks_of_worlds(self.query)

    @property
    def clash(self) -> str:
        """What the part in the way needs in two ways, such as ``Y under X=0 and under X=1``."""
        if isinstance(self.result, Identified) or isinstance(self.result.term, Prob):
            return ""
        from symcausal.rules.worlds import clash

        return clash(self.result.term, self.context)

    @property
    def two_models(self) -> tuple[RivalModel, RivalModel] | None:
        """Two models that agree on every input and differ on the query."""
        pair = self.rivals
        if pair is None:
            return None
        return self.make_model(pair.first), self.make_model(pair.second)

    @property
    def term(self) -> Prob | None:
        """The probability that :attr:`bounds` speak of: the query, or its part that is in the way."""
        if isinstance(self.result, Identified):
            return None
        term = self.query if isinstance(self.query, Prob) else self.result.term
        return term if isinstance(term, Prob) else None

    @cached_property
    def bounds(self) -> Bounds | None:
        """An interval in closed form around what is not identifiable."""
        if self.term is None:
            return None
        from symcausal.identify.bounds import natural_bounds

        found = natural_bounds(self.term, self.network.graph, self.inputs)
        known = self.proven and not speaks_of_worlds(self.query)
        return found and replace(found, sharp=found.sharp and known)

    @cached_property
    def remedies(self) -> tuple[Remedy, ...]:
        """The variables to measure or to set so that the query becomes identifiable."""
        if isinstance(self.result, Identified) or speaks_of_worlds(self.query):
            return ()
        from symcausal.identify.remedies import remedies

        return tuple(remedies(self.query, self.network.graph, self.inputs))

    @property
    def order(self) -> tuple[str, ...]:
        """All names of the model, variables first: every list is printed in this order."""
        return names_of(self.network.variables, self.network.declared)
