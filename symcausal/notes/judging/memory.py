"""What notes have said so far: models, names, numbers, letters.

Main definitions
----------------
Memory : what is known while a file is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from symcausal.algebra.scalar import Number
from symcausal.errors import SymcausalError
from symcausal.expr.build import ONE
from symcausal.expr.nodes import Expr, Minus, Prob, Scalar
from symcausal.expr.path import rewritten
from symcausal.expr.scope import canonical
from symcausal.hints import TYPE_CHECKING
from symcausal.network.network import Variable
from symcausal.notes.files.items import ModelBlock
from symcausal.notes.judging.link import Link
from symcausal.notes.judging.numbers.given_network import given_network
from symcausal.notes.judging.numbers.givens import (
    as_key,
    give,
    given_together,
    numbers_given,
    parameters_given,
)
from symcausal.notes.judging.open_states import open_variables, with_states_of
from symcausal.notes.judging.proportional import SameConstant
from symcausal.notes.judging.setting import Setting, setting_of, setting_without_model
from symcausal.notes.judging.spellings import with_spellings
from symcausal.notes.judging.words.hypotheses import graph_of, independences_supposed
from symcausal.notes.judging.words.supposing import variables_of
from symcausal.notes.reading.definitions import Definition
from symcausal.notes.reading.stated import StatedRelation, StatedSide, Statement
from symcausal.patterns import late
from symcausal.reading.model_language import ModelText, read_model
from symcausal.reading.vocabulary import Guess
from symcausal.record import replace

if TYPE_CHECKING:
    from symcausal.notes.stated.legends import Legend

_ONE_LESS = late(r"\s*1\s*[-−]\s*")


@dataclass(slots=True)
class Memory:
    """The models, names, numbers and letters that are known while a file is read.

    Attributes
    ----------
    given : ModelText or None
        The model for notes that declare none.
    problems : list of SymcausalError
        What could not be understood.
    bad_input : bool
        Whether a model could not be read.
    definitions : dict of str to Definition
        What the notes define, by name.
    constants : SameConstant
        The lines with a constant that nobody names.
    single : bool
        Whether nothing is taken to be independent across worlds.
    explains : bool
        Whether the rules are looked for by which something holds in a declared model.
    """

    given: ModelText | None
    problems: list[SymcausalError] = field(default_factory=list)
    bad_input: bool = False
    definitions: dict[str, Definition] = field(default_factory=dict)
    constants: SameConstant = field(default_factory=SameConstant)
    single: bool = False
    explains: bool = True
    _contents: dict[int, ModelText | None] = field(default_factory=dict)
    _known: dict[Expr, Fraction] = field(default_factory=dict)
    _letters: dict[Expr, Expr] = field(default_factory=dict)
    _settings: dict[int, Setting] = field(default_factory=dict)
    _open: dict[int, frozenset[str]] = field(default_factory=dict)

    def end_definitions(self) -> None:
        """End all definitions, so that names may be made anew, as in another section."""
        self.definitions = {
            name: replace(known, ended=True) for name, known in self.definitions.items()
        }

    def ended_name(self, texts: Iterable[str]) -> str:
        """Return a name in some sides that a section which is over defines; empty if none."""
        told = "\n".join(texts)
        for name, known in self.definitions.items():
            if known.ended and name.strip("\\") in told:
                follows = r"\s*[(\[]" if known.arguments else r"(?![\w(\[^'])"
                spelt = re.escape(name.strip("\\")).replace("_", r"_\s*\{?\s*")
                if re.search(rf"(?<![A-Za-z_])[A-Za-z]?{spelt}\}}?{follows}", told):
                    return name
        return ""

    @property
    def numbers(self) -> dict[Expr, Fraction]:
        """The numbers that notes without a model have given, by canonical formula."""
        return self._known

    # -- models -----------------------------------------------------------------------------------
    def content(self, block: ModelBlock | None) -> ModelText | None:
        """Return the model of a block, None if it cannot be read; without a block the given one."""
        if block is None:
            return self.given
        if id(block) not in self._contents:
            try:
                self._contents[id(block)] = read_model(block.excerpt())
            except SymcausalError as error:
                self.problems.append(error)
                self.bad_input = True
                self._contents[id(block)] = None
        return self._contents[id(block)]

    def use_states(
        self, block: ModelBlock | None, texts: Sequence[str], words: Sequence[str]
    ) -> None:
        """Let the variables that a model leaves open have the states that its notes name."""
        content = self.content(block)
        if content is None:
            return
        made = with_states_of(content, texts, words)
        self._open[id(made)] = open_variables(content)
        if block is None:
            self.given = made
        else:
            self._contents[id(block)] = made

    def use_spellings(self, block: ModelBlock | None, legend: Legend, guess: Guess) -> None:
        """Let the variables of a model have the spellings that its notes give them."""
        content = self.content(block)
        if content is None:
            return
        if block is None:
            self.given = with_spellings(content, legend, guess)
        else:
            self._contents[id(block)] = with_spellings(content, legend, guess)

    def open_in(self, content: ModelText) -> frozenset[str]:
        """Return the variables of a model of which its text says nothing, whatever the notes name."""
        return self._open.get(id(content)) or open_variables(content)

    def read_models(self, blocks: Iterable[ModelBlock]) -> None:
        """Read models, also those that no claim asked for, so that their faults are told."""
        for block in blocks:
            self.content(block)

    def setting(
        self,
        statement: Statement,
        content: ModelText | None,
        tabled: Callable[[Collection[str]], Mapping[Expr, Fraction]] | None = None,
    ) -> Setting:
        """Return the setting in which a statement is judged.

        Parameters
        ----------
        statement : Statement
            What is judged.
        content : ModelText or None
            The model.
        tabled : callable, optional
            The numbers that tables give for some variables where there is no model.
        """
        if content is None:
            supposed = independences_supposed(statement.hypotheses)
            formulas = [part.expr for part in statement.parts if part.expr is not None]
            known = dict(variables_of(formulas, self._known))
            for name in (name for one in supposed for side in one for name in side):
                known.setdefault(name, Variable(name))
            setting = setting_without_model(known, supposed)
            if len(supposed) > 1:
                setting = replace(setting, graph=graph_of(tuple(known), supposed))
            states = setting.states
            numbers = self._known
            told = tabled(known) if tabled is not None else {}
            if told:
                numbers = {**told, **self._known}
            network = given_network(numbers, known, states) if numbers else None
            return replace(setting, known=numbers, network=network)
        return self.setting_of(content)

    def setting_of(self, content: ModelText) -> Setting:
        """Return the setting of a model, with the numbers that notes have given for it."""
        if id(content) not in self._settings:
            setting = setting_of(content.network, numbers_given(content))
            self._settings[id(content)] = replace(
                setting, is_causal=content.causal, explains=self.explains
            )
        return self._settings[id(content)]

    def shares(self, content: ModelText, other: ModelText) -> None:
        """Let a model that only has more numbers than another keep what notes give for that."""
        if id(other) not in self._settings and content.network.states == other.network.states:
            own = self.setting_of(other)
            known = self.setting_of(content).known
            self._settings[id(other)] = replace(own, known=known)

    def forget(self, content: ModelText | None) -> None:
        """Drop the numbers that notes have given for the example before."""
        settings = [] if content is None else [self.setting_of(content)]
        for known, fixed in ((self._known, frozenset()), *((s.known, s.fixed) for s in settings)):
            for formula in [f for f in known if f not in fixed]:
                del known[formula]

    # -- numbers and letters ------------------------------------------------------------------------
    def take_parameters(self, texts: Sequence[str], content: ModelText | None) -> None:
        """Keep the numbers that formulas state for declared parameters: ``q = 0.01``."""
        if content is None or not content.network.declared:
            return
        known = self.setting_of(content).known
        for formula, value in parameters_given(texts, content.network):
            give(known, formula, value)

    def learn(self, stated: StatedRelation, link: Link, setting: Setting) -> None:
        """Keep the number that a relation gives for a probability, and for those beside it."""
        self._keep(link, setting)
        start = None if link.first is None else link.first.expr
        if isinstance(start, Prob) and not isinstance(link.left.expr, Prob):
            self._keep(link.with_exprs(start, link.right.expr), setting)
        for before in stated.statement.related[: stated.number]:
            one = before.left.expr
            if one is not None and given_together(before, setting):
                self._keep(link.with_exprs(one, link.right.expr), setting)

    def _keep(self, link: Link, setting: Setting) -> None:
        for formula, other in (link.exprs, link.exprs[::-1]):
            if isinstance(other, Scalar) and isinstance(other.value, Number):
                key = as_key(formula, setting)
                give(setting.known, key, other.value.value)
                if not setting.is_model and setting.known is not self._known:
                    give(self._known, key, other.value.value)
                return

    def takes_letter(self, part: StatedSide, link: Link) -> bool:
        """Decide whether a letter that has a meaning is given to one more probability, and keep that."""
        letter = _ONE_LESS.sub("", part.text).lstrip("\\")
        definition = self.definitions.get(letter)
        if definition is None or definition.explicit or definition.arguments or link.sign != "=":
            return False
        if not (isinstance(link.left.expr, Prob) and isinstance(definition.body, Prob)):
            return False
        body = definition.body
        one_less = _ONE_LESS.match(part.text) is not None
        self._letters[canonical(link.left.expr)] = Minus(ONE, body) if one_less else body
        return True

    def by_letters(self, link: Link) -> Link | None:
        """Return a relation with one probability for all that share a letter; None without letters."""
        if not self._letters:
            return None
        return link.read_as(*(rewritten(side, self._by_letter) for side in link.exprs))

    def _by_letter(self, part: Expr) -> Expr | None:
        return self._letters.get(canonical(part)) if isinstance(part, Prob) else None
