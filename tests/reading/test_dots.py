r"""Dots, ``X_1, \dots, X_4`` and ``P(x_1) P(x_2) \cdots P(x_4)``: what runs on, or nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model
from symcausal.errors import SymcausalError
from symcausal.network.network import Variable
from symcausal.notes.check import check_text
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Vocabulary

NAMES = Vocabulary(
    {name: Variable(name) for name in ("Z", *(f"{b}_{i}" for b in "XY" for i in range(10)))}
)
SPELT = [r"\dots", r"\ldots", r"\cdots", r"\dotsc", "...", "…", "⋯"]


@pytest.mark.parametrize("names", [NAMES, None], ids=["model", "none"])
@pytest.mark.parametrize("dots", SPELT)
@given(first=st.integers(0, 8), count=st.integers(2, 9), step=st.integers(1, 3))
def test_a_list_runs_on_in_equal_steps(
    names: Vocabulary | None, dots: str, first: int, count: int, step: int
) -> None:
    numbers = [n for n in range(first, first + count * step, step) if n < 10]
    if len(numbers) < 2 or (step > 1 and len(numbers) < 3):
        return
    every = ", ".join(f"x_{n}" for n in numbers)
    shown = 1 if step == 1 else 2
    for told in range(shown, len(numbers)):
        head = ", ".join(f"x_{{{n}}}" for n in numbers[:told])
        dotted = f"{head}, {dots}, x_{numbers[-1]}"
        for text in ("P(N)", "P(y_1 | N)", "P(y_1, N | Y_2)", r"\sum_{N} P(y_1, N)"):
            assert read(text.replace("N", dotted), names) == read(text.replace("N", every), names)


# what stands before the dots, behind them, and for the factor of a number
PRODUCTS = [
    (2, lambda n: rf"P(x_{n} \mid x_{n - 1})" if n > 1 else "P(x_1)"),
    (3, lambda n: rf"P(x_{n} \mid x_{n - 1}, z)" if n > 1 else r"P(x_1 \mid z)"),
    (2, lambda n: rf"P(x_{n} \mid z)"),
    (2, lambda n: rf"P(y_{n} \mid x_{n})"),
    (2, lambda n: f"P(x_{n})"),
    (3, lambda n: f"P(x_{n} | {', '.join(f'x_{i}' for i in range(1, n))})" if n > 1 else "P(x_1)"),
    (2, lambda n: f"P(x_{n} | {', '.join(f'x_{i}' for i in range(1, n))})" if n > 1 else "P(x_1)"),
]


@pytest.mark.parametrize("dots", SPELT)
@pytest.mark.parametrize(("shown", "factor"), PRODUCTS)
@pytest.mark.parametrize("last", [4, 5, 7])
def test_a_product_runs_on(shown: int, factor: Callable[[int], str], last: int, dots: str) -> None:
    every = " ".join(map(factor, range(1, last + 1)))
    dotted = " ".join([*map(factor, range(1, shown + 1)), dots, factor(last)])
    assert read(dotted, NAMES) == read(every, NAMES)
    assert read(rf"\sum_{{x_1}} {dotted}", NAMES) == read(rf"\sum_{{x_1}} {every}", NAMES)


@pytest.mark.parametrize("dots", SPELT)
def test_the_comma_behind_dots_may_be_forgotten(dots: str) -> None:
    assert read(f"P(y_1 | x_1, {dots} x_4)", NAMES) == read("P(y_1 | x_1, x_2, x_3, x_4)", NAMES)


@given(first=st.integers(0, 3), last=st.integers(5, 9), shown=st.integers(1, 2))
def test_a_list_runs_down(first: int, last: int, shown: int) -> None:
    numbers = list(range(last, first - 1, -1))
    every = ", ".join(f"x_{n}" for n in numbers)
    dotted = ", ".join([*(f"x_{n}" for n in numbers[:shown]), r"\dots", f"x_{first}"])
    assert read(f"P(z | {dotted})", NAMES) == read(f"P(z | {every})", NAMES)


# signs and terms for a number, one or two of which stand before the dots
REPEATED = [
    (r"\sum_{x_N}", "", " P(x_1, x_2, x_3, x_4, x_5, x_6, z)"),
    ("P(x_N)", " * ", ""),
    ("P(x_N)", " + ", ""),
    ("P(z | x_N) P(x_N)", " + ", ""),
    (r"\frac{P(x_N, z)}{P(z)}", " + ", ""),
    ("P(x_N | y_N, z)", " + ", ""),
    ("P(x_3) P(y_N)", " + ", " + P(z)"),
]


@pytest.mark.parametrize(("term", "sign", "after"), REPEATED)
@given(last=st.integers(3, 6), shown=st.integers(1, 2), dots=st.sampled_from(SPELT))
def test_signs_and_terms_run_on(
    term: str, sign: str, after: str, last: int, shown: int, dots: str
) -> None:
    every = [term.replace("N", str(n)) for n in range(1, last + 1)]
    dotted = sign.join([*every[:shown], f" {dots} ", every[-1]])
    assert read(dotted + after, NAMES) == read(sign.join(every) + after, NAMES)


def test_numbers_may_be_a_part_of_the_name() -> None:
    assert read(r"P(X1, \dots, X3)") == read("P(X1, X2, X3)")
    assert read(r"P(x'_1, \dots, x'_3)") == read("P(x'_1, x'_2, x'_3)")


REFUSED = [
    r"P(x_1, \dots, x_n)", r"P(x_1, x_2, \dots, x_{n})", r"P(x_1, \dots)", r"P(\dots, x_4)",
    r"P(x_1, \dots, x_1)", r"P(x_1, x_3, \dots, x_4)", r"P(x_1, \dots, y_4)",
    r"P(x_1, x_2, x_4, \dots, x_6)", r"P(x, \dots, x_4)", r"P(x_1, \dots, x_{99})",
    r"P(x_1 \dots x_4)", r"P(x_1 \dots, x_4)", r"P(x_1 \mid \dots, x_4)", r"P(x_1=1, \dots, x_4=1)",
    r"P(x_1) P(x_2 \mid x_1) \cdots P(x_n \mid x_{n-1})",
    r"P(x_1) P(x_3) \cdots P(x_7)", r"P(x_1) P(x_2 \mid x_1) \cdots P(x_4 \mid x_2)",
    r"P(x_1) P(x_2 \mid x_1) \cdots P(y_4 \mid y_3)", r"P(x_1) P(x_2) \cdots P(x_4)^2",
    r"P(x_1) P(x_2 \mid x_1) \cdots", r"P(x_3) P(x_2) \cdots P(x_0)", r"P(x_1) / P(x_2) \cdots P(x_4)",
    r"P(x_1) + P(x_2) \cdots P(x_4)", r"P(x_1) P(x_2 \mid y_1) \cdots P(x_4 \mid y_1)",
    r"P(x_1) + \dots - P(x_4)", r"P(x_1 \mid y_1) + \dots + P(x_4 \mid y_3)",
    r"P(x_1, y_1) + \dots + P(x_4, y_5)", r"P(x_1) + P(x_3) + \dots + P(x_7)", r"P(x_1) + \dots + 1",
    r"\sum_{x_1} \cdots \sum_{y_4} P(x_1, y_4)", r"\sum_{x_1} \cdots P(x_1)",
    r"P(x_1) + \dots + P(x_4 \mid x_1)", r"P(x_2, x_1, \dots, x_4)", r"P(x_1 \mid x_2), \dots, P(x_4)",
]  # fmt: skip


@pytest.mark.parametrize("names", [NAMES, None], ids=["model", "none"])
@pytest.mark.parametrize("text", REFUSED)
def test_refuses(text: str, names: Vocabulary | None) -> None:
    with pytest.raises(SymcausalError):
        read(text, names)


def joined(numbers: list[int]) -> str:
    return ", ".join(f"X_{{{n}}}" for n in numbers)


@settings(max_examples=40)
@given(first=st.integers(0, 4), step=st.integers(1, 3), count=st.integers(3, 5), drop=st.booleans())
def test_the_step_is_what_the_names_around_say(
    first: int, step: int, count: int, drop: bool
) -> None:
    numbers = [first + step * i for i in range(count)]
    dotted = rf"P(X_{{{first}}}, \dots, X_{{{numbers[-1]}}})"
    rest = numbers[1 : -1 if drop else None]
    claim = f"${dotted} = P(X_{{{first}}}) P({joined(rest)} | X_{{{first}}})$"
    (found,) = check_text(claim).claims
    assert found.verdict == ("unreadable" if step > 1 else "fails" if drop else "holds")
    # two names say the step
    listed = rf"$P(X_{{{first}}}, X_{{{numbers[1]}}}, \dots, X_{{{numbers[-1]}}})"
    told = check_text(f"{listed} = P(X_{{{first}}}) P({joined(rest)} | X_{{{first}}})$").claims
    assert [c.verdict for c in told] == ["fails" if drop else "holds"]


STEPS = [
    (r"$P(X_3, \dots, X_9) = P(X_9) P(X_3, \dots, X_8 | X_9)$", "holds"),
    (r"$P(X_3, \dots, X_9) = P(X_9)$", "fails"),
    (r"$P(X_3, \dots, X_9) = P(X_9) P(X_3, \dots, X_7 | X_9)$", "unreadable"),
    (r"$P(x_3, \dots, x_9) = P(X_9) P(X_3, X_5, X_7 | X_9)$", "unreadable"),
    (r"$P(X_5) = P(X_5)$ and $P(X_3, \dots, X_9) = P(X_9)$", "unreadable"),
    (r"$P(X_4, X_5) \ge 0$ and $P(X_3, \dots, X_9) = P(X_9)$", "fails"),
    (r"$P(Y_5) = P(Y_5)$ and $P(X_3, \dots, X_9) = P(X_9)$", "fails"),
]


@pytest.mark.parametrize(("notes", "verdict"), STEPS)
def test_names_elsewhere_leave_the_step_open(notes: str, verdict: str) -> None:
    assert check_text(notes).claims[-1].verdict == verdict


def test_a_model_says_which_names_there_are() -> None:
    claim = r"$P(X_1, \dots, X_4) = P(X_1) P(X_3 | X_1) P(X_2, X_4 | X_1, X_3)$"
    assert Model.parse("X_1; X_2; X_3; X_4").check(claim).claims[0].verdict == "holds"
    odd = r"$P(X_1, \dots, X_5) = P(X_1) P(X_3, X_5 | X_1)$"
    assert Model.parse("X_1 -> X_3 -> X_5").check(odd).claims[0].verdict == "unreadable"
