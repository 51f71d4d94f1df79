"""Hand-ins, graded by what `check` says of their signs.

Main definitions
----------------
grade : the grades of some files for a sheet.
Grade, Grades : what one hand-in is worth, and a table of them.

Notes
-----
Credit is the share of the signs that lead up to the first wrong one. Those count that lead on from
what is asked; of all others, such as a reason or what stands after "where", none may be wrong. A
derivation of something else than the sheet asks has no credit; one that reaches no formula over tables
alone is marked as unfinished, and the sign that is missing counts as one more. What comes after that
formula, such as one of its steps in small ones, takes nothing away. Models and orders to the checker in a
hand-in count for nothing: all is judged in the model of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

from symcausal.derive.observe import is_table
from symcausal.errors import SymcausalError, UsageError
from symcausal.expr.nodes import (
    Add,
    Counterfactual,
    Expectation,
    Expr,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    Sum,
)
from symcausal.expr.path import at, everywhere
from symcausal.expr.path import replace as put
from symcausal.expr.scope import canonical
from symcausal.hints import assert_never
from symcausal.model import Model
from symcausal.notes.check import check_document
from symcausal.notes.files.items import Directive, Formula, Item, ModelBlock, NotesFile, Prose
from symcausal.notes.files.reading import read_file
from symcausal.notes.reporting.claim import Claim, Fault, FileReport
from symcausal.patterns import late
from symcausal.record import record
from symcausal.sheets.handins import handins
from symcausal.sheets.mistakes import MISTAKES, Mistake, mistaken
from symcausal.writing.blocks import Block, Items, Paragraph, Tabled
from symcausal.writing.grid import Grid
from symcausal.writing.shown import Shown

_BETWEEN_COLUMNS = late(r"&\s*=")  # pages have blanks in the place of "amp;"
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
    """Return the grades of files, and of all files in folders, for the exercise on a sheet.

    Parameters
    ----------
    sheet : str
        The path of the sheet, which states a model and what is asked: its first formula.
    paths : iterable of str
        Files or folders.

    Raises
    ------
    UsageError
        If the sheet states no model or asks nothing, if there is no such file, or if a folder is empty.
    """
    document = read_file(sheet)
    model = _model_of(document)
    asked = _asked(document, model)
    known, ends = _known(model, asked)
    found = handins(paths)
    reports = (
        FileReport(name, (), (Fault(why),), bad_input=True) if why else _report(name, model)
        for name, why in found
    )
    return Grades(tuple(_graded(report, model, asked, known, ends) for report in reports))


def _report(path: str, model: Model) -> FileReport:
    """What `check` says of a hand-in, whatever models it states and whatever it tells the checker."""
    try:
        document = read_file(path)
    except SymcausalError as error:
        return FileReport(path, (), (Fault(error.found),), bad_input=True)
    kept = tuple(item for item in document.items if _is_for_readers(item))
    return check_document(replace(document, items=kept), model.network)


def _is_for_readers(item: Item) -> bool:
    """Decide whether an item is what a student says, rather than what the checker is told."""
    match item:
        case Formula() | Prose():
            return True
        case ModelBlock() | Directive():
            return False


def _model_of(document: NotesFile) -> Model:
    for item in document.items:
        if isinstance(item, ModelBlock):
            return Model.parse(item.excerpt())
    raise UsageError(f"{document.path} states no model", expected="a sheet of symcausal exercise")


def _asked(document: NotesFile, model: Model) -> Expr:
    """What the sheet asks for: its first formula, up to a sign of relation between columns."""
    for item in document.items:
        if isinstance(item, Formula):
            text = _BETWEEN_COLUMNS.split(item.excerpt().text, maxsplit=1)[0]
            return model.query(text.partition(r"\begin{aligned}")[2] or text)
    raise UsageError(f"{document.path} asks nothing", expected="a sheet of symcausal exercise")


def _known(model: Model, asked: Expr) -> tuple[tuple[Expr, ...], tuple[Expr, ...]]:
    """The formulas of the derivations that a teacher would show, and those in which they end."""
    found: dict[Expr, None] = {asked: None}
    ends = []
    for detail in ("lecture", "full"):
        try:
            steps = model.derive(asked, detail=detail).steps
        except SymcausalError:
            continue
        found |= dict.fromkeys(step.after for step in steps)
        ends += [step.after for step in steps[-1:]]
    return tuple(found), tuple(ends)


def _graded(
    file: FileReport, model: Model, asked: Expr, known: Sequence[Expr], ends: Sequence[Expr]
) -> Grade:
    judged = [claim for claim in file.claims if claim.verdict in _JUDGED]
    claims = [claim for claim in judged if claim.relation == "="]
    if not claims:
        remark = f"not read: {file.problems[0]}" if file.bad_input else "no equals sign was found"
        return Grade(file.path, 0, 1, remark=remark)
    begins, steps = _followed(claims, model, asked)
    if not begins:
        return Grade(file.path, 0, len(claims), remark="it does not begin with what is asked")
    stop = next((claim for claim in judged if claim.verdict != "holds"), None)
    if stop is not None:
        before = judged[: judged.index(stop)]
        apart = stop.relation == "=" and stop not in steps
        signs = max(len(steps) + apart, 1)
        # a reason that fails takes its sign along
        right = min(sum(claim in before for claim in steps), signs - 1)
        if stop.verdict == "fails":
            mistake = _misuse(stop, model, known)
            return Grade(file.path, right, signs, stop, mistake)
        words = f"line {stop.line}, column {stop.column} is {stop.verdict}: {stop.reason}"
        return Grade(file.path, right, signs, remark=words)
    if not steps:
        return Grade(file.path, 0, 1, remark="it says nothing beyond what is asked")
    reached = (_formula(claim.right, model) for claim in steps)
    if not any(formula and _is_finished(formula, model, ends) for formula in reached):
        words = "all signs hold, but the last formula is not yet one over the tables of the model"
        return Grade(file.path, len(steps), len(steps) + 1, remark=words)
    return Grade(file.path, len(steps), len(steps))


def _followed(claims: Sequence[Claim], model: Model, asked: Expr) -> tuple[bool, list[Claim]]:
    """Whether anything begins with what is asked, and the steps that lead on from there.

    A step goes on from what is asked or from the right side of another step. One that holds and only
    says again what has been said is none, so that nobody gains by saying it.
    """
    reached: set[Expr | str] = {_unordered(asked)}
    begins = False
    steps = []
    for claim in claims:
        left, right = _names(claim.left, model), _names(claim.right, model)
        if reached.isdisjoint(left):
            continue
        begins = True
        if claim.verdict != "holds" or reached.isdisjoint(right):
            steps.append(claim)
        reached |= right
    return begins, steps


def _names(written: str, model: Model) -> set[Expr | str]:
    """What a formula is known by: as it is written, and, if it can be read, as a formula."""
    formula = _formula(written, model)
    plain = "".join(written.replace("&", " ").split())
    return {plain} if formula is None else {plain, _unordered(formula)}


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


def _is_finished(formula: Expr, model: Model, ends: Sequence[Expr]) -> bool:
    """Whether a formula is the last one of a derivation of ours, or is made of tables alone."""
    if _unordered(formula) in map(_unordered, ends):
        return True
    terms = []
    for _, part in everywhere(formula):
        match part:
            case Prob():
                terms.append(part)
            case Expectation() | Counterfactual():
                return False
            case Sum() | Product() | Quotient() | Add() | Minus() | Scalar() | Numeric():
                pass
            case _:
                assert_never(part)
    return bool(terms) and all(is_table(term, model.network.graph) for term in terms)


def _misuse(wrong: Claim, model: Model, known: Sequence[Expr]) -> Mistake | None:
    """The mistake that makes the right side of a claim out of its left side, or of what follows."""
    left, right = _formula(wrong.left, model), _formula(wrong.right, model)
    if right is None:
        return None
    goal = _unordered(right)
    starts = known if left is None else (left, *known)
    tried = product(starts, MISTAKES)
    return next((m for start, m in tried if goal in map(_unordered, mistaken(start, m))), None)
