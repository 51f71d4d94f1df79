"""How times grow with the network, from five variables to hundreds: a table and a picture.

For each network the question is the root given the leaf that needs most tables. Timed are reading the
file, the closed form as tables with every entry a symbol, compiling, one value in floats, and a value
with all derivatives; each is the median of some calls. A network whose tables do not fit is listed with
what its refusal says. Run it by ``python -m tests.benchmarks.growth [PICTURE.png [DIRECTORY]]``, with
networks as ``.bif`` files; without a directory they are those that pgmpy brings, from asia to munin1.
The picture takes matplotlib.
"""

from __future__ import annotations

import sys
from pathlib import Path

from symcausal import Model
from symcausal.errors import LimitError
from symcausal.expr.build import prob
from symcausal.expr.nodes import Event, Letter, State
from symcausal.numbers.evaluate.table_reading import table_form
from tests.benchmarks.compiled import question
from tests.benchmarks.timing import in_a_row
from tests.support.bnlearn import packed, unpacked

TO_MUNIN1 = (
    "asia", "cancer", "earthquake", "survey", "sachs", "child", "alarm", "insurance", "win95pts",
    "hepar2", "hailfinder", "andes", "pigs", "water", "munin1",
)  # fmt: skip
NAME_WIDTH = 1.22  # as a factor on the axis of entries
STEPS = ("read", "closed form", "compile", "value", "derivatives")


def measured(path: Path) -> tuple[int, dict[str, float], str]:
    """Entries of all tables, seconds of each step, and what was refused."""
    times = {"read": in_a_row(lambda: Model.load(path))}
    model = Model.load(path)
    entries = model.counts.table_entries
    root, leaf = question(model.network)
    state = State(model.variables[leaf][0])
    query = prob([Event(root, Letter(root))], [Event(leaf, state)])
    try:
        free = model.symbolic()
        times["closed form"] = in_a_row(lambda: table_form(free.network, query))
        times["compile"] = in_a_row(lambda: free.compile(query))
        compiled = free.compile(query)
        numbers = {name: float(value) for name, value in model.values.items()}
        times["value"] = in_a_row(lambda: compiled(numbers))
        times["derivatives"] = in_a_row(lambda: compiled.gradient(numbers))
    except LimitError as error:
        return entries, times, str(error).splitlines()[0]
    return entries, times, ""


def draw(rows: dict[str, tuple[int, dict[str, float]]], path: str) -> None:
    """Plot times over table entries, both by powers of ten, and what is proportional to entries."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 6), layout="constrained")
    axes = figure.add_subplot()
    for step, marker in zip(STEPS, "osD^v", strict=True):
        points = sorted((n, times[step] * 1e3) for n, times in rows.values() if step in times)
        axes.loglog(*zip(*points, strict=True), marker, markersize=5, label=step)
    sizes = sorted({entries for entries, _ in rows.values()})
    ends = [sizes[0], sizes[-1]]
    axes.loglog(ends, [n / 400 for n in ends], "--", color="grey", label="2.5 µs an entry")
    place, top = 0.0, axes.get_ylim()[1]
    for name, (entries, _) in sorted(rows.items(), key=lambda item: item[1][0]):
        place = max(entries, place * NAME_WIDTH)  # names are apart where networks are not
        axes.annotate(
            name, (entries, top), (place, top * 1.4), rotation=90, ha="center", va="bottom",
            fontsize=8, annotation_clip=False, arrowprops={"arrowstyle": "-", "lw": 0.5},
        )  # fmt: skip
        axes.axvline(entries, color="lightgrey", lw=0.5, zorder=0)
    axes.set_ylim(top=top)
    axes.set_xlabel("entries of all tables")
    axes.set_ylabel("ms")
    axes.legend(loc="upper left")
    figure.savefig(path, dpi=150)


def main() -> None:
    """Measure the networks, smallest file first."""
    if len(sys.argv) > 2:
        paths = [*Path(sys.argv[2]).glob("*.bif")]
    else:
        paths = [unpacked(name) for name in TO_MUNIN1 if name in packed()]
    print(f"{'ms':12}{'entries':>10}" + "".join(f"{step:>13}" for step in STEPS))
    rows = {}
    for path in sorted(paths, key=lambda path: path.stat().st_size):
        entries, times, refused = measured(path)
        cells = "".join(f"{times[s] * 1e3:13.2f}" if s in times else f"{'-':>13}" for s in STEPS)
        print(f"{path.stem:12}{entries:10}{cells}  {refused}", flush=True)
        rows[path.stem] = (entries, times)
    if len(sys.argv) > 1:
        draw(rows, sys.argv[1])


if __name__ == "__main__":
    main()
