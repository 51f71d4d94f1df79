"""What nobody foresaw, turned into a refusal in words, so that everything else goes on.

A traceback is of no use to somebody who checks notes, and a defect in the judgement of one claim says
nothing of the next. Wherever work falls into parts that do not need each other (claims, passages,
files, commands), each part is done by :func:`sheltered`.

Main definitions
----------------
sheltered : do a piece of work, and something else instead where it ends in an unforeseen error.
unforeseen : an exception that is no refusal of ours, as one.
"""

from __future__ import annotations

from collections.abc import Callable
from os import sep
from types import TracebackType

from symcausal.errors import InternalError, SymcausalError
from symcausal.hints import TypeVar

T = TypeVar("T")

_LONGEST = 200


def sheltered(work: Callable[[], T], instead: Callable[[InternalError], T]) -> T:
    """Do a piece of work; refusals pass, and what nobody foresaw goes to ``instead``.

    Examples
    --------
    >>> sheltered(lambda: 1 // 0, lambda error: error.detail.partition(" ")[0])
    'ZeroDivisionError'
    """
    try:
        return work()
    except InternalError as error:
        return instead(error)
    except SymcausalError:
        raise
    except Exception as error:  # whatever it is: a defect here must not take other work with it
        return instead(unforeseen(error))


def unforeseen(error: Exception) -> InternalError:
    """An exception that is no refusal, with what a report of the defect needs: its kind and place."""
    kind, words = type(error).__name__, " ".join(str(error).split())
    place = _place(error.__traceback__)
    told = kind + (f" in {place}" if place else "") + (f": {words}" if words else "")
    return InternalError(told if len(told) <= _LONGEST else told[:_LONGEST] + "...")


def _place(trace: TracebackType | None) -> str:
    """The last line of this package that an exception came through."""
    found = ""
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.partition(".")[0] == __name__.partition(".")[0]:
            file = trace.tb_frame.f_code.co_filename.rpartition(sep)[2]
            found = f"{module.rpartition('.')[0].replace('.', '/')}/{file}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return found
