"""Gaps in notes, which commands fill: where they stand, and the model that is in force there.

Main definitions
----------------
Gap : what is asked, and the lines between which the answer stands.
gaps : the gaps of a document.
"""

from __future__ import annotations

from symcausal.errors import ParseError, UsageError, nearest
from symcausal.notes.files.directives import NOT_ALONE
from symcausal.notes.files.items import Directive, FilePart, ModelBlock, NotesFile
from symcausal.record import record


@record
class Gap:
    """The lines between two comments, which an answer fills.

    Attributes
    ----------
    asked : Directive
        What is asked: a command and its arguments.
    end : Directive
        Where the answer ends.
    model : ModelBlock or None
        The model that the notes have declared last.
    is_off : bool
        Whether the checker is told to leave alone what stands here.
    """

    asked: Directive
    end: Directive
    model: ModelBlock | None
    is_off: bool = False

    @property
    def part(self) -> FilePart:
        """The file, or the cell of a notebook, in which it stands."""
        return self.asked.part

    @property
    def lines(self) -> tuple[int, int]:
        """The first line after the question, counted from zero, and the line that ends the answer."""
        return self.asked.position.line, self.end.position.line - 1


def gaps(document: NotesFile) -> list[Gap]:
    """Return the gaps of a document, in their order.

    Raises
    ------
    ParseError
        If a gap is not closed, what closes one is alone, or an edge shares its line.
    UsageError
        If the notes use a model that they do not have.
    """
    for problem in document.problems:
        if problem.found == NOT_ALONE:
            raise problem
    named = {i.name: i for i in document.items if isinstance(i, ModelBlock) and i.name}
    found: list[Gap] = []
    opened: Directive | None = None
    model: ModelBlock | None = None
    off = False
    for item in document.items:
        match item:
            case Directive(kind="fill"):
                if opened is not None:
                    raise _not_closed(opened)
                opened = item
            case Directive(kind="end"):
                if opened is None:
                    raise ParseError(
                        "an end without a beginning",
                        expected="a command before it, such as symcausal: derive P(L)",
                        span=item.span,
                    )
                if opened.part is not item.part:
                    raise _not_closed(opened)
                found.append(Gap(opened, item, model, off))
                opened = None
            case ModelBlock() if opened is None:  # what an answer says of models holds for no other
                model = item
            case Directive(kind="off" | "on") if opened is None:
                off = item.kind == "off"
            case Directive(kind="use"):
                model = _named(item, named)
            case _:
                pass  # words, formulas and orders to the checker ask for nothing
    if opened is not None:
        raise _not_closed(opened)
    return found


def _named(directive: Directive, models: dict[str, ModelBlock]) -> ModelBlock:
    if directive.argument not in models:
        raise UsageError(
            f"no model of these notes has the name '{directive.argument}'",
            hint=nearest(directive.argument, models),
            span=directive.span,
        )
    return models[directive.argument]


def _not_closed(opened: Directive) -> ParseError:
    return ParseError(
        "a place for an answer that is not closed",
        expected="a comment 'symcausal: end' alone in a line after it",
        hint="the answer is written between the two",
        span=opened.span,
    )
