r"""Subscripts of P: what ``P_x(y)`` sets, and mass functions with a name, ``p_{Y \mid X}(1 \mid 0)``.

Main definitions
----------------
set_by : what a subscript sets.
placed : the arguments of a mass function as events of the variables that its name lists.
"""

from __future__ import annotations

from symcausal.errors import ParseError
from symcausal.expr.nodes import NO_EVENTS, Events, Letter
from symcausal.reading.event_reader import FormulaReader, is_name, items, name_of, shown
from symcausal.reading.syntax import SyntaxPart, SyntaxTree
from symcausal.reading.tokens import Token


def set_by(
    mark: SyntaxTree,
    within: tuple[Events, Events, Events],
    reader: FormulaReader,
    bound: frozenset[str],
) -> Events:
    """Return what a subscript of P sets; nothing if it is the name of a mass function, ``p_X(x)``.

    Parameters
    ----------
    mark : SyntaxTree
        The subscript.
    within : tuple of Events
        What stands between the brackets: the outcome, what is given, and what is set, also by other
        subscripts.
    reader : FormulaReader
        What reads the rest of the formula.
    bound : frozenset of str
        The letters that sums around it bind.

    Raises
    ------
    ParseError
        If it names other variables than the brackets, or says what is drawn.
    """
    outcome, given, do = within
    if mark.kind == "drawn":
        found = f"'{shown(reader.span(mark))}' below a probability"
        raise ParseError(found, expected="a mean", span=reader.span(mark))
    lists = [p for p in mark.parts if isinstance(p, SyntaxTree)]
    seen, acts = reader.conditions(lists[0], bound)
    if len(lists) > 1:
        behind, behind_do = reader.conditions(lists[1], bound)
        if (
            acts
            or not _names(seen, outcome)
            or not _names(behind, given)
            or not _names(behind_do, do)
        ):
            raise ParseError(
                "a subscript that names other variables than the brackets",
                expected="the same",
                span=reader.span(mark),
            )
        return NO_EVENTS
    bare = not acts and all(_is_variable(item, reader) for item in items(lists[0]))
    if bare and set(seen.variables) == set(outcome.variables):
        return NO_EVENTS
    return Events((*seen, *acts))


def placed(lists: list[SyntaxTree], mark: SyntaxTree, reader: FormulaReader) -> list[SyntaxTree]:
    r"""Return the lists of ``p_{Y \mid X}(1 \mid 0)``, with the variable of each number before it."""
    named = [p for p in mark.parts if isinstance(p, SyntaxTree)]
    if not all(_is_variable(item, reader) for one in named for item in items(one)):
        return lists
    found = [_arguments(names, one, reader) for names, one in zip(named, lists, strict=False)]
    return [*found, *lists[len(found) :]]


def _arguments(names: SyntaxTree, values: SyntaxTree, reader: FormulaReader) -> SyntaxTree:
    """Return the events of arguments, in the order of the variables that a subscript names."""
    variables = [p.parts[0] for p in items(names) if isinstance(p, SyntaxTree)]
    parts = [p for p in items(values) if isinstance(p, SyntaxTree)]
    numbered = any(p.kind == "argument" for p in parts)
    if not numbered or len(variables) != len(parts):
        _check_order(variables, parts, values, reader)
        return values
    found: list[SyntaxPart] = []
    for variable, part in zip(variables, parts, strict=True):
        if part.kind not in ("argument", "bare") or _is_other(part, variable, reader):
            raise _misplaced(values, reader)
        negative = part.kind == "argument" and len(part.parts) > 1
        value = SyntaxTree("negative", part.parts) if negative else part.parts[0]
        sign = Token("EQ", "=", part.start, part.start)
        event = SyntaxTree("equals", [variable, sign, value])
        event.start, event.end = part.start, part.end
        found += [Token("COMMA", ",", part.start, part.start), event] if found else [event]
    events = SyntaxTree("list", found)
    events.start, events.end = values.start, values.end
    return events


def _check_order(
    variables: list[SyntaxPart], parts: list[SyntaxTree], values: SyntaxTree, reader: FormulaReader
) -> None:
    """Refuse ``p_{X,Y}(y, x)``: the places say ``X=y``, the letters ``Y=y``."""
    if len(variables) < 2 or any(part.kind != "bare" for part in parts):
        return
    found = [reader.names.lookup(name_of(part.parts[0])) for part in parts]
    told = [meaning.variable for meaning in found if meaning is not None]
    named = [reader.variable(variable) for variable in variables]
    if told != named and sorted(told) == sorted(named):
        raise _misplaced(values, reader)


def _is_other(part: SyntaxTree, variable: SyntaxPart, reader: FormulaReader) -> bool:
    """Whether an event is the name of another variable, or of its value."""
    name = part.parts[0]
    meaning = reader.names.lookup(name_of(name)) if is_name(name) else None
    return meaning is not None and meaning.variable != reader.variable(variable)


def _misplaced(values: SyntaxTree, reader: FormulaReader) -> ParseError:
    return ParseError(
        f"'{shown(reader.span(values))}' as arguments",
        expected="values of the variables in the subscript, in its order",
        span=reader.span(values),
    )


def _is_variable(part: SyntaxPart, reader: FormulaReader) -> bool:
    """Whether an event is the bare name of a variable, not one of its values."""
    if not isinstance(part, SyntaxTree) or part.kind != "bare":
        return False
    name, meaning = name_of(part.parts[0]), reader.meaning(part.parts[0])
    small = name.base[:1].islower() and not meaning.variable[:1].islower()
    return not small and not meaning.script and meaning.letter == meaning.variable


def _names(subscript: Events, events: Events) -> bool:
    """Whether a part of a mass function's name is that of some events, by variable or by value."""
    same = set(subscript.variables) == set(events.variables)
    return same and all(e.value == Letter(e.variable) or e in events for e in subscript)
