"""The rules page, made from the catalogue: ``python -m docs.generate_rules`` writes it.

Main definitions
----------------
page : the text of ``docs/reference/rules.md``.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from symcausal.rules.catalogue import CATALOGUE
from symcausal.rules.rule import Rule

HERE = Path(__file__).resolve().parent
PAGE = HERE / "reference" / "rules.md"
BIBLIOGRAPHY = HERE / "references.bib"

HEAD = """\
# Rules

<!-- Written by `python -m docs.generate_rules` from symcausal/rules/catalogue.py. -->

Every step of a derivation uses one of these equalities, from left to right or back. There are no
others. A rule with a condition states it; the condition is decided before the step is written, and
the step keeps the decision.

- A separation $(Y \\perp Z \\mid W)$ is decided in the graph. An overline, $G_{\\overline{X}}$, cuts the
  arrows into $X$ first; an underline, $G_{\\underline{X}}$, those out of it. $Z(W)$ are the members of
  $Z$ that are no ancestors of $W$ once the arrows into $X$ are cut.
- A condition like $P(y) > 0$ is [assumed](assumptions.md), and carried to the answer where it matters.
  Rules that lead to a new condition (rule 2, adjustment, truncated factorisation) assume that it is
  possible, without saying so again below.

Small letters are values, capitals are variables, $\\mathrm{pa}$ are the values of parents.
"""

FAMILIES = {
    "probability": "In every probability space",
    "independence": "Independence in the graph",
    "sums": "Sums and fractions",
    "intervention": "Interventions",
    "adjustment": "Adjustment",
    "components": "Hidden causes",
    "worlds": "Several worlds",
    "contradicting_worlds": "Several worlds that contradict each other",
    "rising_worlds": "What never falls as a cause rises",
    "certainty": "Events that are fixed already",
    "table_entries": "Tables and means",
}


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for home, rules in groupby(CATALOGUE, key=lambda rule: _home(rule)):
        parts.append(f"## {FAMILIES[home]}\n")
        parts.extend(map(_section, rules))
    return "\n".join(parts)


def _home(rule: Rule) -> str:
    """The module that a rule stands in, which is its family."""
    return rule.transform.__module__.rpartition(".")[2]


def _section(rule: Rule) -> str:
    summary = (rule.transform.__doc__ or "").split("\n\n")[0].strip()
    condition = f"if\n\n$$\n{rule.condition}\n$$\n\n" if rule.condition else ""
    return (
        f"### {rule.title[0].upper()}{rule.title[1:]}\n\n"
        f"{summary}\n\n"
        f"$$\n{rule.statement}\n$$\n\n"
        f"{condition}"
        f"`{rule.name}`, [{rule.source}]({_link(rule.source)})\n"
    )


def _link(key: str) -> str:
    """The line of the bibliography where an entry begins."""
    lines = BIBLIOGRAPHY.read_text(encoding="utf-8").splitlines()
    number = next(i for i, line in enumerate(lines, 1) if line.endswith(f"{{{key},"))
    return f"../references.bib#L{number}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
