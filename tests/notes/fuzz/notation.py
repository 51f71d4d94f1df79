"""One formula in the many ways of writing it.

Main definitions
----------------
Name, names : what a variable is called in a model and in formulas.
Style, random_style, PLAIN : the choices of a writer; random ones; the dullest.
written : a formula as LaTeX, or as plain text.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tests.notes.fuzz.formulas import (
    Event,
    Formula,
    Letter,
    Mean,
    Minus,
    Number,
    Plus,
    Prob,
    Ratio,
    Times,
    Total,
    altered,
    children,
    letters,
    rebuilt,
)  # fmt: skip


class Name(NamedTuple):
    """A variable's name in the model, and as LaTeX: for all its values, and for one of them."""

    model: str
    capital: str
    letter: str | None  # none where the name itself is in lower case


SINGLE = tuple("ABCDEFGHIJKLMNOQRSTUVWXYZ")
WORDS = ("Rain", "Sprinkler", "Grade", "Alarm", "Wet", "Smoking", "Tar", "Disease", "Test")
INDEXED = tuple(f"{x}_{i}" for x in "XYZ" for i in (1, 2, 3))
LOWER = ("rain", "wet", "x_1", "x_2", "y_1", "a", "b", "c", "t", "u", "grade")


def names(rng: random.Random, variables: Iterable[str]) -> dict[str, Name]:
    """Names for variables: single letters mostly, words, numbered ones, or in lower case."""
    return named_from(rng, variables, rng.choice([SINGLE, SINGLE, SINGLE, WORDS, INDEXED, LOWER]))


def named_from(
    rng: random.Random, variables: Iterable[str], pool: Sequence[str]
) -> dict[str, Name]:
    """Names for variables out of some."""
    known = list(variables)
    wrap = rng.choice([r"\mathrm{%s}", r"\text{%s}", "%s"])
    return {v: _name(n, wrap) for v, n in zip(known, rng.sample(pool, len(known)), strict=True)}


def _name(name: str, wrap: str) -> Name:
    def latex(text: str) -> str:
        stem, _, index = text.partition("_")
        stem = wrap % stem if len(stem) > 1 else stem
        return f"{stem}_{index}" if index else stem

    return Name(name, latex(name), latex(name.lower()) if name[0].isupper() else None)


class Style(NamedTuple):
    """The choices of a writer."""

    names: Mapping[str, Name]
    states: Mapping[str, tuple[str, ...] | None]
    forms: Mapping[str, str]  # of each variable: "capital", "letter" or "assigned"
    plain: bool = False  # text without a backslash
    letter: str = "P"
    brackets: tuple[str, str] = ("(", ")")
    bar: str = r" \mid "
    doing: str = "do({})"  # or "subscript", or "hat"
    together: bool = True  # one do for all actions
    actions_first: bool = True
    state: str = "{}={}"
    word: str = "{}"  # a state that is a word
    sums: str = r"\sum_{{{}}} "
    one_by_one: bool = False  # a sign for each letter of a sum
    multiply: str = r" "
    fraction: str = r"\frac{{{}}}{{{}}}"
    group: tuple[str, str] = ("(", ")")
    prime: str = "'"
    mean: str = "E"
    ranged: bool = False  # the states below a sum, where they are numbers
    unprimed: bool = False  # x for x' where no x is around
    spaced: str = ", "


def random_style(
    rng: random.Random,
    named: Mapping[str, Name],
    states: Mapping[str, tuple[str, ...] | None],
    *,
    plain: bool = False,
) -> Style:
    """The choices of some writer."""
    usual = rng.choice(["capital", "letter", "letter", "assigned", "mixed"])
    forms = {
        variable: "capital" if name.letter is None
        else rng.choice(["capital", "letter", "assigned"]) if usual == "mixed" else usual
        for variable, name in named.items()
    }  # fmt: skip
    if plain:
        return Style(
            {v: Name(n.model, n.model, n.model.lower() if n.letter else None) for v, n in named.items()},
            states, forms, plain=True,
            letter=rng.choice(["P", "p", "Pr"]),
            brackets=rng.choice([("(", ")"), ("[", "]")]),
            bar=rng.choice([" | ", "|"]),
            together=rng.random() < 0.5,
            actions_first=rng.random() < 0.5,
            sums=rng.choice(["sum_{{{}}} ", "Σ_{{{}}} "]),
            one_by_one=rng.random() < 0.3,
            multiply=rng.choice([" ", " * ", " · "]),
            fraction="{} / {}",
            spaced=rng.choice([", ", ","]),
        )  # fmt: skip
    return Style(
        named, states, forms,
        letter=rng.choice([
            "P", "P", "P", "p", r"\Pr", r"\mathbb{P}", r"\mathrm{P}", r"\operatorname{P}",
            r"\mathbf{P}", "Pr",
        ]),
        brackets=rng.choice([
            ("(", ")"), ("(", ")"), ("[", "]"), (r"\left(", r"\right)"), (r"\left[", r"\right]"),
            (r"\bigl(", r"\bigr)"), (r"\big(", r"\big)"),
        ]),
        bar=rng.choice([r" \mid ", r"\mid ", "|", " | ", r"\,|\,", r" \vert ", r"\;|\;"]),
        doing=rng.choice([
            "do({})", r"\mathrm{{do}}({})", r"\operatorname{{do}}({})", r"\text{{do}}({})",
            r"\mathrm{{do}}\left({}\right)", r"\textrm{{do}}({})", "subscript", "hat",
        ]),
        together=rng.random() < 0.5,
        actions_first=rng.random() < 0.5,
        state=rng.choice(["{}={}", "{}={}", "{} = {}", "power"]),
        word=rng.choice(["{}", r"\mathrm{{{}}}", r"\text{{{}}}"]),
        sums=rng.choice([
            r"\sum_{{{}}} ", r"\sum_{{{}}} ", r"\sum\limits_{{{}}} ", r"\sum_{{\{{{}\}}}} ",
            r"\displaystyle\sum_{{{}}} ", r"\sum_{{{}}}\,",
        ]),
        one_by_one=rng.random() < 0.4,
        multiply=rng.choice([" ", r"\,", r" \cdot ", r" \times ", r"\; ", r"~"]),
        fraction=rng.choice([
            r"\frac{{{}}}{{{}}}", r"\dfrac{{{}}}{{{}}}", r"\tfrac{{{}}}{{{}}}", "{} / {}", "{}/{}",
        ]),
        group=rng.choice([
            ("(", ")"), ("[", "]"), (r"\left(", r"\right)"), (r"\left[", r"\right]"),
            (r"\Big[", r"\Big]"),
        ]),
        prime=rng.choice(["'", "'", r"^{\prime}", r"^\prime"]),
        mean=rng.choice(["E", r"\mathbb{E}", r"\mathrm{E}", r"\operatorname{E}"]),
        ranged=rng.random() < 0.2,
        unprimed=rng.random() < 0.3,
        spaced=rng.choice([", ", ",", r",\, "]),
    )  # fmt: skip


def dull_style(style: Style) -> Style:
    """The same names and forms, and otherwise the plainest LaTeX."""
    if style.plain:
        return Style(style.names, style.states, style.forms, plain=True, bar=" | ",
                     sums="sum_{{{}}} ", multiply=" ", fraction="{} / {}")  # fmt: skip
    return Style(style.names, style.states, style.forms)


def written(formula: Formula, style: Style) -> str:
    """A formula as its writer puts it down."""
    return _written(_unprimed(formula) if style.unprimed else formula, style, 0)


SUM, FACTOR = 0, 1  # where a formula stands: alone or between + and -; or among factors


def _written(formula: Formula, style: Style, place: int) -> str:
    match formula:
        case Prob():
            return _prob(formula, style)
        case Mean(variable, given, do):
            name = style.names[variable].capital
            return _around(style.mean, ("[", "]"), [name], given, do, style)
        case Number(value):
            return str(value)
        case Total(over, body):
            signs = [(letter,) for letter in over] if style.one_by_one else [over]
            front = "".join(style.sums.format(_index(some, style)) for some in signs)
            return front + _written(body, style, FACTOR)
        case Times(factors):
            texts = [_written(factor, style, FACTOR) for factor in factors]
            # a sum reaches as far as it can
            texts[:-1] = [
                _grouped(text, style) if isinstance(factor, Total) else text
                for factor, text in zip(factors[:-1], texts[:-1], strict=True)
            ]
            return style.multiply.join(texts)
        case Ratio(above, below) if "/" in style.fraction:
            one, other = (
                _written(side, style, SUM)
                if isinstance(side, Prob | Number)
                else _grouped(_written(side, style, SUM), style)
                for side in (above, below)
            )
            text = style.fraction.format(one, other)
            return _grouped(text, style) if place == FACTOR else text
        case Ratio(above, below):
            sides = (_written(side, style, SUM) for side in (above, below))
            return style.fraction.format(*sides)
        case Plus(terms):
            texts = [_term(term, style, last=i == len(terms) - 1) for i, term in enumerate(terms)]
            text = " + ".join(texts)
            return _grouped(text, style) if place == FACTOR else text
        case Minus(left, right):
            other = _term(right, style, last=True)
            if isinstance(right, Plus | Minus):
                other = _grouped(other, style)
            text = f"{_term(left, style, last=False)} - {other}"
            return _grouped(text, style) if place == FACTOR else text


def _term(formula: Formula, style: Style, *, last: bool) -> str:
    """A term of a sum: a sum sign that does not come last is bracketed, for readers' sake."""
    text = _written(formula, style, SUM)
    reaches = isinstance(formula, Total) or (
        isinstance(formula, Times) and isinstance(formula.factors[-1], Total)
    )
    return _grouped(text, style) if reaches and not last else text


def _grouped(text: str, style: Style) -> str:
    return f"{style.group[0]}{text}{style.group[1]}"


def _index(some: tuple[Letter, ...], style: Style) -> str:
    """What stands below a sum: letters, or one letter with its states."""
    text = style.spaced.join(_bound(x, style) for x in some)
    states = style.states[some[0].variable]
    if style.ranged and len(some) == 1 and states and states[0] == "0" and "{{" not in style.sums:
        return rf"{text} \in \{{{', '.join(states)}\}}"
    return text


def _prob(p: Prob, style: Style) -> str:
    of = [_event(e, style) for e in p.of]
    return _around(style.letter, style.brackets, of, p.given, p.do, style)


def _around(
    letter: str,
    brackets: tuple[str, str],
    of: list[str],
    given: tuple[Event, ...],
    do: tuple[Event, ...],
    style: Style,
) -> str:
    """A letter, brackets, and what stands left and right of the bar."""
    seen, done = ([_event(e, style) for e in some] for some in (given, do))
    head, actions = letter, []
    # the mean of a variable has its action inside: E_x is also said of a sum over x
    if (
        do
        and style.doing == "subscript"
        and letter == style.letter
        and all(_is_small(e, style) for e in do)
    ):
        head = f"{letter}_{{{style.spaced.join(done)}}}"
    elif do and style.doing == "hat" and all(_has_a_hat(e, style) for e in do):
        actions = [rf"\hat{{{text}}}" for text in done]
    elif do:
        form = style.doing if "{}" in style.doing else "do({})"
        together = [style.spaced.join(done)] if style.together else done
        actions = [form.format(text) for text in together]
    behind = [*actions, *seen] if style.actions_first else [*seen, *actions]
    inside = style.spaced.join(of)
    if behind:
        inside += style.bar + style.spaced.join(behind)
    return f"{head}{brackets[0]}{inside}{brackets[1]}"


def _event(event: Event, style: Style) -> str:
    name = style.names[event.variable]
    if isinstance(event.value, int):
        return _state(event.variable, event.value, style)
    letter = _bound(event.value, style)
    return f"{name.capital}={letter}" if style.forms[event.variable] == "assigned" else letter


def _state(variable: str, index: int, style: Style) -> str:
    name, states = style.names[variable], style.states[variable]
    state = str(index) if states is None else states[index]
    if style.state == "power":
        if state.isdigit() and len(name.model) == 1 and name.letter:
            return f"{name.letter}^{state}"
        return f"{name.capital}={state}"
    word = state if state.isdigit() or style.plain else style.word.format(state)
    return style.state.format(name.capital, word)


def _bound(letter: Letter, style: Style) -> str:
    name = style.names[letter.variable]
    small = style.forms[letter.variable] in ("letter", "assigned") and name.letter is not None
    text = name.letter if small and name.letter else name.capital
    if style.prime == "'" or style.plain:
        return text + "'" * letter.copy
    return text + "^{" + r"\prime" * letter.copy + "}" if letter.copy else text


def _is_small(event: Event, style: Style) -> bool:
    """Whether an event can stand in a subscript and not be read as a mass function's name."""
    return isinstance(event.value, int) or style.forms[event.variable] != "capital"


def _has_a_hat(event: Event, style: Style) -> bool:
    """Whether an event is one letter."""
    is_letter = not isinstance(event.value, int) and style.forms[event.variable] == "letter"
    return is_letter and len(style.names[event.variable].model) == 1


def _unprimed(formula: Formula) -> Formula:
    """The formula with x for a bound x', where no x is meant inside of the sum."""
    formula = rebuilt(formula, tuple(map(_unprimed, children(formula))))
    if not isinstance(formula, Total):
        return formula
    body, over = formula.body, list(formula.over)
    for i, letter in enumerate(over):
        short = Letter(letter.variable)
        if letter.copy and short not in letters(body):
            body, over[i] = _renamed(body, letter, short), short
    return Total(tuple(over), body)


def _renamed(formula: Formula, old: Letter, new: Letter) -> Formula:
    if isinstance(formula, Prob | Mean):
        return altered(formula, lambda e: Event(e.variable, new) if e.value == old else e)
    if isinstance(formula, Total) and old in formula.over:
        return formula
    return rebuilt(formula, tuple(_renamed(child, old, new) for child in children(formula)))
