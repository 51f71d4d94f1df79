"""The models of notes as text: those that they declare, or the graphs that they state.

Main definitions
----------------
models_of : the models of a file, with the lines that state them as comments.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from symcausal.errors import SymcausalError
from symcausal.hints import TYPE_CHECKING
from symcausal.network.network import Variable
from symcausal.notes.files.items import ModelBlock
from symcausal.notes.files.passages import derivations
from symcausal.notes.files.reading import read_file
from symcausal.notes.judging.footing import footing_of
from symcausal.notes.judging.open_states import (
    completed,
    open_variables,
    stated_states,
    with_states_of,
)
from symcausal.notes.judging.page import sentences
from symcausal.notes.judging.spellings import labelled, legend_in, with_spellings
from symcausal.notes.judging.tabled import NotesTables, tabled_of, with_tables
from symcausal.notes.reading.guessing import guess_vocabulary
from symcausal.reading.model_language import ModelText, read_model
from symcausal.reading.model_rows import open_network
from symcausal.reading.model_writer import write_model
from symcausal.reading.vocabulary import Guess
from symcausal.record import replace

if TYPE_CHECKING:
    from symcausal.notes.stated.legends import Legend
    from symcausal.notes.stated.scope import Reach

_END = (1 << 60, 0)
_KINDS = {
    "factorisation": "a factorisation, whose arrows need not be causes",
    "arrows": "arrows",
    "drawing": "a drawing",
    "code": "code",
    "equations": "structural equations",
}


def models_of(path: str) -> str:
    """Return the models of a file of notes, each below the place that states it; empty without any.

    Numbers that tables of the notes give stand in the models, and the lines of the tables above them.

    Parameters
    ----------
    path : str
        The file, or ``-`` for standard input.

    Raises
    ------
    SymcausalError
        If the file, or a model that it declares, cannot be read.
    """
    document = read_file(path)
    declared = [item for item in document.items if isinstance(item, ModelBlock)]
    passages, _ = derivations(document)
    texts = [piece.formula.excerpt().text for passage in passages for piece in passage.pieces]
    words = sentences(document.items)
    commas = any(passage.decimal_comma for passage in passages)
    raw = guess_vocabulary(texts)
    contents = [read_model(block.excerpt()) for block in declared]
    legend = legend_in(document, texts, words, raw, contents)
    guess = raw if legend is None else raw.with_words(legend.spellings)
    footing, every = (
        footing_of(document, passages, guess, commas=commas, any_name=any_name)
        for any_name in (False, True)
    )
    opened: dict[int, frozenset[str]] = {}
    tabled = tabled_of(
        document, texts, words, guess, footing, lambda content: opened[id(content)], commas=commas
    )
    if not declared:
        used = {reach.stated.start: reach for reach in (footing.reaches if footing else ())}
        others = {reach.stated.start: reach for reach in (every.reaches if every else ())}
        named_here = stated_states(texts, words, guess)
        return "\n".join(
            _stated(reach, named_here, tabled, legend, raw, is_used=start in used)
            for start, reach in sorted((others | used).items())
        )
    ends = [(block.part.cell or 0, block.offset) for block in declared[1:]]
    told = []
    for block, end, content in zip(declared, [*ends, _END], contents, strict=True):
        if legend is not None:
            content = with_spellings(content, legend, raw)
        named = with_states_of(content, texts, words)
        opened[id(named)] = open_variables(content)
        told.append(_declared(block, end, content, named, opened[id(named)], tabled))
    return "\n".join(told)


def _declared(
    block: ModelBlock,
    end: tuple[int, int],
    content: ModelText,
    named: ModelText,
    open_: frozenset[str],
    tabled: NotesTables | None,
) -> str:
    start = block.part.cell or 0, block.offset
    tables = [] if tabled is None else tabled.placed(named)
    within = [t for t in tables if start < t.start < end]
    made = with_tables(named.network, within, open_)
    place = f"# {_place(block.position.line, block.part.cell)}"
    if made is None:
        return f"{place}\n{write_model(content)}"
    text = write_model(replace(named, network=made.network))
    return f"{place}\n# numbers of {made.told()}\n{text}"


def _stated(
    reach: Reach,
    named: Mapping[str, Collection[str]],
    tabled: NotesTables | None,
    legend: Legend | None,
    raw: Guess,
    *,
    is_used: bool,
) -> str:
    stated = reach.stated
    variables = {
        name: Variable(name, completed(tuple(named.get(name, ())))) for name in stated.graph.nodes
    }
    variables = labelled(variables, legend, raw)
    network = stated.network or open_network(variables, stated.graph)
    notes = [stated.doubt] if stated.doubt else []
    if not is_used:
        notes.append("no formula has its names, so that it is not used")
    elif not reach.in_force and not stated.doubt:
        notes.append("beside another graph, so that neither is used")
    tables = [] if tabled is None else tabled.placed(None)
    within = [t for t in tables if reach.back_to <= t.start < reach.until]
    made = None if stated.network else with_tables(network, within, variables, named)
    if made is not None:
        network = made.network
        notes.append(f"numbers of {made.told()}")
    try:
        text = write_model(ModelText(network, causal=stated.is_causal))
    except SymcausalError as error:
        text = f"# {error.message}\n"
    if not reach.in_force and stated.doubt:  # nothing to be pasted as it stands
        text = "".join(f"# {line}\n" for line in text.splitlines())
    place = f"# {_place(stated.line, stated.cell)}: {_KINDS[stated.source]}"
    return "\n".join([place, *(f"# {note}" for note in notes), text])


def _place(line: int, cell: int | None) -> str:
    return f"line {line}" if cell is None else f"cell {cell}, line {line}"
