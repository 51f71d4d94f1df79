"""A worked lecture on the student network, written by the library: Markdown, LaTeX and HTML.

Run ``python examples/lecture.py [FOLDER]``. The words between the formulas are this file's; every
formula, table, reason and number comes out of a model.
"""

from __future__ import annotations

import sys
from pathlib import Path

from symcausal import Model
from symcausal.algebra.scalar import Number
from symcausal.writing.blocks import (
    Block,
    Code,
    Derived,
    Display,
    Heading,
    Listing,
    Paragraph,
    Tabled,
)
from symcausal.writing.document import Document
from symcausal.writing.style import Style
from symcausal.writing.tables import cpt_grid

HERE = Path(__file__).parent
SEEN_BY_THE_LETTER = """
# the same people, but whoever writes the letter has seen the SAT score as well
I "Intelligence": low, high
D "Difficulty": easy, hard
S "SAT": low, high
G "Grade": A, B, C
L "Letter": weak, strong
I, D -> G;  I -> S;  G, S -> L
P(I) = 0.7, 0.3
P(D) = 0.6, 0.4
P(S | I=low)  = 0.95, 0.05
P(S | I=high) = 0.2, 0.8
P(G | I=low,  D=easy) = 0.3, 0.4, 0.3
P(G | I=low,  D=hard) = 0.05, 0.25, 0.7
P(G | I=high, D=easy) = 0.9, 0.08, 0.02
P(G | I=high, D=hard) = 0.5, 0.3, 0.2
P(L | G=A, S=low)  = 0.2, rest
P(L | G=A, S=high) = 0.05, rest
P(L | G=B, S=low)  = 0.5, rest
P(L | G=B, S=high) = 0.3, rest
P(L | G=C, S=low)  = 0.995, rest
P(L | G=C, S=high) = 0.9, rest
"""


def derived(model: Model, query: str, *, detail: str = "lecture") -> Derived:
    """The derivation of a query."""
    found = model.derive(query, detail=detail)
    return Derived(found.chain, found.assumptions)


def value(model: Model, query: str) -> Display:
    """``query = fraction ~ decimal``."""
    exact = model.probability(query)
    return Display((model.query(query), "=", Number(exact), "~", f"{float(exact):.4f}"))


def stated(model: Model) -> Listing:
    """The variables and arrows of a model, as `symcausal check` reads them."""
    return Listing(model.to_text().split("P(I)")[0].strip(), "symcausal")


def the_network(model: Model) -> list[Block]:
    """Variables, tables, and how many numbers they take."""
    counts = model.counts
    blocks: list[Block] = [
        Heading("Five variables"),
        Paragraph(
            (
                "A student takes a course. Its difficulty and the student's intelligence decide the "
                "grade; intelligence alone decides the SAT score; and a teacher who remembers "
                "nothing but the grade writes a letter of recommendation.",
            )
        ),
        stated(model),
        Paragraph(("Each variable has a table given its parents.",)),
        *(Tabled(cpt_grid(model.network, name)) for name in model.variables),
        Paragraph(
            (
                f"The table of the joint distribution would have {counts.joint_entries} entries. The "
                f"five tables have {counts.table_entries} together, and since rows sum to one, "
                f"{counts.free_parameters} numbers fix them all.",
            )
        ),
    ]
    return blocks


def the_joint(model: Model) -> list[Block]:
    """Chain rule, factorisation, one entry."""
    entry = "P(I=high, D=easy, S=high, G=A, L=strong)"
    return [
        Heading("The joint distribution"),
        Paragraph(
            (
                "The chain rule holds in any order and for any variables. The arrows then say which "
                "conditions each factor can do without.",
            )
        ),
        derived(model, "P(I, D, S, G, L)"),
        Paragraph(("So any entry of the joint is a product of five table entries:",)),
        derived(model, entry),
        value(model, entry),
    ]


def seeing(model: Model) -> list[Block]:
    """Marginals and the three patterns of reasoning."""
    return [
        Heading("How good are letters?"),
        Paragraph(("Sum everything else out. The SAT score drops out by itself.",)),
        derived(model, "P(L)"),
        value(model, "P(L=strong)"),
        Heading("Causal reasoning: from causes to effects"),
        derived(model, "P(L | I)"),
        value(model, "P(L=strong | I=low)"),
        value(model, "P(L=strong | I=low, D=easy)"),
        Heading("Evidential reasoning: from effects to causes"),
        Paragraph(
            (
                "Bayes' rule turns the conditional around. It needs the prior of the cause, and "
                "evidence that can occur at all.",
            )
        ),
        derived(model, "P(I | L)"),
        value(model, "P(I=high | L=weak)"),
        Heading("Intercausal reasoning: one cause explains the other away"),
        Paragraph(
            (
                "Intelligence and difficulty are independent until the grade is known. A poor grade "
                "makes a bright student unlikely; a hard course excuses it.",
            )
        ),
        derived(model, "P(I | G, D)"),
        value(model, "P(I=high | G=C)"),
        value(model, "P(I=high | G=C, D=hard)"),
    ]


def doing(model: Model) -> list[Block]:
    """Interventions that cutting arrows settles."""
    sat = model.compare("P(S=high | do(G=A))", "P(S=high | G=A)")
    return [
        Heading("Doing instead of seeing"),
        Paragraph(
            (
                "Suppose the registrar enters an A, whatever the student did. This cuts the arrows "
                "into the grade and leaves all other tables as they are.",
            )
        ),
        derived(model, "P(L | do(G=A))"),
        Paragraph(("For the letter it makes no difference how the A came about:",)),
        Display((model.query("P(L | do(G=A))"), "=", model.query("P(L | G=A)"))),
        Paragraph(("The SAT score does not care about an A that was merely entered:",)),
        derived(model, "P(S | do(G=A))"),
        Paragraph(
            (
                "But an A that was seen says something about the student, and so about the score. "
                "The two are not the same:",
            )
        ),
        *sat.blocks(),
    ]


def confounding(model: Model) -> list[Block]:
    """The graph with one more arrow."""
    found = model.compare("P(L=strong | do(G=A))", "P(L=strong | G=A)")
    return [
        Heading("One more arrow"),
        Paragraph(
            (
                "Now the writer of the letter has seen the SAT score too: there is an arrow ",
                Code("S -> L"),
                ". Entering an A and seeing one are different things even for the letter.",
            )
        ),
        stated(model),
        Tabled(cpt_grid(model.network, "L")),
        derived(model, "P(L | do(G=A))"),
        Paragraph(
            (
                "That is the adjustment formula: average over the score as it is in everybody, not "
                "as it is among those with an A. Seeing would weigh it by ",
                model.query("P(S | G=A)"),
                " instead.",
            )
        ),
        *found.blocks(),
        Paragraph(("In numbers, for doing and for seeing:",)),
        value(model, "P(L=strong | do(G=A))"),
        value(model, "P(L=strong | G=A)"),
    ]


def lecture() -> tuple[Document, Model, Model]:
    """The whole lecture, and its two models."""
    student = Model.load(HERE / "student.model")
    confounded = Model.parse(SEEN_BY_THE_LETTER)
    blocks = (
        *the_network(student),
        *the_joint(student),
        *seeing(student),
        *doing(student),
        *confounding(confounded),
    )
    title = "Seeing and doing in the student network"
    style = Style(student.notation, tuple(student.variables))
    return Document(title, blocks, style), student, confounded


def main() -> None:
    """Write the lecture and print its heart."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo")
    folder.mkdir(parents=True, exist_ok=True)
    document, student, confounded = lecture()
    written = {
        "lecture.md": document.to_markdown(),
        "lecture.tex": document.to_latex(standalone=True),
        "lecture.html": document.to_html(),
    }
    for name, content in written.items():
        (folder / name).write_text(content, encoding="utf-8")
    heart = Document(
        "The heart of the lecture",
        (
            derived(student, "P(L)"),
            derived(student, "P(I | L)"),
            value(student, "P(I=high | L=weak)"),
            Paragraph(("Doing, without and with an arrow from the SAT score to the letter:",)),
            derived(student, "P(L | do(G=A))"),
            derived(confounded, "P(L | do(G=A))"),
            *confounding(confounded)[-2:],
        ),
        document.style,
    )
    print(heart.to_text())
    print(f"\nEvery step above was checked. Written: {', '.join(str(folder / n) for n in written)}")


if __name__ == "__main__":
    main()
