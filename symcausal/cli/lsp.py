"""``symcausal lsp``."""

from __future__ import annotations

import sys

from symcausal.cli.check import seconds
from symcausal.cli.options import load_model
from symcausal.cli.parser import Arguments, Parser
from symcausal.errors import UsageError

WITHOUT_LEAVE = 1  # the status of a server that is told to exit before it is told to shut down
NEEDED = ("pygls", "lsprotocol")


def run(chosen: Arguments) -> None:
    """Serve an editor, which speaks the language server protocol on standard input and output.

    It is told what fails while somebody writes, the fixes that suggestions make, and on hovering the
    verdict with its reason. Editors start it themselves.

    Examples
    --------
    symcausal lsp --model student.model
    symcausal lsp --budget 0.5
    """
    if sys.stdin is None or sys.stdout is None:
        raise UsageError("a language server needs standard input and output, and one is closed")
    try:
        from symcausal.editor.server import serve
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in NEEDED:
            raise
        what = "a language server needs the package pygls"
        raise UsageError(f"{what}: pip install 'symcausal[lsp]'") from None
    if chosen.rescale and chosen.model is None:
        raise UsageError("--rescale without --model", expected="the file of another tool")
    model = None if chosen.model is None else load_model(chosen)
    if not serve(model, budget=chosen.budget):
        sys.exit(WITHOUT_LEAVE)


PARSER = Parser("lsp", run.__doc__ or "")
PARSER.add_argument("--model", help="a model file or text, for notes that declare none")
PARSER.add_rescale()
PARSER.add_argument(
    "--budget", type=seconds, default=2.0, metavar="SECONDS",
    help="processor time for one claim (default: %(default)s)",
)  # fmt: skip
