"""What is known, as users write it: ``P(V)``, ``P(Y, W | do(Z))``.

Main definitions
----------------
inputs_of : read distributions.
"""

from __future__ import annotations

from collections.abc import Iterable

from symcausal.errors import UsageError
from symcausal.expr.nodes import Prob, State
from symcausal.identify.question import Input, experiments, observational
from symcausal.network.network import Network
from symcausal.patterns import late
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Vocabulary

EXPERIMENTS = "experiments"
_ALL = late(r"^\s*(\\?Pr?)\s*([(\[])\s*(?:V|\\mathbf\{V\})\s*(?=\||\\mid|[)\]])")


def inputs_of(given: str | Iterable[str], vocabulary: Vocabulary, network: Network) -> list[Input]:
    """Return the distributions that texts such as ``P(V)`` and ``P(Y, W | do(Z))`` name.

    ``V`` stands for everything observed, unless a variable has that name; ``experiments`` alone for
    what is seen under every action, none included.

    Raises
    ------
    UsageError
        If one has a condition, names a state, or names a hidden variable.
    """
    if given == EXPERIMENTS or given == [EXPERIMENTS]:
        return [*experiments(network.graph)]
    found = [
        _input(one, vocabulary, network) for one in ([given] if isinstance(given, str) else given)
    ]
    if not found:
        raise UsageError("nothing is given", expected="at least one distribution, such as P(V)")
    return found


def _input(written: str, vocabulary: Vocabulary, network: Network) -> Input:
    if not isinstance(written, str) or not written.strip():
        raise UsageError(
            f"{written!r} as an input", expected="a distribution such as P(Y, W | do(Z))"
        )
    visible = observational(network.graph).observed
    short = "V" not in network.variables and bool(visible) and _ALL.match(written)
    asked = read(_ALL.sub(rf"\1\2{visible[0]} ", written) if short else written, vocabulary)
    if not isinstance(asked, Prob):
        raise UsageError(
            f"'{written}' as an input", expected="a distribution such as P(Y, W | do(Z))"
        )
    if asked.given or any(isinstance(e.value, State) for e in (*asked.outcome, *asked.do)):
        raise UsageError(
            f"'{written}' as an input",
            expected="a whole distribution, without conditions and states",
            hint="write P(Y, W | do(Z)): it is known for all values",
        )
    done = asked.do.variables
    observed = tuple(n for n in visible if n not in done) if short else asked.outcome.variables
    for name in (*observed, *done):
        if name in network.graph.hidden:
            raise UsageError(
                f"'{written}' records or sets {name}", expected="observed variables",
                hint=f"{name} is hidden in this model",
            )  # fmt: skip
    if set(observed) & set(done):
        raise UsageError(f"'{written}' records what it sets", expected="P(... | do(...)) of others")
    if not observed:
        raise UsageError(f"'{written}' records nothing", expected="P(... | do(...)) of others")
    return Input(network.graph.names(network.graph.mask(observed)), done)
