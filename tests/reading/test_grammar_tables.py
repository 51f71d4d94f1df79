"""The compiled grammar is the grammar, and lark stays out of users' processes."""

import subprocess
import sys

from symcausal.reading import compile_grammar


def test_tables_are_those_of_the_grammar():
    written = compile_grammar.TABLES.read_text(encoding="utf-8")
    assert written == compile_grammar.tables()


def test_reading_imports_no_heavy_package():
    heavy = ("lark", "sympy", "numpy", "networkx")
    code = (
        "import sys; import symcausal.reading.model_language, symcausal.reading.reader;"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
