"""The value of a query: a number, a table of numbers, or what is left when parameters are open.

The value comes from the closed form. Where everything has a number, the kernel computes it once more
by its own road, and only a value that both give is handed out.

Main definitions
----------------
Evaluation : the answer, printable.
evaluate : make one.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from symcausal.errors import VerificationError
from symcausal.evaluate.closed_form import ClosedForm, closed_form
from symcausal.evaluate.numbers import with_values
from symcausal.evaluate.value_table import ValueTable
from symcausal.expr.nodes import Expr
from symcausal.expr.scope import free_letters
from symcausal.kernel.interpretation import exact
from symcausal.kernel.meaning import meaning
from symcausal.network.network import Network
from symcausal.notation.latex import latex
from symcausal.notation.names import names_of
from symcausal.notation.notations import Notation
from symcausal.notation.text import text
from symcausal.record import record
from symcausal.rules.condition import Positive


@record
class Evaluation:
    """The values of a query.

    Attributes
    ----------
    query : str
        As it was asked, or as text.
    form : ClosedForm
        Expressions over the parameters that are still open.
    order : tuple of str
        The variables in declaration order, for printing.
    """

    query: str
    form: ClosedForm
    order: tuple[str, ...]

    @property
    def is_numeric(self) -> bool:
        """Whether no parameter is left."""
        return not self.form.parameters

    @property
    def value(self) -> object:
        """A fraction or a SymPy expression; a table of them if the query has free values."""
        if self.is_numeric:
            return self.form.numbers()
        return _as_sympy(self.form)

    @property
    def assumes(self) -> tuple[Positive, ...]:
        """What must not be impossible where parameters are open."""
        return self.form.assumes

    def to(self, shape: str) -> str:
        """Print as ``text``, ``csv`` or ``json``."""
        return {"text": self.to_text, "csv": self.to_csv, "json": self.to_json}[shape]()

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self) -> str:
        """One line, or one for each cell."""
        value = self._writable()
        if not isinstance(value, ValueTable):
            lines = [_shown(value)]
        else:
            lines = []
            for states in product(*value.states):
                place = ", ".join(f"{n}={s}" for n, s in zip(value.variables, states, strict=True))
                if states in value:
                    lines.append(f"{place}: {_shown(value[states])}")
                else:
                    lines.append(f"{place}: undefined, {value.undefined[states]} is impossible")
        if self.assumes:
            shown = (text(c, Notation(), self.order) for c in self.assumes)
            lines.append("provided " + ", ".join(shown))
        return "\n".join(lines)

    def to_csv(self) -> str:
        """A header, then a line for each cell with the exact value; empty where not defined."""
        value = self._writable()
        import csv  # here and below: not every answer is a table, and every command waits for imports
        import io

        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        if isinstance(value, ValueTable):
            writer.writerow([*value.variables, "value"])
            for states in product(*value.states):
                writer.writerow([*states, str(value[states]) if states in value else ""])
        else:
            writer.writerow(["value"])
            writer.writerow([str(value)])
        return out.getvalue()

    def to_json(self) -> str:
        """The JSON of ``symcausal evaluate``."""
        value = self._writable()
        data: dict[str, object] = {"query": self.query, "value": None, "float": None}
        data["closed_form"] = None
        data["table"] = None
        if isinstance(value, ValueTable):
            data["table"] = [
                {
                    "states": dict(zip(value.variables, states, strict=True)),
                    "value": str(value[states]) if states in value else None,
                    "float": _float(value[states]) if states in value else None,
                }
                for states in product(*value.states)
            ]
        else:
            data["value"] = str(value)
            data["float"] = _float(value)
            data["closed_form"] = str(value)
        data["assumptions"] = [latex(c, Notation(), self.order) for c in self.assumes]
        import json

        return json.dumps(data, indent=2, ensure_ascii=False)

    def _writable(self) -> object:
        self.form.refuse_if_endless()
        return self.value


def evaluate(
    query: Expr, network: Network, values: Mapping[object, object], *, asked: str
) -> Evaluation:
    """Evaluate a query, with numbers for some or all parameters.

    Raises
    ------
    ImpossibleEventError
        If it is defined nowhere because a condition has probability zero.
    VerificationError
        If the kernel does not confirm the value.
    """
    settled = with_values(network, values)
    form = closed_form(settled, query)
    if not form.parameters and settled.is_numeric:
        _confirm(form, query, settled)
    names = names_of(network.variables, network.declared)
    return Evaluation(asked, form, names)


def _confirm(form: ClosedForm, query: Expr, network: Network) -> None:
    at = exact(network)
    free = free_letters(query)
    column = meaning(query, at, free).values
    found = form.numbers()
    places = product(*(at.states_of(variable) for variable in free.values()))
    for place, value in zip(places, column, strict=True):
        ours = found.get(place) if isinstance(found, ValueTable) else found
        if ours != value:
            raise VerificationError(f"two computations of this query differ: {ours} and {value}")


def _as_sympy(form: ClosedForm) -> object:
    from symcausal.evaluate.sympy_bridge import closed_form_to_sympy

    return closed_form_to_sympy(form)


def _shown(value: object) -> str:
    if isinstance(value, Fraction) and value.denominator != 1:
        return f"{value} = {_decimal(value)}"
    return str(value)


def _decimal(value: Fraction) -> str:
    rounded = f"{float(value):.6g}"
    return rounded if Fraction(rounded) == value else f"{rounded}..."


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, Fraction) else None
