"""``symcausal completion``."""

from __future__ import annotations

from symcausal.cli.accepted import accepted
from symcausal.cli.parser import Arguments, Parser
from symcausal.cli.shell_scripts import SHELLS
from symcausal.cli.streams import put


def run(chosen: Arguments) -> None:
    """Print the script that completes commands and options in SHELL.

    A line in the file that SHELL reads when it starts is enough: eval "$(symcausal completion bash)",
    source <(symcausal completion zsh), or symcausal completion fish | source.

    Examples
    --------
    symcausal completion bash
    symcausal completion zsh
    """
    from symcausal.cli.main import COMMANDS  # it is what calls this module

    commands = {name: (says, accepted(name)) for name, says in COMMANDS.items()}
    put(SHELLS[chosen.shell](commands), literal=True)


PARSER = Parser("completion", run.__doc__ or "")
PARSER.add_argument("shell", choices=tuple(SHELLS), help=", ".join(SHELLS))
