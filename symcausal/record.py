"""Records: small frozen classes with named fields, compared by value.

``@record`` makes of annotated fields what ``@dataclass(frozen=True, slots=True)`` makes of them. The
formulas, rules, steps and answers of this package are some hundred such classes, and to define them
is a large part of what a command does before it does anything: the standard decorator writes and
compiles source text for every method of every class, twice. Here the methods are closures, which
take a tenth of the time to define and no longer to call (``docs/design/0012-records.md``).

Main definitions
----------------
record : the decorator.
field : says more of a field than its type.
Frozen : a dictionary that does not change.
replace : a copy with other values in some fields.
notebook_displays : the method that shows a value in notebooks.
shortened : words for ``repr``, of which none is longer than :data:`LONGEST_REPR`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from operator import attrgetter

from symcausal.hints import Any, NoReturn, TypeVar, dataclass_transform

C = TypeVar("C", bound=type)
R = TypeVar("R")
K = TypeVar("K")
V = TypeVar("V")

_REQUIRED: Any = object()
_SHOWN_BY: list[str] = []
LONGEST_REPR = 300


class _RecordField:
    __slots__ = ("compare", "convert", "default", "factory", "shown")

    def __init__(
        self,
        default: Any = _REQUIRED,
        factory: Callable[[], Any] | None = None,
        compare: bool = True,
        shown: bool = True,
        convert: Callable[[Any], Any] | None = None,
    ) -> None:
        self.default = default
        self.factory = factory
        self.compare = compare
        self.shown = shown
        self.convert = convert


def field(
    *,
    default: Any = _REQUIRED,
    default_factory: Callable[[], Any] | None = None,
    compare: bool = True,
    repr: bool = True,
    convert: Callable[[Any], Any] | None = None,
) -> Any:
    """Say more of a field than its type.

    Parameters
    ----------
    default : object, optional
        What it holds where nothing is given.
    default_factory : callable, optional
        Makes that, anew for each record.
    compare, repr : bool
        Whether it counts for equality and hash; whether it is shown.
    convert : callable, optional
        Makes what is kept of what is given.
    """
    return _RecordField(default, default_factory, compare, repr, convert)


class Frozen(dict[K, V]):
    """A dictionary that does not change, so that a record which holds one does not either.

    Examples
    --------
    >>> Frozen(a=1)["b"] = 2
    Traceback (most recent call last):
    ...
    TypeError: this mapping does not change; dict(...) makes a copy that does
    """

    __slots__ = ()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("this mapping does not change; dict(...) makes a copy that does")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __copy__(self) -> Frozen[K, V]:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: C) -> C:
    """Turn a class of annotated fields into one of frozen, slotted records.

    Two records are equal if they are of one class and their fields are equal. A method that the class
    writes itself is kept. ``__post_init__`` is called once all fields are set; it sets none, and
    raises what is wrong with them.
    """
    written = dict(vars(cls))
    fields = {name: _read(written.pop(name, _REQUIRED)) for name in cls.__annotations__}
    names = tuple(fields)
    for name in ("__dict__", "__weakref__"):  # those of the class without slots
        written.pop(name, None)
    written["__slots__"] = written["__match_args__"] = names
    # before the class is made: each special method that is set on a class has its slots looked up anew
    written |= {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_drop}
    written.setdefault("__reduce__", _reduce)
    if "__repr__" not in written and getattr(cls.__repr__, "__module__", None) in (None, __name__):
        written["__repr__"] = _shower([name for name in names if fields[name].shown])
    if not hasattr(cls, "_repr_mimebundle_"):
        written["_repr_mimebundle_"] = notebook_displays
    if "__eq__" not in written:
        written["__eq__"], hashed = _comparer([n for n in names if fields[n].compare])
        written["__hash__"] = written.get("__hash__") or hashed
    made: Any = type(cls)(cls.__name__, cls.__bases__, written)
    setters = [getattr(made, name).__set__ for name in names]
    made.__init__ = _initialiser(cls.__qualname__, fields, setters, written.get("__post_init__"))
    return made  # type: ignore[no-any-return]


def replace(old: R, /, **changes: Any) -> R:
    """Give a copy of a record with other values in some fields."""
    names: tuple[str, ...] = type(old).__match_args__  # type: ignore[attr-defined]
    return type(old)(**({name: getattr(old, name) for name in names} | changes))


def _read(default: Any) -> _RecordField:
    return default if isinstance(default, _RecordField) else _RecordField(default)


# -- the methods ----------------------------------------------------------------------------------
def _initialiser(
    owner: str,
    fields: dict[str, _RecordField],
    setters: Sequence[Callable[[Any, Any], None]],
    finish: Callable[[Any], None] | None,
) -> Callable[..., None]:
    """``__init__``: written out for the smallest classes, which are made by the thousand."""
    defaults = [known.default for known in fields.values() if known.default is not _REQUIRED]
    plain = not any(known.factory or known.convert for known in fields.values())
    if not plain or not 0 < len(fields) <= len(_WRITTEN_OUT):
        return _any_initialiser(fields, setters, finish)
    made: Any = _WRITTEN_OUT[len(fields) - 1](*setters, finish)
    # The arguments get the names of the fields, for calls by keyword and for error messages.
    made.__code__ = made.__code__.replace(
        co_varnames=("self", *fields), co_name="__init__", co_qualname=f"{owner}.__init__"
    )
    made.__defaults__ = tuple(defaults)
    return made  # type: ignore[no-any-return]


def _one(a: Any, finish: Any) -> Any:
    def init(self: Any, first: Any) -> None:
        a(self, first)
        if finish is not None:
            finish(self)

    return init


def _two(a: Any, b: Any, finish: Any) -> Any:
    def init(self: Any, first: Any, second: Any) -> None:
        a(self, first)
        b(self, second)
        if finish is not None:
            finish(self)

    return init


def _three(a: Any, b: Any, c: Any, finish: Any) -> Any:
    def init(self: Any, first: Any, second: Any, third: Any) -> None:
        a(self, first)
        b(self, second)
        c(self, third)
        if finish is not None:
            finish(self)

    return init


_WRITTEN_OUT: tuple[Callable[..., Any], ...] = (_one, _two, _three)


def _any_initialiser(
    fields: dict[str, _RecordField],
    setters: Sequence[Callable[[Any, Any], None]],
    finish: Callable[[Any], None] | None,
) -> Callable[..., None]:
    names = tuple(fields)
    converted = [(n, known.convert) for n, known in enumerate(fields.values()) if known.convert]

    def init(self: Any, *values: Any, **named: Any) -> None:
        if len(values) < len(names):
            values += tuple(
                _value(name, fields[name], named, self) for name in names[len(values) :]
            )
        if named or len(values) > len(names):
            wrong = next(iter(named), f"argument {len(names) + 1}")
            owner = type(self).__qualname__
            raise TypeError(f"{owner} has no field '{wrong}', or has it twice")
        if converted:
            kept = list(values)
            for number, convert in converted:
                kept[number] = convert(kept[number])
            values = tuple(kept)
        for put, value in zip(setters, values, strict=True):
            put(self, value)
        if finish is not None:
            finish(self)

    return init


def _value(name: str, known: _RecordField, named: dict[str, Any], owner: object) -> Any:
    if name in named:
        return named.pop(name)
    if known.factory is not None:
        return known.factory()
    if known.default is _REQUIRED:
        raise TypeError(f"{type(owner).__qualname__} is missing its field '{name}'")
    return known.default


def _shower(names: Sequence[str]) -> Callable[[Any], str]:
    def show(self: Any) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return shortened(f"{type(self).__qualname__}({inside})")

    return show


def shortened(words: str, longest: int = LONGEST_REPR) -> str:
    """Return words for ``repr``, cut where they are longer than anybody reads.

    Examples
    --------
    >>> shortened("Point(x=1, y=2)", 12)
    'Point(x...)'
    """
    return words if len(words) <= longest else f"{words[: longest - 5]}...{words[-1]}"


def notebook_displays(self: Any, **_: object) -> dict[str, str]:
    """Return what a notebook shows of a value, by MIME types; a method of records."""
    # by a name that was handed in: a record knows nothing of printers, which lie far above it
    return import_module(_SHOWN_BY[-1]).displays(self) if _SHOWN_BY else {}


def show_by(module: str) -> None:
    """Let notebooks show records by the function ``displays`` of a module, loaded when one is shown."""
    _SHOWN_BY.append(module)


def _comparer(names: Sequence[str]) -> tuple[Any, Any]:
    """``__eq__`` and ``__hash__`` over some fields."""
    values = attrgetter(*names) if names else lambda _: ()

    def equal(self: Any, other: Any) -> Any:
        if type(self) is type(other):
            return values(self) == values(other)
        return NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    return equal, hashed


def _refuse_to_set(self: object, name: str, value: object) -> None:
    raise AttributeError(f"a {type(self).__name__} does not change: cannot set '{name}'")


def _refuse_to_drop(self: object, name: str) -> None:
    raise AttributeError(f"a {type(self).__name__} does not change: cannot delete '{name}'")


def _reduce(self: Any) -> tuple[Any, tuple[Any, ...]]:
    """What copies and pickles are made from."""
    return type(self), tuple(getattr(self, name) for name in type(self).__match_args__)
