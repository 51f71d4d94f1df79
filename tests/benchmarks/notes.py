"""How long a file of 200 formulas takes to check, as a multiple of ``import sympy``.

The notes speak of ten variables: the student network of the textbooks with its job, its difficulty's
cause and two more. Most formulas are true by a law or by the graph: total probability, Bayes, products,
factorisations, separations, adjustments for direct causes. Every sixth has a slip in it, for which a
counterexample and what was meant are looked for. Rounds are interleaved, one fresh process per entry
and round, and medians are compared. Run it by ``python -m tests.benchmarks.notes [ROUNDS]``.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from symcausal.graph.graph import Graph
from symcausal.graph.separation import separated

ROOT = Path(__file__).resolve().parents[2]
MODEL = "F -> I; C -> D; D, I -> G; I -> S; G -> L; L, S -> J; G, J -> H; J -> M"
ARROWS = ("FI", "CD", "DG", "IG", "IS", "GL", "LJ", "SJ", "GH", "JH", "JM")
GRAPH = Graph("FCDIGSLJHM", [(a, b) for a, b in ARROWS])
FORMULAS = 200
ONE_FALSE_IN = 6
LIMIT = 5.0  # times ``import sympy``
ENTRY = "import sys; sys.argv[0] = 'symcausal'; from symcausal.cli.main import process; process()"


def _p(outcome: Sequence[str], given: Sequence[str] = (), do: str = "") -> str:
    bar = [*([rf"do({do.lower()})"] if do else []), *map(str.lower, given)]
    return (
        f"P({', '.join(map(str.lower, outcome))}"
        + (rf" \mid {', '.join(bar)}" if bar else "")
        + ")"
    )


def _sum(over: Sequence[str], body: str) -> str:
    return rf"\sum_{{{', '.join(map(str.lower, over))}}} {body}" if over else body


# -- laws, each with the slip that is made of it --------------------------------------------------
def total_probability(rng: random.Random) -> tuple[str, str]:
    """Sum a cause out; the slip forgets its weight."""
    x, y = rng.sample(GRAPH.nodes, 2)
    return f"{_p(y)} = {_sum(x, f'{_p(y, x)} {_p(x)}')}", f"{_p(y)} = {_sum(x, _p(y, x))}"


def total_probability_given(rng: random.Random) -> tuple[str, str]:
    """The same under a condition; the slip drops it from the weight."""
    x, y, z = _tied(
        rng,
        lambda x, y, z: (
            not separated(GRAPH, (x,), (z,), ()) and not separated(GRAPH, (x,), (y,), (z,))
        ),
    )
    body = f"{_p(y, (x, z))}"
    return (
        f"{_p(y, z)} = {_sum(x, f'{body} {_p(x, z)}')}",
        f"{_p(y, z)} = {_sum(x, f'{body} {_p(x)}')}",
    )


def bayes(rng: random.Random) -> tuple[str, str]:
    """Bayes' rule; the slip divides by the wrong probability."""
    x, y, _ = _tied(rng, lambda x, y, z: not separated(GRAPH, (x,), (y,), ()))
    top = f"{_p(y, x)} {_p(x)}"
    return rf"{_p(x, y)} = \frac{{{top}}}{{{_p(y)}}}", rf"{_p(x, y)} = \frac{{{top}}}{{{_p(x)}}}"


def bayes_with_sum(rng: random.Random) -> tuple[str, str]:
    """Bayes' rule with the denominator written out; the slip swaps the condition above."""
    x, y, _ = _tied(rng, lambda x, y, z: not separated(GRAPH, (x,), (y,), ()))
    below = rf"\sum_{{{x.lower()}'}} P({y.lower()} \mid {x.lower()}') P({x.lower()}')"
    return (
        rf"{_p(x, y)} = \frac{{{_p(y, x)} {_p(x)}}}{{{below}}}",
        rf"{_p(x, y)} = \frac{{{_p(x, y)} {_p(x)}}}{{{below}}}",
    )


def product_rule(rng: random.Random) -> tuple[str, str]:
    """Two at once; the slip forgets a condition that matters."""
    x, y, z = _tied(rng, lambda x, y, z: not separated(GRAPH, (x,), (y,), (z,)))
    joint = _p((x, y), z)
    return f"{joint} = {_p(x, z)} {_p(y, (x, z))}", f"{joint} = {_p(x, z)} {_p(y, z)}"


def separation(rng: random.Random) -> tuple[str, str]:
    """A condition that the graph makes idle; the slip drops what it rests on."""
    x, y, z = _tied(
        rng,
        lambda x, y, z: separated(GRAPH, (x,), (y,), (z,)) and not separated(GRAPH, (x,), (y,), ()),
    )
    return f"{_p(x, (y, z))} = {_p(x, z)}", f"{_p(x, y)} = {_p(x)}"


def chain_of_equals(rng: random.Random) -> tuple[str, str]:
    """A marginal in three lines; the slip is in the last one."""
    x = rng.choice([name for name in GRAPH.nodes if len(GRAPH.parents(name)) == 2])
    a, b = GRAPH.parents(x)
    lines = (
        rf"{_p(x)} &= {_sum((a, b), _p((x, a, b)))} \\ "
        rf"&= {_sum((a, b), f'{_p(x, (a, b))} {_p((a, b))}')}"
    )
    wrong = (
        rf"{_p(x)} &= {_sum((a, b), _p((x, a, b)))} \\ "
        rf"&= {_sum((a, b), f'{_p(x, (a, b))} {_p(a)}')}"
    )
    return _aligned(lines), _aligned(wrong)


def factorisation(rng: random.Random) -> tuple[str, str]:
    """The joint of a variable's ancestors; the slip drops the arrow into it."""
    x = rng.choice([name for name in GRAPH.nodes if GRAPH.parents(name)])
    names = GRAPH.names(GRAPH.ancestors_mask(GRAPH.mask([x])))
    factors = [_p(n, GRAPH.parents(n)) for n in names]
    wrong = [_p(n, () if n == x else GRAPH.parents(n)) for n in names]
    return f"{_p(names)} = {' '.join(factors)}", f"{_p(names)} = {' '.join(wrong)}"


def adjustment(rng: random.Random) -> tuple[str, str]:
    """Adjust for direct causes; the slip takes seeing for doing."""
    x, y, _ = _tied(
        rng,
        lambda x, y, z: (
            bool(GRAPH.parents(x))
            and y not in GRAPH.parents(x)
            and not separated(GRAPH, (x,), (y,), (), cut_out_of=(x,))
        ),
    )
    causes, effect = GRAPH.parents(x), _p(y, do=x)
    return (
        f"{effect} = {_sum(causes, f'{_p(y, (x, *causes))} {_p(causes)}')}",
        f"{effect} = {_p(y, x)}",
    )


def sums_to_one(rng: random.Random) -> tuple[str, str]:
    """A probability sums to one over its outcome, not over its condition."""
    x, y, _ = _tied(rng, lambda x, y, z: not separated(GRAPH, (x,), (y,), ()))
    return f"{_sum(x, _p(x, y))} = 1", f"{_sum(x, _p(y, x))} = {_p(y)}"


LAWS: tuple[Callable[[random.Random], tuple[str, str]], ...] = (
    total_probability, total_probability_given, bayes, bayes_with_sum, product_rule, separation,
    chain_of_equals, factorisation, adjustment, sums_to_one,
)  # fmt: skip


def _tied(rng: random.Random, fits: Callable[[str, str, str], bool]) -> tuple[str, str, str]:
    """Three variables that stand in some relation."""
    while True:
        x, y, z = rng.sample(GRAPH.nodes, 3)
        if fits(x, y, z):
            return x, y, z


def _aligned(lines: str) -> str:
    return rf"\begin{{aligned}} {lines} \end{{aligned}}"


# -- the file and its time ------------------------------------------------------------------------
def notes() -> tuple[str, int]:
    """A Markdown file, and how many of its formulas are false."""
    rng = random.Random(10)
    lines = ["# Notes on ten variables", "", "```symcausal", MODEL, "```", ""]
    false = 0
    for number in range(FORMULAS):
        law = LAWS[number % len(LAWS)]
        true, wrong = law(rng)
        is_false = number % ONE_FALSE_IN == ONE_FALSE_IN - 1
        false += is_false
        shown = wrong if is_false else true
        lines += [f"{law.__doc__.split(';')[0].rstrip('.')}:", f"$$ {shown} $$", ""]
    return "\n".join(lines), false


def medians(path: Path, rounds: int) -> dict[str, float]:
    """Seconds of both processes, after one round that fills the caches."""
    entries = {"import sympy": ["-c", "import sympy"], "check": ["-c", ENTRY, "check", str(path)]}
    times: dict[str, list[float]] = {name: [] for name in entries}
    for _ in range(rounds + 1):
        for name, words in entries.items():
            start = perf_counter()
            ended = subprocess.run(
                [sys.executable, *words], capture_output=True, cwd=ROOT, check=False
            )
            times[name].append(perf_counter() - start)
            if ended.returncode not in (0, 1):
                raise SystemExit(ended.stderr.decode())
    return {name: median(found[1:]) for name, found in times.items()}


def verdicts(path: Path) -> dict[str, int]:
    """How many claims hold, fail and so on."""
    ended = subprocess.run(
        [sys.executable, "-c", ENTRY, "check", "--format", "json", str(path)],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    found: dict[str, int] = json.loads(ended.stdout)["summary"]
    return found


def imports_sympy(path: Path) -> bool:
    """Whether checking imports SymPy."""
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", ENTRY, "check", str(path)],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    return any(line.rpartition("|")[2].strip() == "sympy" for line in ended.stderr.splitlines())


def written(folder: str) -> tuple[Path, int]:
    """The file, written, and how many of its formulas are false."""
    text, false = notes()
    path = Path(folder) / "notes.md"
    path.write_text(text, encoding="utf-8")
    return path, false


def ratio(rounds: int = 5) -> float:
    """How many times as long as ``import sympy`` the check takes, printed with both times."""
    with tempfile.TemporaryDirectory() as folder:
        path, _ = written(folder)
        found = medians(path, rounds)
    times = found["check"] / found["import sympy"]
    print(
        f"{FORMULAS} formulas: {found['check']:.2f} s, import sympy {found['import sympy']:.2f} s, "
        f"ratio {times:.2f} (limit {LIMIT})"
    )
    return times


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        file, wrong = written(folder)
        print(verdicts(file), f"{wrong} formulas are false", "sympy imported:", imports_sympy(file))
    raise SystemExit(ratio(int(sys.argv[1]) if len(sys.argv) > 1 else 5) > LIMIT)
