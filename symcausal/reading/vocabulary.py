"""What names mean: variables, their values, aliases and declared numbers.

Main definitions
----------------
Vocabulary : the names of a model.
Guess : the names of a text that comes without a model.
Meaning : a variable, the letter for its value, and the script that may name a state.

Notation
--------
The free value of ``X`` is the letter ``X`` whether the text says ``X`` or ``x``, and ``x'`` is the
letter ``X'``. A name that the model declares is that variable, scripts and all; otherwise a script
names a state (``g^1``). Without a model a superscript names a state and a subscript belongs to the
name; a single lower-case letter is a value of its capital, a lower-case word is a variable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from symcausal.algebra.scalar import Indeterminate
from symcausal.errors import (
    LISTED_WHEN_FEWER_THAN,
    ModelError,
    Source,
    Span,
    SymcausalError,
    close_to,
    nearest,
)
from symcausal.graph.graph import Graph
from symcausal.network.network import Network, Variable
from symcausal.patterns import late
from symcausal.reading.characters import as_read
from symcausal.reading.lexer import tokenise
from symcausal.reading.tokens import Name, Token
from symcausal.reading.words import PARENTS

_NUMBERED = late(r"(?P<base>[A-Za-z]+)(?P<bar>_?)(?P<number>\d+)")
_PLAIN = late(r"[^\W\d_][^\W_]*(_[^\W_]+)*")
_COUNTERFACTUAL = late(r"[A-Z]_\{?[a-z]'*\}?(?<![ijkmnrt])(?<![ijkmnrt]\})'*")
_NEGATIVE = frozenset({"0", "false", "no", "f", "n", "absent", "off", "negative", "low", "fail"})


class Meaning:
    """The meaning of a name: a variable, the letter of its value, and a script for a state."""

    __slots__ = ("letter", "script", "variable")

    def __init__(self, variable: str, letter: str, script: str = "") -> None:
        self.variable = variable
        self.letter = letter
        self.script = script


class Vocabulary:
    """The names of a model.

    Attributes
    ----------
    variables : mapping of str to Variable
        By name, with states and aliases.
    declared : mapping of str to Indeterminate
        The numbers that formulas may mention by name.
    graph : Graph or None
        What says the parents of a variable.

    Raises
    ------
    ModelError
        If a formula cannot tell apart two variables, or two states of one variable.
    """

    __slots__ = ("_letters", "_spellings", "_states", "_values", "declared", "graph", "variables")

    sizes: Mapping[str, int] = {}

    def __init__(
        self,
        variables: Mapping[str, Variable],
        declared: Mapping[str, Indeterminate] | None = None,
        graph: Graph | None = None,
    ) -> None:
        self.variables = variables
        self.graph = graph
        self.declared: Mapping[str, Indeterminate] = {} if declared is None else declared
        tell_apart(variables)
        spellings: dict[str, str] = {}
        for variable in self.variables.values():
            tell_states_apart(variable.name, variable.states)
            for written in (variable.name, *variable.aliases):
                spellings.setdefault(written, variable.name)
                spellings.setdefault(spelling(written), variable.name)
        for written, name in list(spellings.items()):
            # Y1 is also written Y_1, unless Y is a variable that could have a state 1
            numbered = _NUMBERED.fullmatch(written) if written[-1:].isdecimal() else None
            if numbered and numbered["base"] not in spellings:
                base, bar, number = numbered["base"], numbered["bar"], numbered["number"]
                spellings.setdefault(f"{base}{'' if bar else '_'}{number}", name)
        values: dict[str, str] = {}
        for written, name in spellings.items():
            if written[:1].isupper():
                for low in dict.fromkeys((written[0].lower() + written[1:], written.lower())):
                    # two variables that share a small letter leave it without meaning
                    values[low] = name if values.get(low, name) == name else ""
        self._letters: Mapping[str, str] = {}
        self._spellings = spellings
        self._values = {k: v for k, v in values.items() if v and k not in spellings}
        self._states = frozenset(as_read(s) for v in variables.values() for s in v.states)

    def with_letters(self, letters: Mapping[str, str]) -> Vocabulary:
        """The same names, and letters for the values of some variables."""
        made = object.__new__(Vocabulary)
        for slot in Vocabulary.__slots__:
            setattr(made, slot, getattr(self, slot))
        made._letters = letters
        return made

    def in_capitals(self) -> Vocabulary | None:
        """Return the names with capitals for those in small letters, which are values then.

        None where no name is in small letters, or its capital is the name of something else.

        Examples
        --------
        >>> from symcausal.reading.model_language import read_model
        >>> names = Vocabulary.of(read_model("z -> x").network).in_capitals()
        >>> names.lookup(Name("X")).variable, names.lookup(Name("x")).letter
        ('x', 'x')
        """
        small = {s: n for s, n in self._spellings.items() if s[:1].islower()}
        capitals = {s[0].upper() + s[1:]: n for s, n in small.items()}
        taken = self._spellings.keys() | self.declared.keys() | self._states
        if not small or not taken.isdisjoint(capitals):
            return None
        made = self.with_letters(self._letters)
        made._spellings = {s: n for s, n in self._spellings.items() if s not in small} | capitals
        made._values = self._values | small
        return made

    @staticmethod
    def of(network: Network) -> Vocabulary:
        """The names of a network."""
        return Vocabulary(network.variables, network.declared, network.graph)

    @property
    def is_closed(self) -> bool:
        """Return True: a model declares all its names."""
        return True

    def name_of(self, written: object) -> str | None:
        """Return the variable that a name by itself means, however it is spelt; None if it means none.

        Unlike in a formula, neither small letters nor scripts stand for values.
        """
        if not isinstance(written, str):
            return None
        exact = self._spellings.get(written)
        if exact is not None:
            return exact
        bare = written.strip()
        if len(bare) > 2 and bare[0] == bare[-1] == '"':
            bare = bare[1:-1]
        return self._spellings.get(bare) or self._spellings.get(spelling(bare))

    def knows(self, name: str) -> bool:
        """Whether a spelling means something here."""
        return (
            name in self._spellings
            or name in self._values
            or name in self.declared
            or name in self._states
        )

    def is_parameter(self, name: str) -> bool:
        """Whether a spelling is a declared number."""
        return name in self.declared

    @property
    def written(self) -> tuple[Name, ...]:
        """Return nothing: the names of a model are declared."""
        return ()

    def lookup(self, name: Name) -> Meaning | None:
        """Return the meaning of a name, as a variable or as its value; None if it has none."""
        text = name.text
        own = self._letters.get(text) if self._letters else None
        if own is not None:
            return Meaning(own, text)
        exact = self._spellings.get(text)
        if exact is not None:
            return Meaning(exact, exact)
        if text == name.base:
            variable = self._values.get(text)
            return None if variable is None else Meaning(variable, variable)
        tail = "'" * name.primes
        sub, sup = name.sub, name.sup
        if sup == "*":
            tail, sup = "^*" + tail, ""
        for script, part in (
            ("", Name(name.base, sub, sup)),
            (sup, Name(name.base, sub)),
            (sup or sub, Name(name.base)),
        ):
            variable = self._spellings.get(part.text) or self._values.get(part.text)
            if variable is not None and not (sup and sub and not part.sub and not part.sup):
                return Meaning(variable, variable + tail, script)
        return None

    def states(self, variable: str) -> tuple[str, ...] | None:
        """The states of a variable."""
        return self.variables[variable].states

    def bare_states(self, name: Name) -> list[tuple[str, str]]:
        """Return the variables with states that a lone name, such as ``strong`` or ``a3``, may mean.

        Either the name is a state, or it is the small letter of a variable with a state behind it.
        """
        if name.sub or name.sup or name.primes:
            return []
        found = []
        for variable in self.variables.values():
            stem = variable.name.lower()
            called = {name.base}
            if name.base.startswith(stem) and name.base[len(stem) :].isdecimal():
                script = name.base[len(stem) :]
                called |= {script, f"{stem}^{script}", f"{stem}_{script}"}
            found += [
                (variable.name, state) for state in variable.states if as_read(state) in called
            ]
        return found

    def hint(self, name: str) -> str:
        """Return a hint: what an unknown name may have been meant for."""
        states = [f"{v.name}={name}" for v in self.variables.values() if name in v.states]
        if states:
            return f"'{name}' is a state: write {' or '.join(states)}"
        told = {
            squeezed(label): f"{v.name} ({kind} {label})"
            for v in self.variables.values()
            for kind, labels in (("label", (v.label,) if v.label else ()), ("alias", v.aliases))
            for label in labels
        }
        numbered = _NUMBERED.fullmatch(name)
        owner = self._values.get(numbered["base"]) if numbered else None
        if numbered and owner is not None:
            return f"{owner} has no state {numbered['number']}: {', '.join(self.variables[owner].states)}"
        near = close_to(squeezed(name), told)
        if near:
            return f"did you mean {' or '.join(told[label] for label in near)}?"
        near_names = nearest(name, self.variables)
        if near_names or len(self.variables) < LISTED_WHEN_FEWER_THAN:
            return near_names
        return nearest(name, self._spellings)


class Guess:
    """The names of a text without a model."""

    __slots__ = ("_events", "_letters", "_seen", "_words", "_zeros", "sizes", "written")

    declared: Mapping[str, Indeterminate] = {}
    graph: Graph | None = None

    def __init__(
        self,
        tokens: Iterable[Token] = (),
        events: Iterable[Token] | None = None,
        zeros: Iterable[Name] = (),
    ) -> None:
        told = [t.name for t in tokens if t.name is not None]
        self.written = tuple({n.text: n for n in told if not n.implied}.values())
        self._seen = {name.base for name in told}
        self._letters: Mapping[str, str] = {}
        self._words: Mapping[str, str] = {}
        self._events: set[str] | None = None
        if events is not None:
            self._events = self._variables(t.name for t in events if t.name is not None)
        self._zeros = self._variables(zeros)
        self.sizes: Mapping[str, int] = {}

    def _variables(self, names: Iterable[Name]) -> set[str]:
        found = map(self.lookup, names)
        return {meaning.variable for meaning in found if meaning is not None}

    def with_letters(self, letters: Mapping[str, str]) -> Guess:
        """The same names, and letters for the values of some variables."""
        made = object.__new__(Guess)
        made._seen, made._events, made._letters = self._seen, self._events, letters
        made.written, made._zeros = self.written, self._zeros
        made._words, made.sizes = self._words, self.sizes
        return made

    def with_sizes(self, sizes: Mapping[str, int]) -> Guess:
        """The same names, and numbers for letters that count: the n of ``x_1, ..., x_n``."""
        made = self.with_letters(self._letters)
        made.sizes = sizes
        return made

    @property
    def events(self) -> frozenset[str]:
        """The variables that stand within probabilities, as far as that was looked at."""
        return frozenset(self._events or ())

    def with_words(self, words: Mapping[str, str]) -> Guess:
        """The same names, and words that are other spellings of variables, squeezed as labels are."""
        made = self.with_letters(self._letters)
        made._words = words
        if self._events is not None:
            made._events = {words.get(squeezed(name), name) for name in self._events}
        made._zeros = {words.get(squeezed(name), name) for name in self._zeros}
        return made

    def is_event(self, variable: str) -> bool:
        """Whether a variable stands within a probability, as far as that was looked at."""
        return self.mentions(variable) if self._events is None else variable in self._events

    def knows(self, name: str) -> bool:
        """Whether a spelling is one letter that stands for an event elsewhere: A and B of ``P(AB)``."""
        return len(name) == 1 and name.isalpha() and name.upper() in (self._events or ())

    def is_parameter(self, name: str) -> bool:
        """Return False: without a model no number is declared."""
        return False

    def lookup(self, name: Name) -> Meaning | None:
        """Return the meaning of a name: capitals and words are variables, small letters are values."""
        own = self._letters.get(name.text) if self._letters else None
        if own is not None:
            return Meaning(own, name.text)
        base = name.base
        if not base[:1].isalpha() or _COUNTERFACTUAL.fullmatch(name.text):
            return None
        capital = base[0].upper() + base[1:]
        if base[0].islower() and (capital in self._seen or not base[1:].strip("0123456789")):
            base = capital
        tail, sup = "'" * name.primes, name.sup
        if sup == "*":
            tail, sup = "^*" + tail, ""
        variable = Name(base, name.sub).text
        if self._words and len(variable) > 2:
            variable = self._words.get(squeezed(variable), variable)
        return Meaning(variable, variable + tail, sup)

    def mentions(self, variable: str) -> bool:
        """Whether the text names a variable, by its capital or by its small letter."""
        base = re.split("[_^]", variable, maxsplit=1)[0]
        return base in self._seen

    def begins_at_zero(self, variable: str) -> bool:
        """Whether the text says somewhere that a variable may be 0."""
        return variable in self._zeros

    def states(self, variable: str) -> tuple[str, ...] | None:
        """Return None: without a model no states are known."""
        return None

    def hint(self, name: str) -> str:
        """Return the hint for a value under an intervention; for any other name it is empty."""
        if _COUNTERFACTUAL.fullmatch(name):
            return "values under an intervention are written P(Y | do(X)), not Y_x"
        return ""


def names_parents(name: Name, names: Vocabulary | Guess) -> bool:
    """Decide whether a name, such as ``pa_X``, stands for the parents of what it has below it."""
    if name.base not in PARENTS or not name.sub or name.primes:
        return False
    return isinstance(names, Guess) or names.lookup(name) is None


def squeezed(words: str) -> str:
    """Return words as one, in small letters: *John calls* and ``JohnCalls`` are the same."""
    return re.sub(r"[\W_]+", "", words).casefold()


def _is_plain(written: str) -> bool:
    """Whether a name is one word that begins with a letter, or several with single strokes between."""
    if written.isalnum():
        return not written[0].isdecimal()
    return _PLAIN.fullmatch(written) is not None


def spelling(written: str) -> str:
    r"""Return the one spelling of a name, so that the alias ``x_{10}`` is the ``x_10`` of a formula."""
    if written.isascii() and _is_plain(written):
        return written
    read = as_read(written)
    try:
        tokens = tokenise(Span(Source(read, "name"), 0, len(read)), model=True)
    except SymcausalError:
        return read
    return tokens[0].text if len(tokens) == 1 and tokens[0].kind == "NAME" else read


def tell_apart(names: Iterable[str]) -> None:
    """Refuse two variables that a formula cannot tell apart.

    Raises
    ------
    ModelError
        If two names have one spelling: ``x_10`` and ``x_{10}``, ``A`` and ``𝐴``.
    """
    spelt: dict[str, str] = {}
    for name in names:
        other = spelt.setdefault(spelling(name), name)
        if other != name:
            raise same_name(other, name)


def same_name(one: str, other: str, span: Span | None = None) -> ModelError:
    """Return the error for two variables that a formula cannot tell apart."""
    return ModelError(
        f"'{one}' and '{other}' are two spellings of one name",
        expected="names that differ in a formula",
        hint="spell it in one way, without quotes, if it is one variable",
        span=span,
    )


def tell_states_apart(variable: str, states: Sequence[str], span: Span | None = None) -> None:
    """Refuse two states of a variable that a formula cannot tell apart.

    Raises
    ------
    ModelError
        If a state stands twice, or two differ only in fonts, widths or blanks.
    """
    seen: dict[str, str] = {}
    for state in states:
        read = state if state.isascii() and state.isalnum() else as_read(state)
        if read not in seen:
            seen[read] = state
            continue
        same = seen[read] == state
        raise ModelError(
            f"the state '{state}' of {variable} twice"
            if same
            else f"'{seen[read]}' and '{state}' are two spellings of one state of {variable}",
            expected="each state once" if same else "states that differ in a formula",
            span=span,
        )


def state_called(text: str, states: Iterable[str]) -> str | None:
    """Return the state that a text names, in whatever font the model writes it; None if there is none."""
    return text if text in states else next((s for s in states if as_read(s) == text), None)


def state_of_script(script: str, name: Name, variable: str, states: tuple[str, ...]) -> str | None:
    """Return the state that ``g^1`` or ``g_1`` names: one called ``1``, ``g1``, ``g^1`` or ``g_1``."""
    stems = dict.fromkeys((name.base, variable, name.base.lower(), name.base.upper()))
    called = {script, *(s + j + script for s in stems for j in ("", "^", "_"))}
    return next((state for state in states if as_read(state) in called), None)


def negative_state(variable: str, states: tuple[str, ...]) -> str | None:
    """Return the state that says *no*, if exactly one of two does."""
    if len(states) != 2:
        return None
    noes = [s for s in states if s.casefold() in _NEGATIVE]
    if len(noes) == 1:
        return noes[0]
    own = [s for s in states if s.casefold() == variable.casefold()]
    return next((s for s in states if s not in own), None) if len(own) == 1 else None
