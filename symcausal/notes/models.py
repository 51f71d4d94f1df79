"""The models of notes as text: those that they declare, or the graphs that they state.

Main definitions
----------------
models_of : the models of a file, with the lines that state them as comments.
"""

from __future__ import annotations

from symcausal.errors import SymcausalError
from symcausal.network.network import Variable
from symcausal.notes.files.items import ModelBlock, NotesFile
from symcausal.notes.files.passages import derivations
from symcausal.notes.files.reading import read_file
from symcausal.notes.judging.footing import footing_of
from symcausal.notes.reading.guessing import guess_vocabulary
from symcausal.reading.model_language import ModelText, read_model
from symcausal.reading.model_rows import open_network
from symcausal.reading.model_writer import write_model

_KINDS = {
    "factorisation": "a factorisation, whose arrows need not be causes",
    "arrows": "arrows",
    "drawing": "a drawing",
    "code": "code",
    "equations": "structural equations",
}


def models_of(path: str) -> str:
    """Return the models of a file of notes, each below the place that states it; empty without any.

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
    told = [*map(_declared, declared)] if declared else [*_stated(document)]
    return "\n".join(told)


def _declared(block: ModelBlock) -> str:
    return f"# {_place(block.position.line, block.part.cell)}\n{write_model(read_model(block.excerpt()))}"


def _stated(document: NotesFile) -> list[str]:
    passages, _ = derivations(document)
    texts = [piece.formula.excerpt().text for passage in passages for piece in passage.pieces]
    commas = any(passage.decimal_comma for passage in passages)
    told, every = (
        footing_of(document, passages, guess_vocabulary(texts), commas=commas, any_name=any_name)
        for any_name in (False, True)
    )
    used = {reach.stated.start: reach for reach in (told.reaches if told else ())}
    others = {reach.stated.start: reach for reach in (every.reaches if every else ())}
    found = []
    for start, reach in sorted((others | used).items()):
        stated = reach.stated
        variables = {name: Variable(name) for name in stated.graph.nodes}
        network = stated.network or open_network(variables, stated.graph)
        try:
            text = write_model(ModelText(network, causal=stated.is_causal))
        except SymcausalError as error:
            text = f"# {error.message}\n"
        place = f"# {_place(stated.line, stated.cell)}: {_KINDS[stated.source]}"
        notes = [stated.doubt] if stated.doubt else []
        if start not in used:
            notes.append("no formula has its names, so that it is not used")
        elif not reach.in_force and not stated.doubt:
            notes.append("beside another graph, so that neither is used")
        if not reach.in_force and stated.doubt:  # nothing to be pasted as it stands
            text = "".join(f"# {line}\n" for line in text.splitlines())
        found.append("\n".join([place, *(f"# {note}" for note in notes), text]))
    return found


def _place(line: int, cell: int | None) -> str:
    return f"line {line}" if cell is None else f"cell {cell}, line {line}"
