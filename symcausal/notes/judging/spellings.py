"""Other spellings of variables that the legends of notes give: *G: grade*.

Main definitions
----------------
legend_in : what the notes say that their symbols stand for.
with_spellings : a model whose variables have the spellings that a legend gives.
labelled : variables with the labels and spellings of a legend.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from symcausal.errors import SymcausalError
from symcausal.hints import TYPE_CHECKING
from symcausal.network.network import Variable
from symcausal.notes.files.items import NotesFile
from symcausal.notes.judging.open_states import stated_states
from symcausal.reading.model_language import ModelText
from symcausal.reading.tokens import Name
from symcausal.reading.vocabulary import Guess, Vocabulary, squeezed
from symcausal.record import replace

if TYPE_CHECKING:
    from symcausal.notes.stated.legends import Legend

_SIGNS = (":", "(", "denote", "stand", "represent", "tabular", "|")


def legend_in(
    document: NotesFile | None,
    texts: Sequence[str],
    words: Sequence[str],
    guess: Guess,
    contents: Iterable[ModelText] = (),
) -> Legend | None:
    """Return what notes say that their symbols stand for; None where they say nothing.

    Parameters
    ----------
    document : NotesFile or None
        The notes.
    texts, words : sequence of str
        Their formulas, and what stands around these.
    guess : Guess
        What names mean without a model.
    contents : iterable of ModelText
        The models of the notes.
    """
    if document is None or not any(
        sign in p.source.text for p in document.parts for sign in _SIGNS
    ):
        return None
    from symcausal.notes.stated.legends import legend_of

    models = [Vocabulary.of(content.network) for content in contents]
    named = stated_states(texts, words, guess)
    states = [state for every in named.values() for state in every]
    states += [s for names in models for v in names.variables.values() for s in v.states]
    found = legend_of(
        document, texts, guess, states, lambda name: any(names.name_of(name) for names in models)
    )
    return found if found.spellings or found.labels else None


def with_spellings(content: ModelText, legend: Legend, guess: Guess) -> ModelText:
    """Return a model whose variables have the spellings that formulas use, as a legend says.

    The formulas may have the words where the model has the symbols, or the symbols where it has words.
    """
    names = Vocabulary.of(content.network)
    new: dict[str, list[str]] = {}
    for name in sorted(guess.events):
        if names.lookup(Name(name)) is not None or names.knows(name):
            continue
        owner = names.name_of(legend.spellings.get(squeezed(name), ""))
        if owner is None:
            words = {word for word, symbol in legend.spellings.items() if symbol == name}
            called = [
                v.name
                for v in names.variables.values()
                if {squeezed(v.name), squeezed(v.label)} & words
            ]
            owner = called[0] if len(called) == 1 else None
        if owner is not None:
            new.setdefault(owner, []).append(name)
    # two unknown names of one variable may be two variables
    single = {owner: names[0] for owner, names in new.items() if len(names) == 1}
    if not single:
        return content
    variables = {
        name: replace(v, aliases=(*v.aliases, single[name])) if name in single else v
        for name, v in content.network.variables.items()
    }
    try:
        Vocabulary(variables, content.network.declared)
    except SymcausalError:
        return content
    return replace(content, network=replace(content.network, variables=variables))


def labelled(
    variables: Mapping[str, Variable], legend: Legend | None, guess: Guess
) -> dict[str, Variable]:
    """Return variables with the labels of a legend, and with the spellings that formulas use."""
    if legend is None:
        return dict(variables)
    found = {}
    for name, variable in variables.items():
        spelt = [
            other
            for other in sorted(guess.events - {name})
            if legend.spellings.get(squeezed(other)) == name and len(other) > 2
        ]
        label = legend.labels.get(name, "")
        found[name] = replace(variable, label=label, aliases=tuple(spelt))
    return found
