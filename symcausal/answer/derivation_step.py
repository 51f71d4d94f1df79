"""A step of a derivation as users hold it: it shows itself alone, with the graphs that it rests on.

Main definitions
----------------
DerivationStep : an element of ``Derivation.steps`` and ``Identification.steps``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symcausal.derive.step import Step, StepChain
from symcausal.expr.nodes import Events, Expr
from symcausal.expr.path import NodePath
from symcausal.graph.graph import Graph
from symcausal.hints import TYPE_CHECKING
from symcausal.record import record
from symcausal.rules.condition import Condition, Decision, Separated, strongest
from symcausal.rules.rule import Rule
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown

if TYPE_CHECKING:
    from symcausal.writing.blocks import Block, Piece

MOST_PICTURES = 6  # of a step that merges many; all separations are told in words


@record
class DerivationStep(Shown):
    """One equality of a derivation, with its rule, its conditions and the graphs they speak of.

    Attributes
    ----------
    step : Step
        The equality.
    graph : Graph
        The graph in which its separations are read.
    order : tuple of str
        The names of the model, in the order in which lists are printed.
    notation : Notation
        How formulas are written.
    """

    options = ("notation",)

    step: Step
    graph: Graph
    order: tuple[str, ...]
    notation: Notation

    @property
    def before(self) -> Expr:
        """The whole formula on the left side."""
        return self.step.before

    @property
    def after(self) -> Expr:
        """The whole formula on the right side."""
        return self.step.after

    @property
    def rule(self) -> Rule:
        """What justifies the step; of a merged one, the rule that a reader would name."""
        return self.step.rule

    @property
    def path(self) -> NodePath:
        """Where in :attr:`before` the rule was used."""
        return self.step.path

    @property
    def instance(self) -> tuple[Expr, Expr]:
        """The two sides of the rule as it was used there."""
        return self.step.instance

    @property
    def conditions(self) -> tuple[Decision, ...]:
        """What the rule required and what was decided."""
        return self.step.conditions

    @property
    def backward(self) -> bool:
        """Whether the rule was used from right to left."""
        return self.step.backward

    @property
    def substeps(self) -> tuple[DerivationStep, ...]:
        """The single steps of a merged one."""
        return shown_steps(self.step.substeps, self.graph, self.order, self.notation)

    # -- the page ---------------------------------------------------------------------------------
    def blocks(self) -> list[Block]:
        """Both sides, the rule in words, and its conditions with their graphs."""
        from symcausal.writing.blocks import Derived, Display, Paragraph

        blocks: list[Block] = [Derived(StepChain(self.before, (self.step,)))]
        blocks += self._rules()
        if self.path:
            left, right = self.instance
            blocks += [Paragraph(("Where it is used:",)), Display((left, "=", right))]
        blocks += self._surgery()
        return [*blocks, *self._separations(), *self._assumed()]

    def as_data(self) -> dict[str, object]:
        """The two sides, the rule, the reason and the conditions as values that ``json`` knows."""
        from symcausal.writing.derivation_json import step_json

        return step_json(self.step, self.style)

    @property
    def headline(self) -> str:
        """The title of the rule."""
        return self.rule.title

    def __repr__(self) -> str:
        return repr(self.step)

    def _rules(self) -> list[Block]:
        """Each rule that is used, by its title and by what it does."""
        from symcausal.writing.blocks import Items, Paragraph

        used = dict.fromkeys(one.rule for one in self.step.substeps or (self.step,))
        told: list[tuple[Piece, ...]] = [(_in_words(rule),) for rule in used]
        return [Paragraph(told[0]) if len(told) == 1 else Items(tuple(told))]

    def _surgery(self) -> list[Block]:
        """The graph under each action that becomes a product of tables or of components."""
        from symcausal.answer.figures import acted

        actions = dict.fromkeys(
            do for one in self.step.substeps or (self.step,) if (do := _cut(one))
        )
        return [block for do in actions for block in acted(self.graph, do)]

    def _separations(self) -> list[Block]:
        """Each separation in words, followed by its graph."""
        from symcausal.answer.figures import separation

        blocks: list[Block] = []
        drawn: set[tuple[tuple[str, ...], ...]] = set()
        for decision in dict.fromkeys(self.conditions):
            condition = decision.condition
            if not isinstance(condition, Separated):
                continue
            surgery = (condition.given, condition.cut_into, condition.cut_out_of)
            has_picture = surgery not in drawn and len(drawn) < MOST_PICTURES
            drawn.add(surgery)
            blocks += separation(self.graph, condition, decision, drawn=has_picture)
        return blocks

    def _assumed(self) -> list[Block]:
        """The conditions that no graph decides."""
        from symcausal.writing.blocks import Items, Paragraph

        verdicts = {one.condition: one.verdict for one in self.conditions}
        others = [one for one in verdicts if not isinstance(one, Separated)]
        said: dict[str, list[Condition]] = {}
        for one in strongest(others):
            said.setdefault(verdicts[one], []).append(one)
        words = {"holds": "What holds:", "assumed": "What is assumed:", "fails": "What fails:"}
        return [
            block
            for verdict, found in said.items()
            for block in (Paragraph((words[verdict],)), Items(tuple((one,) for one in found)))
        ]


def shown_steps(
    steps: Iterable[Step], graph: Graph, order: Sequence[str], notation: Notation
) -> tuple[DerivationStep, ...]:
    """Return steps as users hold them."""
    return tuple(DerivationStep(step, graph, tuple(order), notation) for step in steps)


def _in_words(rule: Rule) -> str:
    """The title of a rule, and the first sentence that is said of it."""
    said = (rule.transform.__doc__ or "").strip().partition("\n")[0]
    title = rule.title[0].upper() + rule.title[1:]
    return f"{title}: {said[0].lower()}{said[1:]}" if said else f"{title}."


def _cut(step: Step) -> Events:
    """The action whose arrows a step cuts by itself, without asking for a separation."""
    from symcausal.expr.distributions import first_probability
    from symcausal.rules.components import c_component_factorisation
    from symcausal.rules.intervention import truncated_factorisation

    if step.rule not in (truncated_factorisation, c_component_factorisation):
        return Events()
    left = first_probability(step.instance[step.backward])
    return left.do if left is not None else Events()
