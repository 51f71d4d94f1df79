"""The names that type hints are written with, without the cost of loading :mod:`typing`.

A type checker is sent to :mod:`typing`. A running program gets stand-ins that do nothing: to load
:mod:`typing`, and to make generic classes and protocols with it, takes a twelfth of the time of a
short command (``docs/design/0012-records.md``). The modules of this package take the names from
here; ``NamedTuple`` and ``TypedDict``, which make classes, are those of :mod:`typing`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import (
        Any,
        AnyStr,
        BinaryIO,
        ClassVar,
        Generic,
        Literal,
        NoReturn,
        ParamSpec,
        Protocol,
        Self,
        TextIO,
        TypeAlias,
        TypeGuard,
        TypeVar,
        assert_never,
        cast,
        dataclass_transform,
        get_args,
        overload,
    )
else:

    class _Hint:
        """Part of a hint: it can be put together to larger ones, and only knows its arguments."""

        __slots__ = ("__args__",)

        def __init__(self, *args, **_):
            self.__args__ = args

        def __getitem__(self, args):
            return _Hint(*args) if isinstance(args, tuple) else _Hint(args)

        def __or__(self, other):
            return _Hint(self, other)

        __ror__ = __or__

    class Generic:
        """A base of classes that hints give arguments."""

        __slots__ = ()

        def __class_getitem__(cls, _):
            return cls

    class Protocol(Generic):
        """A base of classes that say what others have."""

        __slots__ = ()

    ParamSpec = TypeVar = _Hint
    Any = AnyStr = BinaryIO = ClassVar = Literal = NoReturn = _Hint()
    Self = TextIO = TypeAlias = TypeGuard = _Hint()

    def assert_never(value, /):
        """Fail: a kind came to a place that does not know it."""
        raise AssertionError(f"nothing decides about {value!r}")

    def cast(_, value):
        """Return the value."""
        return value

    def dataclass_transform(**_):
        """Return a decorator that changes nothing."""
        return lambda made: made

    def get_args(hint):
        """Return the parts of a hint."""
        return hint.__args__

    def overload(made):
        """Return the function."""
        return made


__all__ = [
    "TYPE_CHECKING",
    "Any",
    "AnyStr",
    "BinaryIO",
    "ClassVar",
    "Generic",
    "Literal",
    "NoReturn",
    "ParamSpec",
    "Protocol",
    "Self",
    "TextIO",
    "TypeAlias",
    "TypeGuard",
    "TypeVar",
    "assert_never",
    "cast",
    "dataclass_transform",
    "get_args",
    "overload",
]
