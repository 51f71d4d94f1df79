"""Regular expressions that are compiled when they are first used.

A command uses few of the patterns of the modules that it loads, and to compile one takes longer than to
search most formulas with it. So no module compiles a pattern while it is imported: it states it by
:func:`late`.

Main definitions
----------------
late : a regular expression, compiled when it is first asked for something.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from symcausal.hints import Any, AnyStr


def late(pattern: AnyStr | Callable[[], AnyStr], flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a regular expression that is compiled when it is first asked for something.

    Parameters
    ----------
    pattern : str or bytes or callable
        Its text, or what makes the text then.
    flags : int
        Those of :func:`re.compile`.

    Returns
    -------
    re.Pattern
        What has its methods and attributes. The functions of :mod:`re` do not take it for a pattern.

    Examples
    --------
    >>> late(r"[A-Z]+").findall("P(A | BC)")
    ['P', 'A', 'BC']
    """
    made: Any = _Late(pattern, flags)
    return made  # type: ignore[no-any-return]


class _Late:
    """Stands for a pattern; what it has been asked for once it has as its own."""

    def __init__(self, pattern: str | bytes | Callable[[], Any], flags: int) -> None:
        if not callable(pattern):
            self.pattern = pattern
        self._pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        pattern = self._pattern() if callable(self._pattern) else self._pattern
        found = getattr(re.compile(pattern, self._flags), name)
        setattr(self, name, found)
        return found
