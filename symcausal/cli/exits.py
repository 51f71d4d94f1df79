"""Exit statuses, and the one place where errors become messages.

0 fine; 1 a claim fails; 2 bad input, file or usage; 3 a valid question whose answer is no; 4 the
budget ran out.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import NoReturn, ParamSpec, TypeVar

import click

from symcausal.errors import (
    ImpossibleEventError,
    LimitError,
    NotIdentifiableError,
    SymcausalError,
)

P = ParamSpec("P")
R = TypeVar("R")

BAD_INPUT = 2
ANSWER_IS_NO = 3
OUT_OF_BUDGET = 4


def answer_no() -> NoReturn:
    """End with the status of a question whose answer is no."""
    sys.exit(ANSWER_IS_NO)


def status_of(error: SymcausalError) -> int:
    """The exit status of an error."""
    if isinstance(error, ImpossibleEventError | NotIdentifiableError):
        return ANSWER_IS_NO
    return OUT_OF_BUDGET if isinstance(error, LimitError) else BAD_INPUT


def reported(command: Callable[P, R]) -> Callable[P, R]:
    """Print a refusal on standard error and exit with its status."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except SymcausalError as error:
            click.echo(str(error), err=True)
            sys.exit(status_of(error))
        except RecursionError:
            click.echo("error[SC010] the input is nested too deep", err=True)
            sys.exit(OUT_OF_BUDGET)
        except MemoryError:
            click.echo("error[SC010] out of memory", err=True)
            sys.exit(OUT_OF_BUDGET)

    return wrapped
