"""The graph of a model as a picture.

Main definitions
----------------
draw : print one.
"""

from __future__ import annotations

from collections.abc import Mapping

from symcausal.errors import UsageError, nearest
from symcausal.network.network import Network
from symcausal.writing.drawing import Picture, dot, svg, tikz

_PRINTERS = {"tikz": tikz, "svg": svg, "dot": dot}


def draw(network: Network, shape: str, done: Mapping[str, str]) -> str:
    """Draw the graph of a network, some variables set to states.

    Raises
    ------
    UnknownVariableError, UnknownStateError
        If a variable or a state is not there.
    LimitError
        If the graph is too large to be laid out.
    """
    if shape not in _PRINTERS:
        raise UsageError(
            f"no format '{shape}'", expected=", ".join(_PRINTERS), hint=nearest(shape, _PRINTERS)
        )
    names = {
        spelt: variable.name
        for variable in network.variables.values()
        for spelt in (*variable.aliases, variable.name)
    }
    actions = {}
    for name, state in done.items():
        variable = network.variable(names.get(name, name))
        actions[variable.name] = variable.states[variable.position(state)]
    return _PRINTERS[shape](Picture(network.graph, actions))
