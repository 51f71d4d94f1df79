r"""What an author of LaTeX defines or leaves out, so far as it decides what is a formula.

Main definitions
----------------
OwnNames, own_names : the author's environments of code and of formulas, and commands that begin one.
behind_definition : where the definition of an environment ends, in which nothing is set yet.
hidden_stretches : the stretches that ``\iffalse`` hides, and the ``\else`` of an ``\iftrue``.
"""

from __future__ import annotations

import re

from symcausal.notes.files.definitions import MAX_BODY, closing_brace
from symcausal.notes.files.scanner import ENVIRONMENTS
from symcausal.patterns import late
from symcausal.record import record

#: Environments in which nothing is a formula.
VERBATIM = (
    r"[A-Za-z]*[Vv]erbatim|(?:lst|tcb)listing|minted|comment|alltt|filecontents|Highlighting"
    r"|S(?:input|output)|Code(?:Input|Output)?|(?:py|jl|sage|sympy)(?:code|block|console)|asy"
)
_DEFINES = late(
    r"\\(?P<kind>lstnewenvironment|DefineVerbatimEnvironment|newtcblisting|excludecomment"
    r"|newminted|newenvironment|renewenvironment|(?:re)?newcommand|providecommand|def)"
)
_CODE = late(r"\*?\s*+(?:\[[^\]\n]{0,60}\]\s*+)?\{(?P<name>[A-Za-z]{1,40})\}")
_MINTED = late(r"(?:\[(?P<name>\w{1,40})\])?\{(?P<language>\w{1,40})\}")
_OPENS = rf"\{{\s*+\\begin\s*+\{{(?P<opens>(?:{ENVIRONMENTS})\*?)\}}\s*+\}}"
_ENVIRONMENT = late(rf"\*?\s*+\{{(?P<name>[A-Za-z]{{1,40}}\*?)\}}\s*+{_OPENS}")
_COMMAND = late(
    rf"\*?\s*+\{{?\s*+\\(?P<name>[A-Za-z]{{1,40}})\s*+\}}?\s*+(?:{_OPENS}"
    rf"|\{{\s*+\\end\s*+\{{(?P<ends>(?:{ENVIRONMENTS})\*?)\}}\s*+\}})"
)
_HIDES = late(r"\\if(?:false|true|0)(?![A-Za-z])")
_NEW_CONDITION = late(r"\\newif\s*+\{?\s*+\\(if[A-Za-z@]{1,40})")
#: What defines environments, or commands in other ways than :mod:`symcausal.notes.files.macros` reads.
DEFINES_MORE = (
    r"\\(?:(?:re)?newenvironment|lstnewenvironment|newtcblisting|newtcolorbox|DeclareRobustCommand"
    r"|(?:New|Renew|Provide|Declare)Document(?:Command|Environment))(?![A-Za-z])"
)
_NAME = late(r"\*?\s*+\\[A-Za-z@]+")
_GAP = late(r"\*?[ \t]*+(?:\[[^\[\]\n]*\][ \t]*+)*\r?\n?[ \t]*+(?:\[[^\[\]\n]*\][ \t]*+)*(?=\{)")
_MOST_GROUPS = 4  # of a definition
_CONDITIONS = (
    "if|ifcat|ifnum|ifdim|ifodd|ifvmode|ifhmode|ifmmode|ifinner|ifvoid|ifhbox|ifvbox|ifx|ifeof|iftrue"
    "|iffalse|ifcase|ifdefined|ifcsname|iffontchar|ifpdf|ifxetex|ifluatex"
)


@record
class OwnNames:
    """Names that an author gives.

    Attributes
    ----------
    code : frozenset of str
        Environments in which nothing is a formula.
    formulas : dict
        Environments that are one of formulas, and which.
    opening, closing : dict
        Commands that begin an environment of formulas, or end one, and which.
    """

    code: frozenset[str]
    formulas: dict[str, str]
    opening: dict[str, str]
    closing: dict[str, str]


def own_names(text: str) -> OwnNames:
    r"""Return the names that a text defines.

    Examples
    --------
    >>> own_names(r"\lstnewenvironment{R}{} \newcommand{\be}{\begin{equation}}").opening
    {'be': 'equation'}
    """
    code: set[str] = set()
    formulas: dict[str, str] = {}
    opening: dict[str, str] = {}
    closing: dict[str, str] = {}
    for found in _DEFINES.finditer(text):
        kind, at = found["kind"], found.end()
        if kind == "newminted":
            if told := _MINTED.match(text, at):
                code.add(told["name"] or f"{told['language']}code")
        elif kind.endswith("newenvironment") and kind != "lstnewenvironment":
            if told := _ENVIRONMENT.match(text, at):
                formulas[told["name"]] = told["opens"]
        elif kind.endswith("command") or kind == "def":
            if told := _COMMAND.match(text, at):
                (opening if told["opens"] else closing)[told["name"]] = (
                    told["opens"] or told["ends"]
                )
        elif told := _CODE.match(text, at):
            code.add(told["name"])
    return OwnNames(frozenset(code), formulas, opening, closing)


def behind_definition(text: str, at: int, end: int) -> int:
    """Return where the groups end that follow the command of a definition."""
    if name := _NAME.match(text, at, end):
        at = name.end()
    for _ in range(_MOST_GROUPS):
        gap = _GAP.match(text, at, end)
        close = closing_brace(text, gap.end(), min(end, gap.end() + MAX_BODY)) if gap else -1
        if close < 0:
            break
        at = close + 1
    return at


def hidden_stretches(text: str) -> dict[int, int]:
    r"""Return where each stretch that is never set begins, and where it ends.

    A condition that is never closed hides everything behind it; its end is then the text's.

    Examples
    --------
    >>> hidden_stretches(r"a \iffalse b \else c \fi")
    {2: 18}
    """
    if not _HIDES.search(text):
        return {}
    own = "".join(f"|{re.escape(name)}" for name in set(_NEW_CONDITION.findall(text)))
    sign = re.compile(
        rf"\\(?P<if>{_CONDITIONS}{own})(?![A-Za-z@])|\\(?P<end>else|fi)(?![A-Za-z@])|\\newif\s*+\{{?\s*+\\\w+"
        rf"|%[^\n]*|\\begin\s*\{{(?P<verbatim>(?:{VERBATIM})\*?)\}}|\\.",
        re.DOTALL,
    )
    found: dict[int, int] = {}
    opened: list[bool | None] = []  # of each condition, whether it is true here; None: nobody knows
    hidden: tuple[int, int] | None = None  # where a stretch begins, and how deep
    endless: set[str] = set()
    at = 0
    while match := sign.search(text, at):
        at = match.end()
        if name := match["verbatim"]:
            if hidden is None and name not in endless:
                close = text.find(f"\\end{{{name}}}", at)
                at = close if close >= 0 else at
                endless |= {name} if close < 0 else set()
        elif name := match["if"]:
            is_true = {"iftrue": True, "iffalse": False}.get(name)
            if name == "if" and re.compile(r"0\s").match(text, at):
                is_true = False
            opened.append(is_true)
            if is_true is False and hidden is None:
                hidden = match.start(), len(opened)
        elif match["end"] and opened:
            if hidden is not None and hidden[1] == len(opened):
                found[hidden[0]] = at
                hidden = None
            if match["end"] == "fi":
                opened.pop()
            elif opened[-1] is True and hidden is None:
                hidden = match.start(), len(opened)
    if hidden is not None:
        found[hidden[0]] = len(text)
    return found
