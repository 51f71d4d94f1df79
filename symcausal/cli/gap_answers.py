"""Answers to the questions in notes, whose words are those of the command line.

Main definitions
----------------
answer : what a command prints where notes ask for it.
SHORT : words that stand for a command with an option.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from symcausal.cli.directive_words import Argument, arguments
from symcausal.cli.parser import Parser
from symcausal.errors import Span, SymcausalError, UsageError
from symcausal.hints import TYPE_CHECKING
from symcausal.notes.files.directives import UNANSWERED

if TYPE_CHECKING:
    from symcausal.model import Model
    from symcausal.notes.files.items import Directive

#: What stands in notes for a command with an option.
SHORT = {"numbers": ("derive", "--numbers")}
_ITSELF = {"markdown": ("markdown", "svg"), "latex": ("latex", "tikz")}


def answer(asked: Directive, model: Model, shape: str) -> str:
    """Print the answer to a question in notes.

    Parameters
    ----------
    asked : Directive
        The name of a command, and its arguments but for ``MODEL``.
    model : Model
        What it is asked of.
    shape : str
        The format of the notes. An answer in another one is a listing.

    Raises
    ------
    SymcausalError
        If there is none, with its place in the notes.
    """
    name = asked.text.split(None, 1)[0]
    if name in UNANSWERED:
        raise UsageError(
            f"{name} in notes, which no command answers yet",
            hint="identify says what is known of an effect that is not identifiable",
            span=asked.span,
        )
    full, *options = SHORT.get(name, (name,))
    command = importlib.import_module(f"symcausal.cli.{full}")
    source, start = asked.part.source, asked.offset + len(name)
    given = arguments(Span(source, start, asked.end), command.PARSER)
    _refuse_others(given, command.PARSER)
    words = [argument.text for argument in given]
    try:
        chosen = command.PARSER.read(["-", "--format", shape, *options, *words])
        printed: str = command.answer(model, chosen)
    except SymcausalError as error:
        error.span = _place(error, given) or asked.span
        raise
    return printed if chosen.shape in _ITSELF[shape] else _listed(printed, chosen.shape, shape)


def _refuse_others(given: Sequence[Argument], parser: Parser) -> None:
    """Refuse options that answer nothing, and those that name a file.

    Whoever wrote the notes may be anybody, and the files are those of whoever fills them.
    """
    for argument in given:
        option = argument.text.partition("=")[0]
        if argument.is_quoted or not option.startswith("-"):
            continue
        if option in ("-h", "--help"):
            raise UsageError(f"{option} in notes", expected="a question", span=argument.span)
        if parser.writes_or_reads(option):
            raise UsageError(
                f"{option} in notes", expected="no option that names a file", span=argument.span
            )


def _place(error: SymcausalError, given: Sequence[Argument]) -> Span | None:
    """Where the fault of an argument stands in the notes."""
    if error.span is None:
        return None
    for argument in given:
        if error.span.source.text == argument.text:
            at = argument.span.start
            return Span(argument.span.source, at + error.span.start, at + error.span.end)
    return None


def _listed(printed: str, language: str, shape: str) -> str:
    """A text as it is, in notes of another format."""
    from symcausal.writing.blocks import Listing
    from symcausal.writing.document import Document

    document = Document("", (Listing(printed.rstrip("\n"), language),))
    return document.to_markdown() if shape == "markdown" else document.to_latex()
