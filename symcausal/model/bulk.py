"""A model as a function of its numbers, and its numbers from data.

Main definitions
----------------
BulkQuestions : symbols for numbers, compiled queries, files of parameters, counts of data.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from symcausal.expr.nodes import Expr
from symcausal.hints import TYPE_CHECKING, Literal, Self
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
    """The questions with many numbers at once: compiled queries, files of parameters, data."""

    __slots__ = ()

    def symbolic(self, *rows: str | Expr) -> Self:
        """Return the same model with symbols for its numbers.

        Parameters
        ----------
        *rows : str or Expr
            What to make symbolic: ``P(S)`` for the whole table of S, ``P(S | I=high)`` for one row;
            every table if nothing is named. In a row of ``k`` states the first ``k - 1`` become
            symbols, and the last is what remains.

        Examples
        --------
        >>> from symcausal import Model
        >>> text = "A -> B; P(A) = 1/4, rest; P(B | A=0) = 1/2, rest; P(B | A=1) = 1/3, rest"
        >>> model = Model.parse(text)
        >>> model.symbolic("P(A)").closed_form("P(B=0)")
        theta_A_0/2 + (1 - theta_A_0)/3
        """
        from symcausal.network.loosened import rows_of, symbolic

        named = [self.query(row) for row in rows]
        network = symbolic(self.network, rows_of(named, self.network) if named else None)
        return self._of(replace(self._text, network=network), causal=self.causal)

    @property
    def values(self) -> ByParameter[Fraction]:
        """The numbers that the symbols of :meth:`symbolic` stand for, by parameter or its name.

        Examples
        --------
        >>> from symcausal import Model
        >>> Model.parse("A; P(A) = 1/4, rest").values["theta_A_0"]
        Fraction(1, 4)
        """
        from symcausal.network.loosened import numbers_of
        from symcausal.numbers.compiled.values import ByParameter

        return ByParameter(numbers_of(self.network))

    def compile(self, query: str | Expr, *, numba: bool | None = None) -> CompiledQuery:
        """Return the query as a function of the parameters: of numbers, or of columns of numbers.

        What depends on the graph alone is done here, once; a call only computes.

        Parameters
        ----------
        query : str or Expr
            With free values it gives a table of functions.
        numba : bool, optional
            Whether columns go through a kernel that numba compiles, which takes a second when it is
            first used. By default they do where numba is installed and that second is well spent;
            never if it is ``False``, and always, where numba is installed, if it is ``True``.

        Examples
        --------
        >>> from symcausal import Model
        >>> text = "parameters p, q; P(A) = p, rest; P(B | A=0) = q, rest; P(B | A=1) = 0, 1; A -> B"
        >>> model = Model.parse(text)
        >>> function = model.compile("P(B=0)")  # p q
        >>> function({"p": "1/2", "q": "1/3"}), function.gradient({"p": "1/2", "q": "1/3"})["p"]
        (Fraction(1, 6), Fraction(1, 3))
        """
        from symcausal.numbers.compiled.function import CompiledQuery

        asked = self.query(query)
        shown = query if isinstance(query, str) else text(asked, self.notation)
        return CompiledQuery(self.network, asked, shown=shown, numba=numba)

    def evaluate_rows(
        self,
        query: str | Expr,
        source: object,
        target: str | Path | None = None,
        *,
        values: Values | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Written:
        r"""Evaluate a query for each row of a file of parameter sets, in bounded memory, or of a frame.

        Parameters
        ----------
        query : str or Expr
            With free values it takes a column for each cell.
        source : path or data frame
            CSV or Parquet, by the ending; or a frame of polars, pandas or pyarrow, or columns by name.
            Parquet takes pyarrow; without it everything else is read row by row.
        target : path, optional
            CSV or Parquet likewise; CSV on standard output if left out. The file appears when it is
            complete, or not at all.
        values : mapping, optional
            Numbers of parameters that the file has no columns for.
        progress : callable, optional
            Told the rows that are done and the bytes of the file.

        Examples
        --------
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> from symcausal import Model
        >>> model = Model.parse("A; parameters q; P(A) = 1 - q, q")
        >>> with TemporaryDirectory() as folder:
        ...     source, target = Path(folder) / "sets.csv", Path(folder) / "answers.csv"
        ...     _ = source.write_text("q\n0.25\n0.5\n")
        ...     written = model.evaluate_rows("P(A=0)", source, target)
        ...     written.rows, target.read_text().split()
        (2, ['"q","P(A=0)"', '0.25,0.75', '0.5,0.5'])
        """
        from symcausal.numbers.bulk.evaluate import evaluate_rows

        asked = self.query(query)
        shown = query if isinstance(query, str) else text(asked, self.notation)
        return evaluate_rows(
            self.network,
            asked,
            os.fspath(source) if isinstance(source, str | os.PathLike) else source,
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
        """Return the model with its open entries filled by exact counts of data.

        What data cannot say is in :attr:`notes`.

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

        Examples
        --------
        >>> from symcausal import Model
        >>> model = Model("A: no, yes")
        >>> model.fit({"A": ["no", "yes", "yes"]}).probability("P(A=yes)")
        Fraction(2, 3)
        >>> model.fit({"A": ["no", "yes", "yes"]}, prior=1).probability("P(A=yes)")
        Fraction(3, 5)
        """
        from symcausal.numbers.learning.fit import fit

        found = fit(self.network, table, prior=prior, weights=weights, missing=missing)
        content = replace(self._text, network=found.network)
        return self._of(content, causal=self.causal, notes=found.notes)

    def counted(self, *, prior: object = 0) -> Self:
        """Return the model with symbols of counts in its open entries: ``n_L_strong_G_A / n_G_A``.

        :meth:`count` gives the numbers of these symbols.

        Examples
        --------
        >>> from symcausal import Model
        >>> Model("A: no, yes").counted().closed_form("P(A=yes)")
        n_A_yes/n
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
        """Return the counts of data that the symbols of :meth:`counted` stand for, by name.

        The arguments are those of :meth:`fit`.

        Examples
        --------
        >>> from symcausal import Model
        >>> Model("A: no, yes").count({"A": ["no", "yes", "yes"]})
        {'n': 3, 'n_A_no': 1, 'n_A_yes': 2}
        """
        from symcausal.numbers.learning.counts import count
        from symcausal.numbers.learning.fit import open_tables

        wanted = open_tables(self.network)
        found = count(table, self.network, wanted, weights=weights, missing=missing)
        return found.by_symbol(self.network)
