"""``symcausal adjust``."""

from __future__ import annotations

from symcausal.cli.exits import answer_no
from symcausal.cli.options import emit, load_model
from symcausal.cli.parser import Arguments, Parser
from symcausal.errors import UsageError
from symcausal.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from symcausal.graph.enumeration import Kind


def run(chosen: Arguments) -> None:
    """List the minimal sets that repair confounding of TREATMENT and OUTCOME in MODEL.

    Several variables are separated by commas. Exit status 3 if there is no set. --by front-door
    lists the sets that carry the effect, --by instrument what moves the treatment alone.

    Examples
    --------
    symcausal adjust student.model G L
    symcausal adjust "X -> M -> Y; X <-> Y" X Y --by front-door
    """
    loaded = load_model(chosen)
    if chosen.every and chosen.fewest:
        raise UsageError("--all with --minimum", hint="leave one of them out")
    if chosen.equivalent and chosen.by != "adjustment":
        raise UsageError(f"--equivalent with --by {chosen.by}", hint="leave one of them out")
    kind: Kind = "all" if chosen.every else "minimum" if chosen.fewest else "minimal"
    if chosen.by == "instrument":
        if kind != "minimal":
            raise UsageError(f"--{kind} with --by instrument", hint="all instruments are listed")
        moved = loaded.instruments(
            chosen.treatment, chosen.outcome, forced=chosen.forced, forbidden=chosen.forbidden
        )
        emit(moved.to(chosen.shape), chosen)
        found = bool(moved.found)
    elif chosen.by == "front-door":
        carried = loaded.front_door(
            chosen.treatment,
            chosen.outcome,
            forced=chosen.forced,
            forbidden=chosen.forbidden,
            kind=kind,
        )
        emit(carried.to(chosen.shape), chosen)
        found = bool(carried.sets)
    else:
        repaired = loaded.adjustment(
            chosen.treatment,
            chosen.outcome,
            forced=chosen.forced,
            forbidden=chosen.forbidden,
            kind=kind,
            equivalent=chosen.equivalent,
        )
        emit(repaired.to(chosen.shape), chosen)
        found = bool(repaired.sets)
    if not found:
        answer_no()


PARSER = Parser("adjust", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument("treatment", help="the variables that are set")
PARSER.add_argument("outcome", help="the variables that are looked at")
PARSER.add_argument(
    "--forced", default="", metavar="NAMES", help="variables that every set must hold"
)
PARSER.add_argument(
    "--forbidden", default="", metavar="NAMES", help="variables that no set may hold"
)
PARSER.add_argument(
    "--all", dest="every", action="store_true", help="every set, not only the minimal ones"
)
PARSER.add_argument(
    "--minimum", dest="fewest", action="store_true", help="the sets with the fewest variables"
)
PARSER.add_argument(
    "--equivalent", action="store_true",
    help="only sets that do in every graph with the same independencies",
)  # fmt: skip
PARSER.add_argument(
    "--by", choices=("adjustment", "front-door", "instrument"), default="adjustment",
    help="how to learn the effect (default: %(default)s)",
)  # fmt: skip
PARSER.add_format()
