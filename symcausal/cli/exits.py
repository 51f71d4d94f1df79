"""Exit statuses, and the one place where errors become messages.

0 fine; 1 a claim fails; 2 bad input, file or usage; 3 a valid question whose answer is no; 4 the
budget ran out.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable

from symcausal.cli.streams import finish, say
from symcausal.errors import (
    ImpossibleEventError,
    LimitError,
    NotIdentifiableError,
    SymcausalError,
    UsageError,
)
from symcausal.hints import NoReturn

BAD_INPUT = 2
ANSWER_IS_NO = 3
OUT_OF_BUDGET = 4
INTERRUPTED = 130  # as shells have it: 128 and the number of the signal


def answer_no() -> NoReturn:
    """End with the status of a question whose answer is no."""
    sys.exit(ANSWER_IS_NO)


def status_of(error: SymcausalError) -> int:
    """The exit status of an error."""
    if isinstance(error, ImpossibleEventError | NotIdentifiableError):
        return ANSWER_IS_NO
    return OUT_OF_BUDGET if isinstance(error, LimitError) else BAD_INPUT


def refused(error: SymcausalError) -> NoReturn:
    """Print a refusal on standard error and end with its status."""
    say(str(error))
    finish()
    sys.exit(status_of(error))


def reported(command: Callable[[], None]) -> None:
    """Run a command; whatever stops it becomes a message and an exit status."""
    try:
        command()
        finish()
    except SymcausalError as error:
        refused(error)
    except RecursionError:
        refused(LimitError("the input is nested too deep"))
    except MemoryError:
        refused(LimitError("out of memory"))
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        refused(UsageError(f"{place}{error.strerror or error}"))
    except Exception as error:  # whatever it is, users get words
        from symcausal.guard import unforeseen

        refused(unforeseen(error))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def ended(status: str | int | None) -> NoReturn:
    """End the process with an exit status, once all that it printed is written.

    Where nothing has registered what is to be done at exit and no thread runs, the interpreter is not
    taken down in order: that takes as long as a third of a bare start, and frees what the system takes
    back at once.
    """
    finish()
    if isinstance(status, int) and "threading" not in sys.modules and not atexit._ncallbacks():
        os._exit(status)
    sys.exit(status)
