"""What a user of the wheel meets first; run by ``make wheel`` in a fresh environment.

Not a test module: it must work where nothing but the wheel and its dependencies is installed.
"""

import subprocess
import sys
from importlib.metadata import distributions, version
from importlib.resources import files
from pathlib import Path

import symcausal

installed = {d.metadata["Name"].lower() for d in distributions()}
script = Path(sys.executable).with_name("symcausal")


def main() -> None:
    """Check the contents of the wheel, then ask the command and the library one question each."""
    source = Path(symcausal.__file__).resolve()
    if "site-packages" not in source.parts:
        raise SystemExit(f"not the wheel: {source}")
    if not files("symcausal").joinpath("py.typed").is_file():
        raise SystemExit("the wheel lacks py.typed")
    unwanted = installed & {"lark", "numpy", "pytest"}
    if unwanted:
        raise SystemExit(f"the wheel brings {sorted(unwanted)}")
    asked = [str(script), "derive", "I -> G <- D; I -> S; G -> L", "P(S | do(G=1))"]
    derived = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    if "= P(S) " not in derived:
        raise SystemExit(f"unexpected derivation:\n{derived}")
    coin = symcausal.Model.parse("C: heads, tails; P(C) = 1/3, rest")
    if str(coin.probability("P(C=tails)")) != "2/3":
        raise SystemExit("P(C=tails) should be 2/3")
    sys.stdout.write(f"wheel of symcausal {version('symcausal')} works\n")


main()
