"""Search for texts that break a reader, guided by the lines of code that they reach.

Run it by ``make fuzz``, or ``python -m tests.fuzz.guided SECONDS [TARGET...]``, which shares the time
among the targets. A text that breaks one is left in ``build/fuzz`` and belongs, shortened, into
``tests/fuzz/test_regressions.py``.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path("build/fuzz")
LONGEST = 400  # bytes: long texts are tested by themselves


def search(name: str) -> None:
    """Search for one target in this process, with the arguments of libFuzzer."""
    import atheris

    with atheris.instrument_imports(include=["symcausal"]):
        from tests.fuzz.targets import survives

    def one(data: bytes) -> None:
        survives(name, data.decode("utf-8", "replace"))

    atheris.Setup([sys.argv[0], *sys.argv[3:]], one)
    atheris.Fuzz()


def main() -> int:
    """Share the time among the targets, one process each; give how many were broken."""
    from tests.fuzz.strategies import ODD, PIECE
    from tests.fuzz.targets import TARGETS

    names = sys.argv[2:] or list(TARGETS)
    seconds = max(1, int(sys.argv[1]) // len(names))
    broken = 0
    for name in names:
        folder = FOLDER / name
        (folder / "corpus").mkdir(parents=True, exist_ok=True)
        words = dict.fromkeys(ODD)
        for i, seed in enumerate(TARGETS[name].seeds):
            (folder / "corpus" / f"seed{i}").write_text(seed, encoding="utf-8")
            words.update(dict.fromkeys(PIECE.findall(seed)))
        listed = [_quoted(word) for word in words if word]
        (folder / "words").write_text("\n".join(listed) + "\n", encoding="ascii")
        ended = subprocess.run(
            [
                sys.executable, "-m", "tests.fuzz.guided", "--one", name,
                f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-dict={folder / 'words'}",
                f"-artifact_prefix={folder}/", "-timeout=20", "-rss_limit_mb=2048",
                str(folder / "corpus"),
            ],
            check=False, capture_output=True, text=True, errors="replace",
        )  # fmt: skip
        broken += ended.returncode != 0
        runs = re.findall(r"^Done (\d+) runs", ended.stderr, re.MULTILINE)
        print(f"{name}: {' '.join(runs) or 'no'} texts, ", end="")
        print(
            f"BROKEN, see {folder}\n{ended.stderr[-2000:]}"
            if ended.returncode
            else "none breaks it"
        )
    return broken


def _quoted(word: str) -> str:
    """A word as libFuzzer's dictionaries have it."""
    return '"' + "".join(f"\\x{byte:02X}" for byte in word.encode()) + '"'


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        search(sys.argv[2])
    else:
        sys.exit(main())
