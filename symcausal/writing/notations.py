r"""The choices that books make when they write a probability.

Main definitions
----------------
Notation : one frozen value; what every printer is told.
PRESETS : ``lecture`` (the library's own), ``pearl``, ``koller``, ``bishop``, ``murphy``.
NotationName : these names.
NotationLike : a notation, or the name of a preset.

``symcausal.writing.inference`` reads a notation off a text.
"""

from __future__ import annotations

from symcausal.errors import UsageError, nearest
from symcausal.hints import Literal, TypeAlias
from symcausal.record import record, replace

NotationName: TypeAlias = Literal["lecture", "pearl", "koller", "bishop", "murphy"]
CHOICES: dict[str, tuple[str, ...]] = {
    "letter": ("P", "p", r"\Pr", r"\mathbb{P}"),
    "brackets": ("square", "round"),
    "bar": (r"\mid", "|"),
    "do": ("upright", "plain", "operator", "subscript", "hat"),
    "values": ("capital", "lower"),
    "states": ("equals", "superscript"),
    "sums": ("plain", "lower", "set"),
    "counterfactual": ("subscript", "argument", "superscript"),
}


@record
class Notation:
    r"""A way to write formulas: letter, brackets, bar, ``do``, values, states, sums and what is set.

    Attributes
    ----------
    letter : str
        The sign of a probability: ``P``, ``p``, ``\Pr`` or ``\mathbb{P}``.
    brackets : str
        ``square`` (``P[L]``) or ``round`` (``P(L)``).
    bar : str
        The sign before a condition: ``\mid`` or ``|``.
    do : str
        An intervention: ``upright`` (``\mathrm{do}(x)``), ``plain`` (``do(x)``), ``operator``
        (``\operatorname{do}(x)``), ``subscript`` (``P_{x}(y)``) or ``hat`` (``\hat{x}``).
    values : str
        The free value of a variable ``X``: ``capital`` (``P(X)``) or ``lower`` (``p(x)``).
    states : str
        A state: ``equals`` (``G=1``) or ``superscript`` (``g^{1}``).
    sums : str
        The index of a sum: ``plain`` (in the case of ``values``), ``lower`` (``\sum_{g}``), or
        ``set`` (``\sum_{\{G, I\}}``).
    counterfactual : str
        What a variable would have been: ``subscript`` (``Y_{X=1}``), ``argument`` (``Y(X=1)``) or
        ``superscript`` (``Y^{X=1}``).

    Raises
    ------
    UsageError
        If a choice is none of those above, or a superscript would have two meanings.
    """

    letter: str = "P"
    brackets: str = "square"
    bar: str = r"\mid"
    do: str = "upright"
    values: str = "capital"
    states: str = "equals"
    sums: str = "plain"
    counterfactual: str = "subscript"

    def __post_init__(self) -> None:
        for name, choices in CHOICES.items():
            value = getattr(self, name)
            if value not in choices:
                raise UsageError(
                    f"a notation has no {name} '{value}'",
                    expected="one of " + ", ".join(choices),
                    hint=nearest(str(value), choices),
                )
        if self.states == self.counterfactual == "superscript":
            raise UsageError(
                "a superscript for a state and for what is set",
                expected="one meaning",
                hint="choose states='equals', or counterfactual='subscript'",
            )

    @staticmethod
    def preset(name: str) -> Notation:
        """Return the notation of a book: ``lecture``, ``pearl``, ``koller``, ``bishop`` or ``murphy``.

        Raises
        ------
        UsageError
            If there is no preset of that name.

        Examples
        --------
        >>> Notation.preset("bishop").letter, Notation.preset("pearl").brackets
        ('p', 'round')
        """
        try:
            return PRESETS[name]
        except KeyError:
            raise UsageError(
                f"there is no notation '{name}'",
                expected="one of " + ", ".join(PRESETS),
                hint=nearest(name, PRESETS),
            ) from None

    @staticmethod
    def of(notation: Notation | str) -> Notation:
        """Return a notation as it is, or the preset of a name."""
        return Notation.preset(notation) if isinstance(notation, str) else notation

    @staticmethod
    def infer(text: str, default: Notation | None = None) -> Notation:
        r"""Return the notation of somebody's formulas; what they do not show stays the default.

        Examples
        --------
        >>> found = Notation.infer(r"\Pr(y \mid \hat{x}) = \sum_{z} \Pr(y \mid x, z)\, \Pr(z)")
        >>> found.letter, found.do, found.values
        ('\\Pr', 'hat', 'lower')
        """
        from symcausal.writing.inference import choices_shown  # made of patterns that few need

        kept, shown = default or Notation(), choices_shown(text)
        if shown.get("states") == kept.counterfactual == "superscript":
            kept = replace(kept, counterfactual="subscript")  # what a text shows comes first
        return replace(kept, **shown)


NotationLike: TypeAlias = Notation | NotationName
PRESETS: dict[str, Notation] = {
    "lecture": Notation(),
    "pearl": Notation(brackets="round", do="plain", values="lower"),
    "koller": Notation(brackets="round", do="plain", states="superscript"),
    "bishop": Notation(letter="p", brackets="round", bar="|", do="plain", values="lower"),
    "murphy": Notation(letter="p", brackets="round", do="plain", values="lower"),
}
