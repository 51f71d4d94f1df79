"""Numbers longer than Python writes: nine entries of 700 digits come to a fraction of 6,300."""

from __future__ import annotations

import json
import random
import re
from fractions import Fraction

import pytest

from symcausal import Model
from symcausal.types import Shown


def _entry(seed: int) -> str:
    digits = random.Random(seed)
    return "0." + "".join(digits.choice("123456789") for _ in range(700))


LENGTH = 8
CHAIN = Model.parse(
    "\n".join(
        [
            " -> ".join(f"X{i}" for i in range(LENGTH + 1)),
            f"P(X0) = {_entry(0)}, rest",
            *(
                f"P(X{i} | X{i - 1}={state}) = {_entry(2 * i + state)}, rest"
                for i in range(1, LENGTH + 1)
                for state in (0, 1)
            ),
        ]
    )
)
QUERY = f"P(X{LENGTH}=0)"
VALUE = CHAIN.probability(QUERY)
ANSWERS: dict[str, Shown] = {
    "value": CHAIN.evaluation(QUERY),
    "values": CHAIN.evaluation(f"P(X0 | X{LENGTH}=0)"),
    "derivation": CHAIN.derive(QUERY),
    "calculation": CHAIN.derive(QUERY).numbers,
    "table": CHAIN.table(f"P(X{LENGTH})"),
    "sensitivity": CHAIN.sensitivity(QUERY, "P(X0=0)"),
    "joint sensitivity": CHAIN.sensitivity(QUERY, ["P(X0=0)", "P(X3=0 | X2=0)"]),
    "sensitivities": CHAIN.sensitivities(QUERY),
    "comparison": CHAIN.compare(QUERY, f"P(X{LENGTH}=0 | X0=0)"),
    "report": CHAIN.check(f"{QUERY} = P(X0=0)"),
}
SHAPES = ("text", "latex", "markdown", "html", "typst", "json")


def exact(written: str) -> Fraction:
    """The number that is written, read by a hundred digits at a time."""
    parts = []
    for side in written.split("/"):
        number = 0
        for piece in re.findall(r"\d{1,100}", side):
            number = number * 10 ** len(piece) + int(piece)
        parts.append(number)
    return Fraction(*parts)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_is_printed(name: str, shape: str) -> None:
    assert ANSWERS[name].to(shape)


def test_the_value_is_written_exactly() -> None:
    assert VALUE.denominator > 10**4300
    written = json.loads(ANSWERS["value"].to_json())["value"]
    assert exact(written) == VALUE
    assert exact(ANSWERS["value"].to("csv").split()[-1]) == VALUE


def test_counts_longer_than_python_writes() -> None:
    """Fifteen hundred variables of a thousand states: ten to the power of 4,500 joint entries."""
    wide = Model.parse("; ".join(f"X{i}: 1000" for i in range(1500)))
    assert wide.counts.joint_entries == 10**4500
    assert "about 10^4500" in wide.counting().to_text()
    joint = json.loads(wide.counting().to_json())["joint distribution"]
    assert joint["entries"] == "1" + "0" * 4500
