"""Check notes: from files, or a formula, to a report.

Main definitions
----------------
check_files : files and folders.
check_text : one formula or derivation in a model.
check_document : notes that have been read.
apart : the formulas of a text without words.
notes_in : the files that a path stands for.

Notes
-----
A model that the notes declare is valid until the next one; ``--model`` is for notes without. Without
any model a claim is judged under the graph that the notes state (:mod:`symcausal.notes.stated`), else
over all joint distributions of its variables, and its message says so.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial

from symcausal.algebra.deadline import CLAIM_BUDGET, overdrawn, within
from symcausal.errors import InternalError, ModelError, Source, SymcausalError, UsageError
from symcausal.guard import sheltered
from symcausal.hints import TypeAlias
from symcausal.network.network import Network
from symcausal.notes.files.items import FilePart as DocumentPart
from symcausal.notes.files.items import Formula, ModelBlock, NotesFile, in_file
from symcausal.notes.files.passages import Passage, PassageFormula, derivations
from symcausal.notes.files.reading import read_document, read_file
from symcausal.notes.files.scanner import DELIMITS
from symcausal.notes.judging.memory import Memory
from symcausal.notes.judging.page import Page
from symcausal.notes.reading.bare import BEGINS_OR_ENDS
from symcausal.notes.reporting.claim import Fault, FileReport
from symcausal.notes.reporting.report import Report
from symcausal.notes.reporting.silence import (
    claims_outside,
    figure_unread,
    files_left_out,
    why_no_claim,
)
from symcausal.patterns import late
from symcausal.reading.model_language import ModelText
from symcausal.record import replace

ENDINGS = (
    ".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd", ".myst",
    ".tex", ".ltx", ".latex", ".ipynb", ".rst", ".adoc", ".asciidoc", ".typ",
)  # fmt: skip
_IN_A_TEXT = late(DELIMITS, re.MULTILINE)
_BLANKS = late(r"(?<=\S)\s++")
_APART = late(r"\n[ \t\r]*+\n")
_GOES_ON = late(rf"(?:&\s*)?(?:{BEGINS_OR_ENDS}|[-−])")
_IS_OPEN = late(rf"(?:{BEGINS_OR_ENDS}|[-−&,(\[{{]|\\\\)\Z")
_LONGEST_SIGN = 12  # characters of what a formula may not end in
_GRACE = 0.2  # of the time for the whole run, to name the claims that are left
_TOOLS = frozenset({"node_modules", "__pycache__", "site-packages"})

FileProgress: TypeAlias = Callable[[str, int, int], None]


def check_files(
    paths: Iterable[str],
    model: Network | ModelText | None = None,
    *,
    budget: float = CLAIM_BUDGET,
    total: float | None = None,
    infer: bool = True,
    single: bool = False,
    explains: bool = True,
    progress: FileProgress | None = None,
) -> Report:
    """Return the report on files, and on the notes in folders.

    Parameters
    ----------
    paths : iterable of str
        Files, folders, or ``-`` for standard input.
    model : Network or ModelText, optional
        The model for notes that declare none: a network, of which all states are declared, or what the
        text of a model says.
    budget : float
        Seconds for one claim.
    total : float, optional
        Seconds for all of them together. Claims that are left then are undecided; files are only
        named once a fifth of it more has gone into reading.
    infer : bool
        Whether graphs that notes state count where they declare no model.
    single : bool
        Whether nothing is taken to be independent across worlds.
    explains : bool
        Whether the rules are looked for by which something holds in a declared model. Without them
        the kernel's word is the reason.
    progress : callable, optional
        Called with the name of the file, and with how many of its passages are done and how many
        there are.

    Raises
    ------
    UsageError
        If a folder holds no notes, or the only file that is named cannot be read. Any other that
        cannot be read is a problem of the report, which goes on.
    """
    content = _content(model)
    found = [(name, os.path.isdir(path)) for path in paths for name in notes_in(path)]
    alone = len(found) == 1 and not found[0][1]
    reports = []
    with _limited(total):
        for name, _ in found:
            work = partial(
                _checked, name, content, budget, progress,
                forgiving=not alone, infer=infer, single=single, explains=explains,
            )  # fmt: skip
            reports.append(sheltered(work, partial(_lost, name)))
    return Report(tuple(reports))


def _limited(total: float | None) -> AbstractContextManager[None]:
    return nullcontext() if total is None else within(total, "for the whole run")


def _checked(
    name: str,
    content: ModelText | None,
    budget: float,
    progress: FileProgress | None,
    *,
    forgiving: bool,
    infer: bool,
    single: bool,
    explains: bool,
) -> FileReport:
    if overdrawn(_GRACE):
        told = "not read: the time for the whole run was over"
        return FileReport(name, (), (Fault(told),), out_of_time=True)
    try:
        document = read_file(name)
    except InternalError:
        raise
    except SymcausalError as error:
        if not forgiving:
            raise
        return FileReport(name, (), (Fault(str(error), error.span),), bad_input=True)
    return _judged(
        document, content, budget, progress, infer=infer, single=single, explains=explains
    )


def check_document(
    document: NotesFile,
    model: Network | ModelText | None = None,
    *,
    budget: float = CLAIM_BUDGET,
    total: float | None = None,
    infer: bool = True,
    progress: FileProgress | None = None,
) -> FileReport:
    """Return the report on notes that have been read already.

    Parameters
    ----------
    document : NotesFile
        What stands in a file, or a part of that.
    model, budget, total, infer, progress
        As for :func:`check_files`. An error that ``progress`` raises ends the work.
    """
    with _limited(total):
        return _judged(document, _content(model), budget, progress, infer=infer)


def _judged(
    document: NotesFile,
    content: ModelText | None,
    budget: float,
    progress: FileProgress | None,
    *,
    infer: bool = True,
    single: bool = False,
    explains: bool = True,
) -> FileReport:
    name = document.path
    passages, problems = derivations(document)
    # what holds although the notes expect it to fail is shown with its reason
    explains = explains or any(passage.expects_failure for passage in passages)
    page = Page(Memory(content, single=single, explains=explains), budget, document, infer)
    claims = []
    for done, claim in page.all_claims(passages):
        claims += claim
        if progress is not None:
            progress(name, done, len(passages))
    page.memory.read_models(item for item in document.items if isinstance(item, ModelBlock))
    outside, tables = [*claims_outside(document)], page.unread_tables
    before = (*document.problems, *problems)
    errors = (*before, *outside, *tables, *page.memory.problems)
    faults = [_fault(error, document) for error in before]
    faults += [replace(_fault(error, document), unread=error.found) for error in outside]
    # which are no fault: a table may well say something else than the entries of a model
    faults += [replace(_fault(error, document), unread=error.found, aside=True) for error in tables]
    faults += [_fault(error, document) for error in page.memory.problems]
    figure = "" if content is not None else figure_unread(document, claims)
    if document.left_out:
        first = document.left_out[0]
        words = f"{first.where}: {files_left_out(document)}"
        faults.append(Fault(words, first, aside=True))
    reason = "" if claims else why_no_claim(document, passages)
    if reason:
        faults.append(Fault(reason))
    return FileReport(
        name,
        tuple(claims),
        tuple(faults),
        bad_input=page.memory.bad_input or bool(problems),
        internal=any(isinstance(error, InternalError) for error in errors),
        without_claims=bool(reason),
        remarks=(figure,) if figure else (),
    )


def _fault(error: SymcausalError, document: NotesFile) -> Fault:
    """What an error says of a document, with its place in the file."""
    several = error.problems if isinstance(error, ModelError) else (error,)
    span = in_file(several[0].span)
    part = next((p for p in document.parts if span and p.source is span.source), None)
    return Fault(str(error), span, part.cell if part else None)


def _lost(name: str, error: InternalError) -> FileReport:
    """The report of a file that a defect kept from being checked."""
    return FileReport(name, (), (Fault(str(error)),), internal=True)


def check_text(
    text: str,
    model: Network | ModelText | None = None,
    *,
    budget: float = CLAIM_BUDGET,
    infer: bool = True,
    single: bool = False,
) -> Report:
    """Return the report on a formula, a derivation or a text with ``$``.

    Parameters
    ----------
    text : str
        One formula or derivation, or a whole text with ``$``.
    model, budget, infer, single
        As for :func:`check_files`.
    """
    page = Page(Memory(_content(model), single=single), budget, infer=infer)
    if _IN_A_TEXT.search(text):
        document = read_document(text, "text.md")
        passages, problems = derivations(document)
        page.memory.problems += (*document.problems, *problems)
        page.document = document
    else:
        passages = apart(text)
    claims = [claim for _, some in page.all_claims(passages) for claim in some]
    told = tuple(Fault(str(error), in_file(error.span)) for error in page.memory.problems)
    internal = any(isinstance(fault, InternalError) for fault in page.memory.problems)
    found = FileReport(
        "text", tuple(claims), told, bad_input=page.memory.bad_input, internal=internal
    )
    return Report((found,))


def apart(text: str) -> list[Passage]:
    """Return the formulas of a text without words, which empty lines keep apart."""
    part = DocumentPart("text", None, text, Source(text, "text"))
    ends, starts = [], [0]
    for gap in _BLANKS.finditer(text):
        start, end = gap.span()
        last = max(starts[-1], start - _LONGEST_SIGN)
        if _APART.search(text, start, end) and not (
            _GOES_ON.match(text, end) or _IS_OPEN.search(text, last, start)
        ):
            ends.append(start)
            starts.append(end)
    pieces = zip(starts, [*ends, len(text)], strict=True)
    formulas = (Formula(text[a:b], a, part, display=True, macros={}) for a, b in pieces)
    return [Passage((PassageFormula(formula),)) for formula in formulas]


def notes_in(path: str) -> Iterator[str]:
    """Yield a file, or the notes in a folder, sorted.

    Raises
    ------
    UsageError
        If a folder holds no notes.
    """
    if not os.path.isdir(path):
        yield path
        return
    found: list[str] = []
    for folder, inside, names in os.walk(path):
        # copies that tools keep are nobody's notes
        inside[:] = [name for name in inside if not name.startswith(".") and name not in _TOOLS]
        notes = [os.path.join(folder, n) for n in names if n.casefold().endswith(ENDINGS)]
        found += filter(os.path.isfile, notes)  # a pipe would be waited for
    if not found:
        raise UsageError(f"no notes in {path}", expected="files ending in " + ", ".join(ENDINGS))
    yield from sorted(found)


def _content(model: Network | ModelText | None) -> ModelText | None:
    return (
        ModelText(model, closed=frozenset(model.variables)) if isinstance(model, Network) else model
    )
