"""A model as a function of its numbers, and its numbers from data.

Main definitions
----------------
BulkQuestions : symbols for numbers, compiled queries, files of parameters, counts of data.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Self

from symcausal.expr.nodes import Expr
from symcausal.record import replace
from symcausal.writing.text import text

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from symcausal.numbers.bulk.evaluate import Written
    from symcausal.numbers.compiled.function import CompiledQuery
    from symcausal.numbers.compiled.values import ByParameter

from symcausal.model.held import Held, Values


class BulkQuestions(Held):
    """Many numbers at once."""

    __slots__ = ()

    def symbolic(self, *rows: str | Expr) -> Self:
        """The same model with symbols for its numbers.

        Parameters
        ----------
        *rows : str or Expr
            What to make symbolic: ``P(S)`` for the whole table of S, ``P(S | I=high)`` for one row;
            every table if nothing is named. In a row of ``k`` states the first ``k - 1`` become
            symbols, and the last is what remains.
        """
        from symcausal.network.loosened import rows_of, symbolic

        named = [self.query(row) for row in rows]
        network = symbolic(self.network, rows_of(named, self.network) if named else None)
        return self._of(replace(self._text, network=network), causal=self.causal)

    @property
    def values(self) -> ByParameter[Fraction]:
        """The numbers that the symbols of :meth:`symbolic` stand for, by parameter or its name."""
        from symcausal.network.loosened import numbers_of
        from symcausal.numbers.compiled.values import ByParameter

        return ByParameter(numbers_of(self.network))

    def compile(self, query: str | Expr, *, numba: bool | None = None) -> CompiledQuery:
        """The query as a function of the parameters, for numbers, columns of numbers, derivatives.

        What depends on the graph alone is done here, once; a call only computes.

        Parameters
        ----------
        query : str or Expr
            With free values it gives a table of functions.
        numba : bool, optional
            Whether columns go through a kernel that numba compiles, which takes a second when it is
            first used. By default they do where numba is installed and that second is well spent;
            never if it is ``False``, and always, where numba is installed, if it is ``True``.
        """
        from symcausal.numbers.compiled.function import CompiledQuery

        asked = self.query(query)
        shown = query if isinstance(query, str) else text(asked, self.notation)
        return CompiledQuery(self.network, asked, shown=shown, numba=numba)

    def evaluate_rows(
        self,
        query: str | Expr,
        source: str | Path,
        target: str | Path | None = None,
        *,
        values: Values | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Written:
        """Evaluate a query for each row of a file of parameter sets, in bounded memory.

        Parameters
        ----------
        query : str or Expr
            With free values it takes a column for each cell.
        source, target : path
            CSV or Parquet, by the ending; without a target, CSV on standard output. The target
            appears when it is complete, or not at all.
        values : mapping, optional
            Numbers of parameters that the file has no columns for.
        progress : callable, optional
            Told the rows that are done and the bytes of the file.
        """
        from symcausal.numbers.bulk.evaluate import evaluate_rows

        asked = self.query(query)
        shown = query if isinstance(query, str) else text(asked, self.notation)
        return evaluate_rows(
            self.network,
            asked,
            str(source),
            None if target is None else str(target),
            shown=shown,
            values=values,
            progress=progress,
        )

    def fit(
        self,
        table: object,
        *,
        prior: object = 0,
        weights: str | None = None,
        missing: Literal["refuse", "skip"] = "refuse",
    ) -> Self:
        """Fill the open entries by exact counts of data; what data cannot say is in :attr:`notes`.

        Parameters
        ----------
        table : object
            A data frame, columns by name, a list of records, or a CSV or Parquet file. Cells are
            states by name.
        prior : number
            What is added to the count of each state (a Dirichlet prior with these counts); 0 gives
            the maximum of the likelihood.
        weights : str, optional
            A column that says how often each row was seen.
        missing : {"refuse", "skip"}
            Whether rows that lack a value are refused, or left out of the tables that they cannot
            speak of.
        """
        from symcausal.numbers.learning.fit import fit

        found = fit(self.network, table, prior=prior, weights=weights, missing=missing)
        content = replace(self._text, network=found.network)
        return self._of(content, causal=self.causal, notes=found.notes)

    def counted(self, *, prior: object = 0) -> Self:
        """The model with counts of data as symbols in its open entries: ``n_L_strong_G_A / n_G_A``.

        :meth:`count` gives the numbers of these symbols.
        """
        from symcausal.numbers.learning.fit import counted

        content = replace(self._text, network=counted(self.network, prior=prior))
        return self._of(content, causal=self.causal)

    def count(
        self,
        table: object,
        *,
        weights: str | None = None,
        missing: Literal["refuse", "skip"] = "refuse",
    ) -> dict[str, int]:
        """The counts of data that the symbols of :meth:`counted` stand for, by name."""
        from symcausal.numbers.learning.counts import count
        from symcausal.numbers.learning.fit import open_tables

        wanted = open_tables(self.network)
        found = count(table, self.network, wanted, weights=weights, missing=missing)
        return found.by_symbol(self.network)
