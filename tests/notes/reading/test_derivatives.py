"""The derivative of a probability is no claim, as we print it and as others do."""

from __future__ import annotations

import pytest

from symcausal import Model
from tests.command_line import EXAMPLES

STUDENT = Model.load(str(EXAMPLES / "student.model"))


@pytest.mark.parametrize(
    "sign",
    [
        r"\frac{d}{dt}",
        r"\frac{d}{d t}",
        r"\dfrac{\mathrm{d}}{\mathrm{d}\theta_1}",
        r"\frac{\mathrm d}{\mathrm d\,q}",
    ],
)
def test_a_derivative_is_no_claim(sign: str) -> None:
    for claim in (rf"{sign} P(S=high) = 3", rf"{sign}\,P(S=high) = \frac{{1}}{{(2 t + 1)^{{2}}}}"):
        assert list(STUDENT.check(f"${claim}$").claims) == []
    assert len(STUDENT.check(r"$P(S=high) = \frac{3}{7}$").claims) == 1
