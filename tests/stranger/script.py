"""A script as a stranger writes it, of what docs/reference/python.md says and nothing else.

``mypy --strict`` takes it without a comment, and it runs in ``examples``: test_stranger.py beside it does
both with the sources, ``make wheel`` with the wheel.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from symcausal import Model, Notation, SymcausalError, check, check_file, latex, parse, types


def decimals(model: Model, query: str) -> dict[str, float]:
    """Return the values of a query with free values, by their states."""
    table = model.probability(query)
    assert isinstance(table, types.ValueTable)
    return {", ".join(states): float(value) for states, value in table.items()}


def rules_of(derivation: types.Derivation) -> list[str]:
    """Return the rule of each step, and what it took for granted."""
    said = []
    for step in derivation.steps:
        taken = [latex(made.condition) for made in step.conditions if made.verdict == "assumed"]
        said.append(", ".join([step.rule.name, *taken]))
        said.extend(substep.rule.name for substep in step.substeps)
    return said


def why_not(found: types.Identification) -> str:
    """Return what is in the way of an effect."""
    if found.hedge is None or found.estimand is not None:
        return ""
    remedies = ["; ".join(remedy.variables) for remedy in found.remedies]
    if found.two_models is not None:
        first, second = (pair.probability("P(Y=1 | do(X=1))") for pair in found.two_models)
        assert first - second
    bounds = found.bounds
    known = "" if bounds is None else f"{latex(bounds.lower)} to {latex(bounds.upper)}"
    return f"{', '.join(found.hedge.larger)}: {known}; try {remedies}"


def main() -> None:
    """Ask one question of each kind."""
    rain = Model(
        [("Rain", "Wet")],
        states={"Rain": ["no", "yes"], "Wet": ["no", "yes"]},
        cpts={"Rain": [0.75, 0.25], "Wet": {"no": ["9/10", "1/10"], "yes": {"no": 0, "yes": 1}}},
    )
    posterior: Fraction = rain.probability("P(Rain=yes | Wet=yes)")
    assert posterior + 1 == Fraction(23, 13)  # 1/4 against 3/4 * 1/10
    print(f"{float(posterior):.3f}", decimals(rain, "P(Rain | Wet)"))

    student = Model.load("student.model")
    grades: tuple[str, ...] = student.variables["G"]
    print(grades, sorted(student.graph.edges), student.counts.free_parameters)
    derivation = student.derive("P(L | do(G=A))", detail="full")
    print(rules_of(derivation), latex(derivation.formula, "pearl"), derivation.assumptions)
    print(derivation.to_latex(notation="koller", width=40), derivation.to_html()[:15])
    print(student.closed_form("P(L=strong | do(G=A))"), latex(derivation), latex(student.graph))

    difference = student.compare("P(S=high | do(G=A))", "P(S=high | G=A)")
    print([str(path) for path in difference.open_paths], [str(z) for z in difference.repairs])
    if difference.values is not None and difference.example is not None:
        left, right = difference.values
        print(left - right, difference.example.left - difference.example.right)
    print(why_not(Model("X -> Y; X <-> Y").identify("P(Y | do(X))")))

    print([(one.left, one.given) for one in student.independencies()])
    print(student.independence("D _||_ L | G").holds, student.independent("I", "D", given=["L"]))
    print([one.variables for one in student.adjustment_sets("G", "L", kind="all")])
    print([(one.variable, one.given) for one in student.instruments("G", "L").found])

    curve: types.Sensitivity = student.sensitivity("P(I=high | S=high)", "P(S=high | I=low)")
    joint = student.sensitivity("P(I=high | S=high)", ["P(S=high | I=low)"])
    ranked = student.sensitivities("P(I=high | S=high)", at_least=0.9)
    print(curve.expr, joint.to_text(), [row.entry for row, _ in ranked.rows])
    compiled = student.symbolic().compile("P(I=high | L=weak)")
    value: Fraction = compiled(student.values)
    print(value, compiled.gradient(student.values)["theta_I_low"], compiled.parameters[:2])
    print(student.evaluation("P(S=high)").to_source("c"), student.table("P(L | I)").to_csv())

    mine = Notation.infer(r"\Pr(y | \hat{x}) = \sum_z \Pr(y | x, z) \Pr(z)")
    print(latex(parse("P(Y | do(X))"), mine), latex(value), latex(student.do(G="A")))
    report = check("P(A | B) = P(B)", "A -> B")
    for claim in report.claims:
        told = claim.counterexample
        print(claim.verdict, claim.reason, claim.line, "" if told is None else told["left"] + "!")
    print(check_file(Path("notes.md")).to_github())
    try:
        student.probability("P(L=strong | G=D)")
    except SymcausalError as error:
        print(error.found, error.hint, error.span.column if error.span else "")


main()
