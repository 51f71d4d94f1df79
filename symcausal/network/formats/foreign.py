"""Files that no reader here reads, by their endings; and the format of a text by its first words.

Main definitions
----------------
unread : why a file of some ending is not read, and what to do.
recognised : the format that a text is in, whatever its file is called.
"""

from __future__ import annotations

import os
import re

from symcausal.errors import UsageError

_READ = "a model text, or .bif, .xml, .xdsl, .net, .dsc, .uai, .dagitty, .dot, .gml"
_GENIE = "open it in GeNIe and save it as .xdsl"
_PYTHON = "load it in Python and hand the network to Model.from_pgmpy or Model.from_pyagrum"
_UNPACK = "unpack it, and name the file that comes out"
_WRITE = "write the network as .bif, .net, .xdsl or .xml where it was made"
_BNLEARN = "in R, bnlearn's write.bif and write.net write a network that was fitted"
_ROWS = "pass the rows to Model(edges, states=..., cpts=...)"
_CHECK = "`symcausal check` reads them"
_TEXT = "write the arrows as a model text: X -> Z; Z -> Y"
_TABLE = "Model.fit learns numbers from it, for a model that has the arrows"

#: What files with an ending are, and what to do with them.
_ENDINGS = {
    ".dsl": ("the old format of GeNIe", _GENIE),
    ".dne": ("a network of Netica", _GENIE),
    ".dnet": ("a network of Netica", _GENIE),
    ".neta": ("a network of Netica, in binary", f"save it as .dne in Netica; then {_GENIE}"),
    ".oobn": ("an object-oriented network of Hugin", "unfold it in Hugin and save it as .net"),
    ".hkb": ("a compiled network of Hugin", "open it in Hugin and save it as .net"),
    ".xbn": ("the XML format of Microsoft's MSBN", "save it as .dsc in MSBNx"),
    ".elv": ("a network of Elvira", _WRITE),
    ".pgmx": ("a network of OpenMarkov", _WRITE),
    ".o3prm": ("a relational model of aGrUM", "instantiate it in pyAgrum; Model.from_pyagrum"),
    ".erg": ("a network of Ergo", _GENIE),
    ".mat": ("data of MATLAB", _WRITE),
    ".rda": ("data of R", _BNLEARN),
    ".rdata": ("data of R", _BNLEARN),
    ".rds": ("data of R", _BNLEARN),
    ".pkl": ("a pickle, which runs code when it is opened", _PYTHON),
    ".pickle": ("a pickle, which runs code when it is opened", _PYTHON),
    ".json": ("JSON, in which every program writes networks of its own", _PYTHON),
    ".yaml": ("YAML", _PYTHON),
    ".yml": ("YAML", _PYTHON),
    ".npz": ("arrays of NumPy", _ROWS),
    ".npy": ("arrays of NumPy", _ROWS),
    ".csv": ("a table of data", _TABLE),
    ".tsv": ("a table of data", _TABLE),
    ".parquet": ("a table of data", _TABLE),
    ".xlsx": ("a spreadsheet", f"save it as CSV: {_TABLE}"),
    ".xls": ("a spreadsheet", f"save it as CSV: {_TABLE}"),
    ".gz": ("a packed file", _UNPACK),
    ".bz2": ("a packed file", _UNPACK),
    ".xz": ("a packed file", _UNPACK),
    ".zip": ("a packed file", _UNPACK),
    ".py": ("a program", _PYTHON),
    ".ipynb": ("notes", _CHECK),
    ".md": ("notes", _CHECK),
    ".tex": ("notes", _CHECK),
    ".pdf": ("no text", _TEXT),
    ".png": ("a picture", _TEXT),
}

#: How a text begins in each format; comments before are passed over.
_BEGINNINGS = {
    "bif": r"(?:\{\s*)?(?:network(?:\s+(?:\"[^\"\n]*\"|[^\s{}:;,\"]+))?\s*\{"
    r"|variable\s+\S+\s*\{\s*type\b)",
    "dsc": r"belief\s+network\b",
    "hugin": r"(?:net|class\s+\w+)\s*\{",
    "uai": r"(?:BAYES|MARKOV)\s+\d",
    "xmlbif": r"(?i)<bif\b",
    "xdsl": r"<smile\b",
    "dagitty": r"dag\s*(?:\"[^\"\n]*\"\s*)?\{",
    "dot": r"(?:strict\s+)?digraph\b[^\n{]*\{",
    "gml": r"graph\s*\[",
    ".dsl": r"net\s+\w+\s*\{",
    ".dne": r"bnet\s+\w+\s*\{",
    ".elv": r"bnet\s+\"[^\"\n]*\"\s*\{",
    ".xbn": r"(?i)<analysisnotebook\b",
    ".pgmx": r"(?i)<probmodelxml\b",
}
_PASSED_OVER = (
    r"(?s)(?:\s+|//[^\n]*|/\*.*?\*/|[%#][^\n]*"
    r"|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\])?\s*>)*"
)


def unread(path: str) -> UsageError | None:
    """The refusal of a file by its ending, or None if nothing is known of that."""
    ending = os.path.splitext(path.lower())[1]
    if ending not in _ENDINGS:
        return None
    what, mend = _ENDINGS[ending]
    return UsageError(f"{path} is {what}, which is not read", expected=_READ, hint=mend)


def recognised(text: str, name: str) -> str | None:
    """The format in which a text begins, or None if in none that is known here.

    Raises
    ------
    UsageError
        If it is a format that is not read.
    """
    start = text[:10_000]
    passed = re.match(_PASSED_OVER, start)
    rest = start[passed.end() :] if passed else start
    found = next((form for form, begin in _BEGINNINGS.items() if re.match(begin, rest)), None)
    if found is not None and found.startswith("."):
        what, mend = _ENDINGS[found]
        raise UsageError(f"{name} is {what}, which is not read", expected=_READ, hint=mend)
    return found
