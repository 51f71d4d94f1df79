"""Pages of the Python interface, made of signatures and docstrings.

Main definitions
----------------
pages : every page by its path.
markdown : a docstring in NumPy style as Markdown.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import symcausal
from symcausal import errors, types
from symcausal.types import Shown

_ENTRIES = ("Parameters", "Attributes", "Returns", "Raises")
_SECTION = re.compile(r"^([A-Z][a-z]+(?: [a-z]+)?)\n-{3,}\n", re.MULTILINE)
_ROLE = re.compile(r":(?:meth|class|func|attr|mod|data):`~?([^`]+)`")
_GROUP = re.compile(r"^    # (.+)\n((?:    \".*\n)+)", re.MULTILINE)
_NAME = re.compile(r'^    "(\w+)":', re.MULTILINE)


def pages() -> dict[str, str]:
    """Return the pages: the model, the functions, the classes of results in groups, the errors."""
    found = {
        "api/model.md": _class(symcausal.Model, level=1),
        "api/functions.md": "# Functions\n\n"
        + "\n".join(_function(name, getattr(symcausal, name)) for name in _functions())
        + "\n".join(_class(kind, level=2) for kind in _classes()),
        "api/errors.md": "# Errors\n\n" + "\n".join(map(_error, _errors())),
    }
    for title, names in groups(types).items():
        body = "\n".join(_type(name, getattr(types, name)) for name in names)
        slug = re.sub(r"\W+", "-", title)
        found[f"api/{slug}.md"] = f"# Types: {title}\n\nNames of `symcausal.types`.\n\n{body}"
    return found


def groups(module: ModuleType) -> dict[str, list[str]]:
    """Return the names of the public types, under the comments that group them in their module."""
    source = inspect.getsource(module)
    return {title: _NAME.findall(names) for title, names in _GROUP.findall(source)}


def _functions() -> Iterator[str]:
    for name in symcausal.__all__:
        if inspect.isfunction(getattr(symcausal, name)):
            yield name


def _classes() -> Iterator[type]:
    """The classes of the surface without a page of their own."""
    apart = (symcausal.Model, errors.SymcausalError)
    for value in (getattr(symcausal, name) for name in symcausal.__all__):
        if isinstance(value, type) and not issubclass(value, apart):
            yield value


def _errors() -> list[type[Exception]]:
    known = (value for value in vars(errors).values() if isinstance(value, type))
    return [value for value in known if issubclass(value, errors.SymcausalError)]


# -- what a thing is ------------------------------------------------------------------------------
def _function(name: str, function: Callable[..., Any], level: int = 2) -> str:
    return f"{'#' * level} `{name}`\n\n{_signature(name, function)}\n{markdown(_doc(function))}\n"


def _error(kind: type[Exception]) -> str:
    bases = ", ".join(f"`{base.__name__}`" for base in kind.__bases__)
    return f"## `{kind.__name__}`\n\n`{getattr(kind, 'code', '')}`, a {bases}\n\n{markdown(_doc(kind))}\n"


def _type(name: str, value: Any) -> str:
    if isinstance(value, type):
        return _class(value, level=2)
    return f"## `{name}`\n\nOne of\n\n```text\n{_spelt(value)}\n```\n"


def _spelt(alias: object) -> str:
    return re.sub(r"\b(?:symcausal|typing)\.(?:\w+\.)*", "", str(alias))


def _class(kind: type, level: int) -> str:
    parts = [f"{'#' * level} `{kind.__name__}`\n", markdown(_doc(kind))]
    for name, member in _members(kind):
        title = f"{'#' * (level + 1)} `{kind.__name__}.{name}`\n"
        if isinstance(member, property):
            parts += [title, "*A property.*\n", markdown(_doc(member))]
        else:
            parts += [title, _signature(name, member), markdown(_doc(member))]
    if issubclass(kind, Shown) and kind is not Shown:
        parts.append(
            "Printed in every format, as [`Shown`](all-answers-and-the-names-of-choices.md) says.\n"
        )
    return "\n".join(parts)


def _members(kind: type) -> Iterator[tuple[str, Any]]:
    """The public methods and properties with a docstring; those of every answer only once."""
    inherited = set(dir(Shown)) if issubclass(kind, Shown) and kind is not Shown else set()
    for name in dict.fromkeys(name for base in kind.__mro__ for name in vars(base)):
        member = inspect.getattr_static(kind, name)
        member = member.__func__ if isinstance(member, classmethod | staticmethod) else member
        called = inspect.isfunction(member) or isinstance(member, property)
        if not name.startswith("_") and called and name not in inherited and _doc(member):
            yield name, member


def _doc(thing: object) -> str:
    own = vars(thing).get("__doc__") if isinstance(thing, type) else None
    return inspect.cleandoc(own or getattr(thing, "__doc__", "") or "")


def _signature(name: str, function: Callable[..., Any]) -> str:
    signature = inspect.signature(function)
    kept = [
        parameter.replace(annotation=_bare(parameter.annotation))
        for parameter in signature.parameters.values()
        if parameter.name not in ("self", "cls")
    ]
    returned = _bare(signature.return_annotation)
    text = str(signature.replace(parameters=kept, return_annotation=returned))
    if len(name) + len(text) > 88:
        text = re.sub(r"^\(|, (?=\*?\*?\w+(?::|=|,|\)))|(?=\) ->)", _break, text)
    return f"```python\n{name}{text}\n```\n"


class _Words(str):
    """An annotation that stands in a signature as it was written."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _bare(annotation: object) -> object:
    return _Words(annotation) if isinstance(annotation, str) else annotation


def _break(found: re.Match[str]) -> str:
    return {"(": "(\n    ", "": ",\n"}.get(found[0], ",\n    ")


# -- docstrings -----------------------------------------------------------------------------------
def markdown(docstring: str) -> str:
    r"""Write a docstring in NumPy style as Markdown.

    Examples
    --------
    >>> print(markdown("Return ``x``.\n\nParameters\n----------\nx : int\n    Any number."))
    Return `x`.
    <BLANKLINE>
    **Parameters**
    <BLANKLINE>
    - `x` : `int`. Any number.
    <BLANKLINE>
    """
    head, *rest = _SECTION.split(docstring)
    parts = [_inline(head.strip()) + "\n"]
    for title, body in zip(rest[::2], rest[1::2], strict=True):
        parts.append(f"**{title}**\n")
        if title in _ENTRIES:
            parts.append("\n".join(_entries(body)) + "\n")
        elif title == "Examples":
            parts.append("\n".join(_examples(body)))
        else:
            parts.append(_inline(body.strip()) + "\n")
    return "\n".join(parts)


def _entries(body: str) -> Iterator[str]:
    for entry in re.split(r"\n(?=\S)", body.strip()):
        head, _, text = entry.partition("\n")
        name, colon, kind = head.partition(" : ")
        told = _inline(" ".join(textwrap.dedent(text).split()))
        of = f" : `{kind.replace('`', '')}`" if colon else ""
        yield f"- `{name}`{of}. {told}".rstrip(". ") + ("." if told.endswith(".") else "")


def _examples(body: str) -> Iterator[str]:
    for part in re.split(r"\n\s*\n", body.strip()):
        code = ">>>" in part
        yield f"```pycon\n{part}\n```\n" if code else f"{_inline(part)}\n"


def _inline(text: str) -> str:
    text = _ROLE.sub(r"`\1`", text)
    text = re.sub(r":math:`([^`]+)`", r"$\1$", text)
    return re.sub(r"\]_", "]", re.sub(r"``([^`]+(?:`[^`]+)*)``", r"`\1`", text))
