"""Hand-ins, graded by what `check` says of their signs.

Main definitions
----------------
grade : the grades of some files for a sheet.
Grade, Grades : what one hand-in is worth, and a table of them.

Notes
-----
Credit is the share of the signs that lead up to the first wrong one. A derivation of something else
than the sheet asks has none; one that stops before its last formula speaks of tables alone is marked as
unfinished, and the sign that is missing counts as one more. Models and orders to the checker in a
hand-in count for nothing: all is judged in the model of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from symcausal.errors import SymcausalError, UsageError
from symcausal.expr.nodes import Expr, Prob, Product
from symcausal.expr.path import at, everywhere
from symcausal.expr.path import replace as put
from symcausal.expr.scope import canonical
from symcausal.model import Model
from symcausal.notes.check import check_document, notes_in
from symcausal.notes.files.items import Formula, ModelBlock, NotesFile, Prose
from symcausal.notes.files.reading import read_file
from symcausal.notes.reporting.report import Claim, FileReport
from symcausal.record import record
from symcausal.sheets.mistakes import MISTAKES, Mistake, mistaken
from symcausal.writing.blocks import Block, Grid, Items, Paragraph, Tabled
from symcausal.writing.shown import Shown

_JUDGED = ("holds", "fails", "undecided", "unreadable")


@record
class Grade:
    """What a hand-in is worth.

    Attributes
    ----------
    path : str
        The file.
    right, signs : int
        How many signs lead up to the first wrong one, and how many there are or should be.
    wrong : Claim or None
        The first wrong sign.
    mistake : Mistake or None
        The misuse of a rule that leads there, if it is one that is known.
    remark : str
        What else keeps it from full credit.
    """

    path: str
    right: int
    signs: int
    wrong: Claim | None = None
    mistake: Mistake | None = None
    remark: str = ""

    @property
    def credit(self) -> Fraction:
        """The share of what there is to be had, from 0 to 1."""
        return Fraction(self.right, self.signs) if self.signs else Fraction(0)

    @property
    def words(self) -> str:
        """What a student is told."""
        if self.wrong is None:
            return self.remark or "all signs hold"
        place = f"line {self.wrong.line}, column {self.wrong.column}"
        why = self.wrong.reason
        if self.mistake is not None:
            words = self.mistake.words
            why = f"misuse of {self.mistake.rule}: {words[0].lower()}{words[1:-1]}"
        return f"the first wrong equality begins in {place}: {why}"


@record
class Grades(Shown):
    """The grades of some hand-ins.

    Attributes
    ----------
    grades : tuple of Grade
        In the order given.
    """

    grades: tuple[Grade, ...]

    def blocks(self) -> list[Block]:
        """A table with a row for each hand-in, and what each student is told."""
        heads = ("hand-in", "right", "signs", "credit")
        rows = tuple((g.path, str(g.right), str(g.signs), str(g.credit)) for g in self.grades)
        told = tuple((f"{grade.path}: {grade.words}",) for grade in self.grades)
        return [
            Tabled(Grid(heads, rows, 1)),
            Paragraph(("What is to be said of each:",)),
            Items(told),
        ]

    def as_data(self) -> list[dict[str, object]]:
        """A dictionary for each hand-in."""
        return [
            {
                "path": grade.path,
                "right": grade.right,
                "signs": grade.signs,
                "credit": str(grade.credit),
                "wrong": None if grade.wrong is None else grade.wrong.as_data(),
                "misused": None if grade.mistake is None else grade.mistake.rule,
                "words": grade.words,
            }
            for grade in self.grades
        ]


def grade(sheet: str, paths: Iterable[str]) -> Grades:
    """Return the grades of files, and of the notes in folders, for the exercise on a sheet.

    Parameters
    ----------
    sheet : str
        The path of the sheet, which states a model and what is asked: its first formula.
    paths : iterable of str
        Files or folders.

    Raises
    ------
    UsageError
        If the sheet states no model or asks nothing, or if a folder holds no notes.
    """
    document = read_file(sheet)
    model = _model_of(document)
    asked = _asked(document, model)
    known = _known(model, asked)
    files = [name for path in paths for name in notes_in(path)]
    return Grades(tuple(_graded(_report(name, model), model, asked, known) for name in files))


def _report(path: str, model: Model) -> FileReport:
    """What `check` says of a hand-in, whatever models it states and whatever it tells the checker."""
    try:
        document = read_file(path)
    except SymcausalError as error:
        return FileReport(path, (), (error.found,), bad_input=True)
    kept = tuple(item for item in document.items if isinstance(item, Formula | Prose))
    return check_document(replace(document, items=kept), model.network)


def _model_of(document: NotesFile) -> Model:
    for item in document.items:
        if isinstance(item, ModelBlock):
            return Model.parse(item.excerpt())
    raise UsageError(f"{document.path} states no model", expected="a sheet of symcausal exercise")


def _asked(document: NotesFile, model: Model) -> Expr:
    """What the sheet asks for: its first formula, up to a sign of relation between columns."""
    for item in document.items:
        if isinstance(item, Formula):
            text = item.excerpt().text.partition("&=")[0]
            return model.query(text.partition(r"\begin{aligned}")[2] or text)
    raise UsageError(f"{document.path} asks nothing", expected="a sheet of symcausal exercise")


def _known(model: Model, asked: Expr) -> tuple[Expr, ...]:
    """The formulas of the derivations that a teacher would show."""
    found: dict[Expr, None] = {asked: None}
    for detail in ("lecture", "full"):
        try:
            steps = model.derive(asked, detail=detail).steps
        except SymcausalError:
            continue
        found |= dict.fromkeys(step.after for step in steps)
    return tuple(found)


def _graded(file: FileReport, model: Model, asked: Expr, known: Sequence[Expr]) -> Grade:
    judged = [claim for claim in file.claims if claim.verdict in _JUDGED]
    claims = [claim for claim in judged if claim.relation == "="]
    if not claims:
        remark = file.problems[0] if file.bad_input else "no equals sign was found"
        return Grade(file.path, 0, 1, remark=remark)
    stop = next((claim for claim in judged if claim.verdict != "holds"), None)
    first, last = _formula(claims[0].left, model), _formula(claims[-1].right, model)
    if first is None or _unordered(first) != _unordered(asked):
        return Grade(file.path, 0, len(claims), remark="it does not begin with what is asked")
    if stop is not None:
        right = sum(claim.relation == "=" for claim in judged[: judged.index(stop)])
        right = min(right, len(claims) - 1)  # a reason that fails takes its sign along
        if stop.verdict == "fails":
            mistake = _misuse(stop, model, known)
            return Grade(file.path, right, len(claims), stop, mistake)
        words = f"line {stop.line}, column {stop.column} is {stop.verdict}: {stop.reason}"
        return Grade(file.path, right, len(claims), remark=words)
    if last is None or not _is_finished(last, model, known):
        words = "all signs hold, but the last formula is not yet one over the tables of the model"
        return Grade(file.path, len(claims), len(claims) + 1, remark=words)
    return Grade(file.path, len(claims), len(claims))


def _formula(written: str, model: Model) -> Expr | None:
    try:
        return model.query(written.replace("&", " "))
    except SymcausalError:
        return None


def _unordered(formula: Expr) -> Expr:
    """A formula with its letters numbered and its factors sorted, as two people would write it."""
    formula = canonical(formula)
    products = [(path, part) for path, part in everywhere(formula) if isinstance(part, Product)]
    for path, _ in reversed(products):  # those inside before those that hold them
        held = at(formula, path)
        assert isinstance(held, Product)
        formula = put(formula, path, Product(tuple(sorted(held.factors, key=repr))))
    return formula


def _is_finished(last: Expr, model: Model, known: Sequence[Expr]) -> bool:
    """Whether a formula is the last one of a derivation of ours, or is made of tables alone."""
    if _unordered(last) == _unordered(known[-1]) and len(known) > 1:
        return True
    graph = model.network.graph
    terms = [part for _, part in everywhere(last) if isinstance(part, Prob)]
    return all(
        not term.do
        and len(term.outcome) == 1
        and {*term.given.variables} == {*graph.parents(term.outcome[0].variable)}
        for term in terms
    )


def _misuse(wrong: Claim, model: Model, known: Sequence[Expr]) -> Mistake | None:
    """The mistake that makes the right side of a claim out of its left side, or of what follows."""
    left, right = _formula(wrong.left, model), _formula(wrong.right, model)
    if right is None:
        return None
    goal = _unordered(right)
    for mistake, formula in _pairs([left] * (left is not None), known):
        if any(_unordered(made) == goal for made in mistaken(formula, mistake)):
            return mistake
    return None


def _pairs(first: Sequence[Expr | None], known: Sequence[Expr]) -> Iterator[tuple[Mistake, Expr]]:
    for formula in (*first, *known):
        for mistake in MISTAKES:
            if formula is not None:
                yield mistake, formula
