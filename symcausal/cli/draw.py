"""``symcausal draw``."""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.answer.drawing import PICTURES
from symcausal.cli.options import emit, load_model
from symcausal.cli.parser import Arguments, Parser
from symcausal.errors import UsageError
from symcausal.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from symcausal.model import Model


def run(chosen: Arguments) -> None:
    """Draw the graph of MODEL: causes above effects, hidden variables and causes dashed.

    What is set stands in a rectangle, with the arrows into it dotted; what is seen is shaded.
    With --query: the worlds of which the query speaks, beside each other, with what they share.

    Examples
    --------
    symcausal draw student.model --do G=A --format svg -o student.svg
    symcausal draw student.model --path "G <- I -> S" --adjust I --states
    symcausal draw "Y := X xor M" --query "P(Y_{X=1}=1 | X=0, Y=0)"
    """
    emit(answer(load_model(chosen), chosen), chosen)


def answer(model: Model, chosen: Arguments) -> str:
    """Print what a command line asks of a model."""
    return model.draw(
        chosen.shape,
        do=_pairs("--do", chosen.actions, "G=A"),
        evidence=_pairs("--evidence", chosen.seen, "S=high", bare=True),
        path=chosen.paths,
        adjust=[name for one in chosen.adjusted for name in _parts(one)],
        labels=_pairs("--label", chosen.labels, "G=Grade", split=False),
        states=chosen.states,
        tables=chosen.tables,
        query=chosen.worlds_of,
    )


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _pairs(
    option: str, written: Sequence[str], example: str, *, bare: bool = False, split: bool = True
) -> dict[str, str]:
    """What an option says of each name."""
    found: dict[str, str] = {}
    for text in (part for one in written for part in (one.split(",") if split else [one])):
        name, equals, word = (part.strip() for part in text.partition("="))
        if not name or not (word if equals else bare):
            raise UsageError(
                f"{option} {text}",
                expected="NAME=STATE" if split else "NAME=WORDS",
                hint=f"for example {option} {example}",
            )
        if name in found:
            verb = "sets" if option == "--do" else "names"
            raise UsageError(f"{option} {verb} {name} twice")
        found[name] = word
    return found


PARSER = Parser("draw", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument(
    "--do", dest="actions", action="append", default=[], metavar="NAME=STATE",
    help="a variable that is set; the arrows into it are cut; may be repeated",
)  # fmt: skip
PARSER.add_argument(
    "--evidence", dest="seen", action="append", default=[], metavar="NAME[=STATE]",
    help="a variable that is seen; may be repeated",
)  # fmt: skip
PARSER.add_argument(
    "--path", dest="paths", action="append", default=[], metavar="PATH",
    help='a path to be marked, such as "G <- I -> S"; may be repeated',
)  # fmt: skip
PARSER.add_argument(
    "--adjust", dest="adjusted", action="append", default=[], metavar="NAMES",
    help="variables in a box, those over which is averaged",
)  # fmt: skip
PARSER.add_argument(
    "--label", dest="labels", action="append", default=[], metavar="NAME=WORDS",
    help="words under a name; may be repeated",
)  # fmt: skip
PARSER.add_argument(
    "--query", dest="worlds_of", metavar="QUERY",
    help='what would have been, such as "P(Y_{X=1}=1 | X=0)": its worlds are drawn, nothing else',
)  # fmt: skip
PARSER.add_argument("--states", action="store_true", help="the states under each name")
PARSER.add_argument("--tables", action="store_true", help="a table beside each node")
PARSER.add_format(*PICTURES, default="tikz")
