"""The networks of the bnlearn repository, from where an installed pgmpy keeps them.

They are no part of this repository. Nothing is imported: the files are found and unpacked.

Main definitions
----------------
packed : the compressed files by the network's name, smallest first.
unpacked : one of them as a ``.bif`` file.
"""

from __future__ import annotations

import gzip
from importlib.util import find_spec
from os import getpid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNPACKED = ROOT / "build" / "networks"
ENDING = ".bif.gz"


def packed() -> dict[str, Path]:
    """The compressed files by name, smallest first; none if pgmpy is not installed."""
    spec = find_spec("pgmpy")
    if spec is None or not spec.submodule_search_locations:
        return {}
    folder = Path(spec.submodule_search_locations[0]) / "utils" / "example_models"
    files = sorted(folder.glob(f"*{ENDING}"), key=lambda path: (path.stat().st_size, path.name))
    return {path.name.removesuffix(ENDING): path for path in files}


def unpacked(name: str, folder: Path = UNPACKED) -> Path:
    """The file of a network, written into a folder unless it is there."""
    path = folder / f"{name}.bif"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Others may be unpacking the same: whole files or none.
        part = folder / f".{name}.{getpid()}"
        part.write_bytes(gzip.decompress(packed()[name].read_bytes()))
        part.replace(path)
    return path
