"""A document as a list of short rows, to compare with what a reader of the file would say."""

from symcausal.notes.files.items import Directive, Formula, ModelBlock, NotesFile, Prose

Row = tuple[str, str, int, int]


def rows(document: NotesFile) -> list[Row]:
    """Kind, text, line and column of each item; a display is ``display``."""
    return [
        (kind(item), item.text, *item.span.source.position(item.offset)) for item in document.items
    ]


def kind(item: Formula | Prose | ModelBlock | Directive) -> str:
    match item:
        case Formula():
            return "display" if item.display else "inline"
        case Prose():
            return "words"
        case ModelBlock():
            return f"model {item.name}".strip()
        case Directive():
            return f"{item.kind} {item.argument}".strip()


def formulas(document: NotesFile) -> list[str]:
    """The texts of the formulas."""
    return [item.text for item in document.items if isinstance(item, Formula)]
