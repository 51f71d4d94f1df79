"""Networks of pgmpy and pyAgrum as objects, from one and to one.

Main definitions
----------------
from_pgmpy, from_pyagrum : an object to a network; neither package is imported.
to_pgmpy, to_pyagrum : a network to an object of the package.

Implementation notes
--------------------
Their numbers are floats. A float stands for the shortest decimal that is read as it, in single precision
if it is a number of that kind: pyAgrum makes such of the decimals in a BIF file. Rows that do not sum to
one then are settled as rounded rows of a file are.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import product

from symcausal.algebra.scalar import Number
from symcausal.errors import ModelError, Source, UsageError
from symcausal.hints import Any
from symcausal.network.formats.assembly import Assembly, Content, listed
from symcausal.network.formats.export import Export
from symcausal.network.network import Network

_HIDDEN = "hidden"


def from_pgmpy(model: Any, *, rescale: bool = False) -> Content:
    """Read a Bayesian network of pgmpy; a graph of pgmpy's, without tables, stays symbolic."""
    assembly = _assembly(model, "pgmpy", ("nodes", "edges"), rescale=rescale)
    find = getattr(model, "get_cpds", None)
    tables = {name: find(name) if find else None for name in model.nodes()}
    for name, table in tables.items():
        states = table.state_names[name] if table is not None else ("0", "1")
        assembly.variable(str(name), [str(state) for state in states], None)
    assembly.hidden += [
        str(name) for name in model.nodes() if name in getattr(model, "latents", ())
    ]
    for name, table in tables.items():
        causes = [cause for cause, effect in model.edges() if effect == name]
        if table is None:
            for cause in causes:
                assembly.arrow(str(cause), "->", str(name), None)
            continue
        if set(causes) != set(table.variables[1:]):
            shown = listed(str(parent) for parent in table.variables[1:])
            expected = f"its parents, {listed(map(str, causes)) or 'none'}"
            assembly.fault(ModelError(f"a table of {name} given {shown}", expected=expected))
            continue
        family = assembly.family(str(name), [str(p) for p in table.variables[1:]], None)
        if family is not None:
            columns = table.get_values().T.tolist()
            assembly.table(family, [_spelled(x) for column in columns for x in column], None)
    return assembly.graph_content()


def from_pyagrum(network: Any, *, rescale: bool = False) -> Content:
    """Read a Bayesian network of pyAgrum."""
    assembly = _assembly(network, "pyAgrum", ("nodes", "variable", "cpt"), rescale=rescale)
    nodes = sorted(network.nodes())
    for node in nodes:
        variable = network.variable(node)
        assembly.variable(variable.name(), list(variable.labels()), None)
    if _HIDDEN in network.properties():
        assembly.hidden += network.property(_HIDDEN).split("\n")
    for node in nodes:
        table = network.cpt(node)
        name, *parents = table.names
        # the axes of its lists run the other way round: the last parent first
        family = assembly.family(name, parents[::-1], None)
        if family is not None:
            assembly.table(family, [_spelled(x) for x in _flat(table.tolist())], None)
    return assembly.content()


def to_pgmpy(network: Network) -> Any:
    """Make a Bayesian network of pgmpy.

    Raises
    ------
    ModelError
        If there are hidden common causes, or symbols.
    UsageError
        If pgmpy is not installed.
    """
    Export(network, "pgmpy").needs_numbers()
    models, factors = (
        _imported("pgmpy.models", "pgmpy"),
        _imported("pgmpy.factors.discrete", "pgmpy"),
    )
    graph = network.graph
    made = models.DiscreteBayesianNetwork(list(graph.directed), latents=set(graph.hidden))
    made.add_nodes_from(graph.nodes)
    made.latents = set(graph.hidden)
    for name, table in network.tables.items():
        parents, width = list(table.parents), network.size(name)
        numbers = _floats(table.entries)
        made.add_cpds(
            factors.TabularCPD(
                name,
                width,
                [numbers[i::width] for i in range(width)],
                evidence=parents or None,
                evidence_card=[network.size(p) for p in parents] or None,
                state_names={n: list(network.variable(n).states) for n in (name, *parents)},
            )
        )
    return made


def to_pyagrum(network: Network) -> Any:
    """Make a Bayesian network of pyAgrum; hidden variables are named in its property ``hidden``.

    Raises
    ------
    ModelError
        If there are hidden common causes, or symbols.
    UsageError
        If pyAgrum is not installed.
    """
    Export(network, "pyAgrum").needs_numbers()
    package = _imported("pyagrum", "pyagrum")
    made = package.BayesNet()
    for variable in network.variables.values():
        title = variable.label or variable.name
        made.add(package.LabelizedVariable(variable.name, title, list(variable.states)))
    for name, table in network.tables.items():
        for parent in table.parents:
            made.addArc(parent, name)
        sizes = [range(network.size(parent)) for parent in reversed(table.parents)]
        numbers, width = _floats(table.entries), network.size(name)
        filled: list[float] = []
        for states in product(*sizes):  # its tables run through the first parent fastest
            row = 0
            for parent, state in zip(table.parents, reversed(states), strict=True):
                row = row * network.size(parent) + state
            filled += numbers[row * width : (row + 1) * width]
        made.cpt(name).fillWith(filled)
    if network.graph.hidden:
        hidden = [name for name in network.graph.nodes if name in network.graph.hidden]
        made.setProperty(_HIDDEN, "\n".join(hidden))
    return made


def _assembly(model: Any, package: str, needed: Iterable[str], *, rescale: bool) -> Assembly:
    if not all(callable(getattr(model, name, None)) for name in needed):
        raise UsageError(f"{type(model).__name__}", expected=f"a Bayesian network of {package}")
    return Assembly(Source("", package), rescale=rescale)


def _imported(module: str, package: str) -> Any:
    try:
        return import_module(module)
    except ImportError:
        raise UsageError(f"{package} is not installed", hint=f"pip install {package}") from None


def _floats(entries: Iterable[object]) -> list[float]:
    return [float(entry.value) for entry in entries if isinstance(entry, Number)]


def _flat(nested: Any) -> Iterator[float]:
    if isinstance(nested, list):
        for part in nested:
            yield from _flat(part)
    else:
        yield float(nested)


def _spelled(value: float) -> str:
    """The shortest decimal that is read as this number, in single precision if it is one."""
    try:
        single = struct.unpack("f", struct.pack("f", value))[0] == value
    except OverflowError:
        single = False
    if single:
        for digits in range(1, 10):
            text = f"{value:.{digits}g}"
            if struct.unpack("f", struct.pack("f", float(text)))[0] == value:
                return text
    return repr(float(value))
