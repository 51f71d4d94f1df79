"""One protocol for every answer: all formats, the same JSON everywhere, and Typst that compiles."""

from __future__ import annotations

import importlib
import json
import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model
from symcausal.answer.evaluation import Evaluation
from symcausal.cli.main import COMMANDS
from symcausal.errors import UsageError
from symcausal.notes.check import check_files, check_text
from symcausal.numbers.source.languages import LANGUAGES
from symcausal.numbers.source.names import NUMBERS_IN_LATEX, SOURCES
from symcausal.writing.formats import FORMATS
from symcausal.writing.latex_document import PREAMBLE
from symcausal.writing.notations import PRESETS, Notation
from symcausal.writing.shown import Shown
from tests.answer.shown_answers import ENTRY, FRONT_DOOR, POSTERIOR, STUDENT, answers, known_classes
from tests.command_line import EXAMPLES, ROOT, run
from tests.latex.setting import set_document
from tests.tex_files import PICTURES, drawable
from tests.typst_pages import NEEDS_TYPST, compiled

ANSWERS = answers()
MODEL = str(EXAMPLES / "student.model")
EVERY = pytest.mark.parametrize("name", ANSWERS)


def test_every_class_of_answers_has_an_instance() -> None:
    assert known_classes() == {type(answer) for answer in ANSWERS.values()}


# -- each format ----------------------------------------------------------------------------------
class _Balance(HTMLParser):
    """What is open at the end, and what was closed that was not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def is_text(printed: str, answer: Shown) -> bool:
    own = re.sub(
        r"^  (?:\||= did you mean).*", "", printed, flags=re.MULTILINE
    )  # the rest is quoted
    return printed == str(answer) and not re.search(r"\\(?:begin|frac|mid)\b|<m\w+>", own)


def is_latex(printed: str, answer: Shown) -> bool:
    begun = Counter(re.findall(r"\\begin\{(\w+\*?)\}", printed))
    ended = Counter(re.findall(r"\\end\{(\w+\*?)\}", printed))
    words = re.sub(r"\\begin\{verbatim\}.*?\\end\{verbatim\}", "", printed, flags=re.DOTALL)
    bare = re.sub(r"\\[{}\\]", "", words)
    return begun == ended and bare.count("{") == bare.count("}")


def is_markdown(printed: str, answer: Shown) -> bool:
    return printed.count("$$") % 2 == 0 and r"\begin{align*}" not in printed


def is_html(printed: str, answer: Shown) -> bool:
    balance = _Balance()
    balance.feed(printed)
    formulas = re.findall(r"<(?:math|svg) .*?</(?:math|svg)>", printed, flags=re.DOTALL)
    for formula in formulas:
        ElementTree.fromstring(formula)
    page = printed.startswith("<!DOCTYPE html>") and "<script" not in printed
    return page and not balance.open and not balance.wrong


def is_typst(printed: str, answer: Shown) -> bool:
    own = re.sub(r"#raw\(.*|`[^`]*`", "", printed)  # the rest is quoted
    dollars = own.count("$") - own.count(r"\$")
    return not re.search(r"\\(?:frac|mid|sum|begin)\b", own) and dollars % 2 == 0


def is_json(printed: str, answer: Shown) -> bool:
    return bool(json.loads(printed) == answer.as_data())


CHECKS: dict[str, Callable[[str, Shown], bool]] = {
    "text": is_text,
    "latex": is_latex,
    "markdown": is_markdown,
    "html": is_html,
    "typst": is_typst,
    "json": is_json,
}


def test_every_format_has_its_check_and_its_method() -> None:
    assert list(FORMATS) == list(CHECKS)
    assert all(hasattr(Shown, f"to_{shape}") for shape in FORMATS)
    assert all(known.needs for known in FORMATS.values())


@EVERY
def test_every_answer_prints_in_every_format(name: str) -> None:
    answer = ANSWERS[name]
    assert answer.blocks()
    for shape, holds in CHECKS.items():
        printed = answer.to(shape)
        assert printed.strip()
        assert printed == getattr(answer, f"to_{shape}")()
        assert holds(printed, answer), printed


@EVERY
def test_a_format_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="no format 'pdf'") as refused:
        ANSWERS[name].to("pdf")
    assert all(shape in (refused.value.expected or "") for shape in FORMATS)


@EVERY
def test_an_answer_is_printed_in_any_notation_and_stays_as_it_is(name: str) -> None:
    answer = ANSWERS[name]
    before = {shape: answer.to(shape) for shape in FORMATS}
    for notation in ("pearl", Notation.preset("koller")):
        assert all(answer.to(shape, notation=notation).strip() for shape in FORMATS)
    assert before == {shape: answer.to(shape) for shape in FORMATS}
    with pytest.raises(TypeError, match="'colour'"):
        answer.to_text(colour="red")


@EVERY
def test_a_notebook_is_shown_what_the_methods_print(name: str) -> None:
    answer = ANSWERS[name]
    bundle = answer._repr_mimebundle_()
    assert bundle["text/plain"] == answer.to_text()
    assert len(bundle) > 1
    assert all(bundle.values())


def test_a_notation_shows_in_every_format() -> None:
    answer = FRONT_DOOR.identify("P(Y | do(X))")
    for shape in FORMATS:
        assert answer.to(shape, notation="pearl") != answer.to(shape)


def test_an_identification_is_not_searched_for_again_in_another_notation() -> None:
    answer = ANSWERS["not identified"]
    assert answer.to_text()
    again = answer._with({"notation": Notation.preset("pearl")})
    found = ("rivals", "bounds", "remedies")
    assert all(vars(again)[name] is vars(answer)[name] for name in found)


def test_options_are_for_one_printing() -> None:
    ranking, one = STUDENT.sensitivities(POSTERIOR), STUDENT.sensitivity(POSTERIOR, ENTRY)
    for shape in ("text", "latex", "markdown", "html", "typst"):
        assert len(ranking.to(shape, most=1)) < len(ranking.to(shape))
        assert len(one.to(shape, at_least="0.9")) > len(one.to(shape))
    assert ranking.to_json(most=1) == ranking.to_json()
    assert one.as_data()["where"] is None
    assert json.loads(one.to_json(at_least="0.9"))["where"]


def test_sources_are_the_languages_and_the_calculation() -> None:
    assert (*LANGUAGES, NUMBERS_IN_LATEX) == SOURCES
    for language in LANGUAGES:
        answer = ANSWERS["a closed form"]
        assert answer.to(language) == answer.to_source(language)  # type: ignore[attr-defined]


# -- what reads it -------------------------------------------------------------------------------
@pytest.mark.latex
def test_latex_compiles(tmp_path: Path) -> None:
    bodies = []
    for name, answer in ANSWERS.items():
        printed = drawable(answer.to_latex())
        # an equation comes without its display
        bare = isinstance(answer, Evaluation) and "align*" not in printed
        bodies.append(f"{name}\n\n" + (f"\\[{printed}\\]" if bare else printed))
    page = (PREAMBLE + PICTURES, r"\begin{document}", *bodies, r"\end{document}")
    set_document("\n\n".join(page), tmp_path)


@NEEDS_TYPST
@EVERY
def test_typst_compiles(name: str) -> None:
    for notation in PRESETS:
        assert compiled(ANSWERS[name].to_typst(notation=notation)).startswith(b"%PDF")


PIECES = [
    "$P(A) = P(B)$", "$P(\\text{a]#x$b}) = 1$", "$P(A \\mid \\text{\"#\"}) = `x`$", "$$P(A)\n=P(B)$$",
    "#panic()", "`", "```", "$", "\\", '"', "]", "[", "\n", "\x00", "\u2028", "é", "*", "//", "/*", "@a",
    "= ", "\n\n- ", "\\end{verbatim}",
]  # fmt: skip


@NEEDS_TYPST
@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=3, max_size=12).map("".join))
def test_whatever_notes_hold_the_page_of_their_report_compiles(notes: str) -> None:
    report = check_text(notes)
    assert compiled(report.to_typst())
    assert is_html(report.to_html(), report)


# -- the command line -----------------------------------------------------------------------------
BOW, EFFECT = "X -> Y; X <-> Y", "P(Y=1 | do(X=1))"  # the student network hides no cause
CALLS = {
    "derive": (["P(L | G)"], lambda: STUDENT.derive("P(L | G)")),
    "evaluate": (["P(L | I)"], lambda: STUDENT.evaluation("P(L | I)")),
    "sensitivity": ([POSTERIOR, ENTRY], lambda: STUDENT.sensitivity(POSTERIOR, ENTRY)),
    "compare": (["P(L)", "P(L | I)"], lambda: STUDENT.compare("P(L)", "P(L | I)")),
    "identify": (["P(L | do(G))"], lambda: STUDENT.identify("P(L | do(G))")),
    "bounds": ([EFFECT], lambda: Model.parse(BOW).bounds(EFFECT)),
    "draw": ([], None),
    "table": (["G"], lambda: STUDENT.table("G")),
    "counts": (["P(L)"], lambda: STUDENT.counting("P(L)")),
    "independent": (["D _||_ L | G"], lambda: STUDENT.independence("D _||_ L | G")),
    "adjust": (["I", "L"], lambda: STUDENT.adjustment("I", "L")),
}  # fmt: skip
NO_ANSWERS = {"completion", "convert", "lsp", "model"}  # these write scripts and models, or serve
FROM_FILES = {"check", "grade"}
INTO_FILES = {"fill", "report", "exercise"}  # whose ending says how


def test_every_command_that_answers_offers_every_format() -> None:
    for command in set(COMMANDS) - NO_ANSWERS - INTO_FILES:
        parser = importlib.import_module(f"symcausal.cli.{command}").PARSER
        (action,) = (known for known in parser.standard._actions if known.dest == "shape")
        assert list(action.choices)[: len(FORMATS)] == list(FORMATS)


def test_the_manual_lists_every_format() -> None:
    page = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    section = page.partition("## Formats\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \|", section.partition("Some have")[0], re.MULTILINE)
    assert rows == list(FORMATS)


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - NO_ANSWERS - FROM_FILES - INTO_FILES))
def test_a_command_prints_what_the_method_does(command: str) -> None:
    words, answer = CALLS[command]
    for shape in ("json", "typst"):
        ended = run(command, BOW if command == "bounds" else MODEL, *words, "--format", shape)
        printed = STUDENT.draw(shape) if answer is None else answer().to(shape)
        assert ended.stdout.strip() == printed.strip(), ended.stderr


def test_check_prints_reports_in_every_format() -> None:
    path = str(EXAMPLES / "notes.md")
    report = check_files([path])
    for shape in FORMATS:
        ended = run("check", path, "--format", shape)
        assert ended.stdout.strip() == report.to(shape).strip(), ended.stderr


@EVERY
def test_json_takes_a_width_which_changes_nothing(name: str) -> None:
    answer = ANSWERS[name]
    assert answer.to_json(width=30) == answer.to_json(width="beamer") == answer.to_json()
    with pytest.raises(TypeError, match="wide"):
        answer.to_json(wide=30)
