"""The strategy for what variables would have been: down to interventions in one world.

Main definitions
----------------
to_one_world : rewrite every law of copies, as far as the rules lead.
"""

from __future__ import annotations

from collections.abc import Mapping

from symcausal.derive.worksheet import Worksheet
from symcausal.errors import ImpossibleEventError
from symcausal.expr.nodes import Counterfactual, Expr, Product, children
from symcausal.expr.path import NodePath, at
from symcausal.expr.scope import free_letters
from symcausal.rules.condition import Distinct, TwoStates
from symcausal.rules.contradicting_worlds import conflicts, contradiction, spelled
from symcausal.rules.rising_worlds import monotonicity
from symcausal.rules.rule import Rewrite, Rule
from symcausal.rules.worlds import (
    complement,
    composition,
    conditional_counterfactual,
    exclusion,
    independence_across_worlds,
    one_world,
)


def to_one_world(
    sheet: Worksheet, states: Mapping[str, tuple[str, ...]], *, complements_first: bool = False
) -> Counterfactual | None:
    """Rewrite the laws of copies on a worksheet as laws under intervention, each step a line.

    Parameters
    ----------
    sheet : Worksheet
        The worksheet.
    states : mapping of str to tuple of str
        The states of each variable: of two, one is the complement of the other.
    complements_first : bool
        Whether complements are taken of whole laws, before these are split into factors. Then
        variables of which a factor is not known may be summed out of the whole.

    Returns
    -------
    Counterfactual or None
        A law that the rules leave as it is; None if all are led back to one world.
    """
    _leave_out_contradictions(sheet)
    for rule in (exclusion, one_world, conditional_counterfactual):
        _everywhere(sheet, rule)
    if sheet.context.graph.monotone:
        _use_order(sheet, states)
        _everywhere(sheet, one_world)
    if complements_first:
        _take_complements(sheet, states)
        _everywhere(sheet, one_world)
    _everywhere(sheet, composition)
    for rule in (independence_across_worlds, one_world):
        _everywhere(sheet, rule)
    _take_complements(sheet, states)
    for rule in (independence_across_worlds, one_world):
        _everywhere(sheet, rule)
    left = sheet.places(Counterfactual)
    if not left:
        return None
    found = at(sheet.formula, left[-1])
    assert isinstance(found, Counterfactual)
    return found


def _leave_out_contradictions(sheet: Worksheet) -> None:
    """Write 0 for laws of copies that can not be together; refuse those given such copies."""
    free = free_letters(sheet.formula)
    with sheet.line(contradiction):
        for path in sheet.places(Counterfactual):
            law = at(sheet.formula, path)
            assert isinstance(law, Counterfactual)
            if () in conflicts(law.given, sheet.context.graph):
                raise ImpossibleEventError(
                    spelled(law.given), hint="in every model of the graph it contradicts itself"
                )
            for rewrite in contradiction(law, sheet.context):
                if _are_free(rewrite, free):
                    sheet.use(contradiction, path)
                    break


def _use_order(sheet: Worksheet, states: Mapping[str, tuple[str, ...]]) -> None:
    """Use what never falls as a cause rises, where all that is left leads to one world."""
    with sheet.line(monotonicity):
        for path in sheet.places(Counterfactual):
            found = list[tuple[bool, Expr]]()
            for rewrite in monotonicity(at(sheet.formula, path), sheet.context):
                trial = Worksheet(rewrite.after, sheet.context)
                if to_one_world(trial, states) is None:
                    # a complement asks what an action does to those who do otherwise
                    uses = any(line.rule is complement for line in trial.lines)
                    found.append((uses, rewrite.after))
            if found:
                sheet.use(monotonicity, path, min(found, key=lambda one: one[0])[1])


def _are_free(rewrite: Rewrite, free: Mapping[str, str]) -> bool:
    """Whether letters that have to differ are no sum's, which take every value."""
    pairs = [c for c in rewrite.requires if isinstance(c, Distinct)]
    return all(pair.left in free and pair.right in free for pair in pairs)


def _everywhere(sheet: Worksheet, rule: Rule) -> None:
    with sheet.line(rule):
        for path in sheet.places(Counterfactual):
            if isinstance(at(sheet.formula, path), Counterfactual):
                sheet.use(rule, path)


def _take_complements(sheet: Worksheet, states: Mapping[str, tuple[str, ...]]) -> None:
    with sheet.line(complement):
        for path in sheet.places(Counterfactual):
            _take_complement(sheet, path, states)


def _take_complement(
    sheet: Worksheet, path: NodePath, states: Mapping[str, tuple[str, ...]]
) -> None:
    """Use the first complement whose two parts are each of one world."""
    for rewrite in complement(at(sheet.formula, path), sheet.context):
        parts = children(rewrite.after)
        if _is_open(rewrite, sheet, states) and all(_is_led(part, sheet) for part in parts):
            sheet.use(complement, path, rewrite.after)
            return


def _is_open(rewrite: Rewrite, sheet: Worksheet, states: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the variable has two states, and its letters are no sum's, which take every value."""
    free = free_letters(sheet.formula)
    for condition in rewrite.requires:
        match condition:
            case TwoStates(variable):
                if len(states.get(variable, ())) != 2:
                    return False
            case Distinct(_, left, right):
                if left not in free or right not in free:
                    return False
            case _:  # the rule asks for nothing else
                pass
    return True


def _is_led(part: Expr, sheet: Worksheet) -> bool:
    """Whether a law of copies is of one world, or its factors are."""
    split = next(independence_across_worlds(part, sheet.context), None)
    factors: tuple[Expr, ...] = (part,)
    if split is not None and isinstance(split.after, Product):
        factors = split.after.factors
    return all(any(one_world(factor, sheet.context)) for factor in factors)
