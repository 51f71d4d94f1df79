"""The formats by name and by file ending; each is imported when a file of it is read or written.

Main definitions
----------------
FORMATS : the names, each with its module and its file endings.
format_of : the format of a path, by its ending.
read_format, write_format : text in a format to a network, and back.
"""

from __future__ import annotations

from importlib import import_module

from symcausal.errors import Source, UsageError, nearest
from symcausal.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from symcausal.network.formats.assembly import Content
    from symcausal.network.network import Network

#: Name of a format: its module, its file endings, the first of which is written.
FORMATS = {
    "bif": ("bif", (".bif",)),
    "xmlbif": ("xmlbif", (".bifxml", ".xmlbif", ".xml")),
    "dsc": ("dsc", (".dsc",)),
    "uai": ("uai", (".uai",)),
    "xdsl": ("xdsl", (".xdsl",)),
    "hugin": ("hugin", (".net",)),
    "dagitty": ("dagitty", (".dagitty",)),
    "dot": ("dot", (".dot", ".gv")),
    "gml": ("gml", (".gml",)),
}


def format_of(path: str) -> str | None:
    """The format that the ending of a path stands for, or None if it stands for none of these."""
    low = path.lower()
    return next(
        (name for name, (_, endings) in FORMATS.items() if low.endswith(endings)),
        None,
    )


def read_format(source: Source, name: str, *, rescale: bool = False) -> Content:
    """Read a text in a format.

    Parameters
    ----------
    source : Source
        The text.
    name : str
        The format.
    rescale : bool
        Whether rows that are off by more than rounding are divided by their sums, or else faults.

    Raises
    ------
    UsageError
        If there is no such format.
    SymcausalError
        With every fault of the text.
    """
    from symcausal.network.formats.assembly import Assembly

    content: Content = getattr(_module(name), f"read_{name}")(Assembly(source, rescale=rescale))
    return content


def write_format(network: Network, name: str) -> tuple[str, list[str]]:
    """The text of a network in a format, and what the format does not hold of it.

    Raises
    ------
    ModelError
        If the format cannot hold what matters: hidden common causes, symbols.
    """
    from symcausal.network.formats.export import Export

    module, export = _module(name), Export(network, name)
    text: str = getattr(module, f"write_{name}")(export)
    export.finish()
    return text, export.lost


def named(name: str) -> str:
    """The format of a name or of a file ending: ``hugin``, ``net`` or ``.net``."""
    low = name.lower().lstrip(".")
    if low in FORMATS:
        return low
    return format_of(f".{low}") or low


def _module(name: str) -> ModuleType:
    if name not in FORMATS:
        raise UsageError(f"there is no format '{name}'", hint=nearest(name, ("model", *FORMATS)))
    return import_module(f"symcausal.network.formats.{FORMATS[name][0]}")
