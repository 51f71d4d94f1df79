r"""Where a text of formulas falls apart: relation signs, rows, commas, gaps, words.

Only what stands outside all brackets counts, so the ``=`` of ``P(X=x)`` and the row of a
``\substack`` are left alone. Nothing is refused here: a text that fits no grammar still has rows
and relations, and one bad row costs no other.

Main definitions
----------------
Boundary : one such place.
marks : all of a text, in order.
"""

# ruff: noqa: SIM905 - long lists of words read best as text

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from symcausal.notes.reading.measures import PROBABLE
from symcausal.patterns import late
from symcausal.reading.numerals import numeral
from symcausal.record import record, replace

RELATIONS: dict[str, str] = {
    "=": "=", "==": "=", "≡": "=", ":=": ":=", "≔": ":=", "=:": "=:", "<": "<", ">": ">",
    "<=": "≤", "≤": "≤", "⩽": "≤", ">=": "≥", "≥": "≥", "⩾": "≥", "!=": "≠", "≠": "≠",
    "≈": "≈", "≃": "≈", "∝": "∝",
    "approx": "≈", "simeq": "≈", "propto": "∝", "ne": "≠", "neq": "≠", "lt": "<", "gt": ">",
    "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "equiv": "=",
    "coloneqq": ":=", "coloneq": ":=", "triangleq": ":=", "doteq": ":=", "defeq": ":=",
    "eqqcolon": "=:", "cong": "≈", "thickapprox": "≈", "varpropto": "∝",
}  # fmt: skip
_IMPLIES = frozenset(
    "implies impliedby iff Rightarrow Leftarrow Leftrightarrow Longrightarrow Longleftrightarrow "
    "Longleftarrow therefore because to rightarrow".split()
)
_INDEPENDENT = frozenset(
    "perp indep independent Perp upmodels bot ci nperp nindep notindep models".split()
)
_WORDS = frozenset(
    "text textrm textit textbf textnormal textsf mbox hbox intertext shortintertext mathrm emph "
    "operatorname textsc mathit".split()
)
_DECORATED = frozenset({"overset", "stackrel", "underset"})
_ALIGNED = frozenset(
    "align aligned alignat alignedat flalign gather gathered multline multlined eqnarray split "
    "equation displaymath math dmath dgroup subequations IEEEeqnarray".split()
)
_SCAN = late(
    r"\\(?:begin|end)\s*\{([^{}]{0,40})\}(?:\s*\{[lcr|@{}\d\s]{0,20}\})?"
    r"|\\\\\*?(?:\s*\[[^\[\]()\\]{0,20}(?:\\jot|pt|em|ex|mm|cm|jot)\])?"
    r"|\\([A-Za-z]+)\*?|\\.|:=|=:|<=|>=|!=|==|<->|->|<-|_\|\|?_"
    r"|[{}()\[\],;&=<>≈≃∝≠≤≥⩽⩾≔≡⟂⊥⫫⇒⟹⇔⟺∴]|[^\W_]+|[^\s~]",
    re.DOTALL,
)
_ENVIRONMENT_NAMED = late(r"\\(begin|end)\s*\{array\}")
_COLUMNED = late(r"(?:\s*\[[tbc]\])?\s*\{(?:[lcrLCR\s]|@\{[^{}]{0,20}\}){0,40}+\}")
_ROW_BEFORE = late(
    r"(?:\\\\|\\begin\s*\{[a-z*]+\}(?:\[[tbc]\])?(?:\s*\{[^{}]*\})?|\\displaystyle)\Z"
)
_ROW_AFTER = late(r"(?:[\s~.,;]|\\[,;:! ]|\\q?quad(?![a-z]))*+(?:\\\\|\\end\s*\{|\Z)")
_PLACED = late(r"\s*\[[tbc]\](?:\s*\{\d+\})?")
_CLOSE = late(r"(?:\s|\\[!,;:])*")
_HYPOTHESIS = late(
    r"\W*(?:and |only |but |even )?(?:if|when|whenever|provided|assuming|assume|under|suppose"
    r"|supposing|given(?! by)|for which|as long as)\b", re.I,
)  # fmt: skip
_SINCE = late(
    r"\W*(?:and )?(?:since|because|as|by|using|from|due|recall|note|noting|via|with the)\b", re.I
)
_WHERE = late(r"\W*(?:and )?(?:where|with|let|define|defining|here|writing|denote)\b", re.I)
_ALL = late(r"\W*(?:for (?:all|every|each|any|some)|over all|f\.a\.|\bs\.t\.|such that)\b", re.I)
_UNLESS = late(r"\W*(?:unless|except|but not|versus|vs)\b", re.I)
_ALSO = late(r"\W*(?:and|or)\W*\Z", re.I)
_FOR = late(r"\W*(?:for|at|on|in|over)\b", re.I)
_ENDS = late(
    r"\W*(?:and|or|so|hence|thus|therefore|then|we|which|also|but|while|is|are|i\.e|that|it|now"
    r"|similarly|finally|likewise|yes|no|because|else|otherwise)\b", re.I,
)  # fmt: skip
_QUANTIFIED = late(
    r"(?:[\s,]|\\[,;:! ]|\\in\b|\\text\{ ?and ?\}|[A-Za-z](?:_\w|_\{\w{1,9}\})?['′]*){1,24}?"
    r"(?::(?!=)|\\colon\b|\\text\{ ?:? ?\})"
)
_NUMBER_FOLLOWS = late(r"(?:\s|\\[,;: ])*[-−]?\.?\d")
_SPACED = late(r"(?:\s|[&~]|\\[,;:! ])*")
_WITHIN_NUMBER = late(r"\d,(?:\\(?:overline|bar|dot)\s*\{?)?\d", re.ASCII)
_OPERATORS = frozenset({"+", "-", "*", "/", "×", "·", "⋅", "−", "–"})
_OPERATOR_WORDS = frozenset({"times", "cdot", "div", "ast"})
_NO_INK = frozenset(
    "left right middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm Biggl "
    "Biggr Biggm quad qquad enspace thinspace hline limits nolimits".split()
)
_ROW_ENDS = late(r"\\\\|\\end\s*\{")
_COLUMN_BEGINS = late(r"(?:[\s&~.]|\\[,;:! ]|\\q?quad(?![A-Za-z]))*")
_NUMBERED = late(r"[(\[][\w.*'†‡-]{1,6}[)\]]")
_OPERAND_AWAITED = late(
    r"(?:\A|\\\\|[&(\[=<>≈∝≠≤≥+*/×·⋅−-]|\\\{|\\(?:times|cdot|div|ast|approx|propto|leq?|geq?|neq?|equiv"
    r"|begin\s*\{[^{}]*\}))(?:\s|~|\\[,;:! ]|\\q?quad)*\Z"
)
_EVENT_AWAITED = late(r"(?:[,;|]|\\(?:mid|vert|given)(?![A-Za-z]))(?:\s|~|\\[,;:! ])*\Z")
_GOES_ON = late(r"[-+*/×·⋅−=<>≈∝≠≤≥]|\\(?:times|cdot|div|ast|sum|prod|int)(?![A-Za-z])|:=")
_TELLS_ABOUT = late(
    r"[=<>≈∝≠≤≥⟂⊥⫫]|\\(?:perp|indep|leq?|geq?|neq?|approx|propto|forall|in|text|mbox)"
)
_WORDING = late(r"\\(?:text[a-z]*|mbox|hbox)\s*\{[^{}]*\}")
_DOLLARS = late(r"\$([^$]*)\$|\\\((.*?)\\\)", re.DOTALL)


@record
class Boundary:
    """A place outside all brackets at which a text falls apart.

    Attributes
    ----------
    kind : str
        ``relation``, ``independent``, ``row``, ``column``, ``comma``, ``gap``, ``words``,
        ``implies``, ``operator``, ``aside`` (brackets around words or an independence), ``refused``.
    start, end : int
        Its characters.
    text : str
        The relation; the kind of words: ``if``, ``since``, ``where``, ``all``, ``for``, ``and``,
        ``also`` (a bare *and*), ``unless``, ``other``.
    inside : tuple of tuple of int
        The formulas between dollars in words; the inside of brackets.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    inside: tuple[tuple[int, int], ...] = ()


def marks(
    text: str, start: int, end: int, pairs: dict[int, int], row_ends: tuple[int, ...] = ()
) -> list[Boundary]:
    """Return the boundaries of a stretch of text, in order."""
    found, open_ = _scan(text, start, end, pairs, row_ends, reset=False)
    if open_:
        # a bracket that never closes is the fault of its row only
        found, _ = _scan(text, start, end, pairs, row_ends, reset=True)
    return _without_listing(found, text)


def _without_listing(found: list[Boundary], text: str) -> list[Boundary]:
    r"""The marks without the commas of ``A, B \perp C``, which part no statements."""
    if not any(mark.kind == "independent" for mark in found):
        return found
    kept: list[Boundary] = []
    group: list[Boundary] = []
    for mark in (*found, None):
        if mark is None or mark.kind in ("row", "words", "implies", "gap", "aside"):
            kept += _listed(group, text)
            group = []
            if mark is not None:
                kept.append(mark)
        else:
            group.append(mark)
    return kept


def _listed(group: list[Boundary], text: str) -> list[Boundary]:
    kinds = [mark.kind for mark in group]
    related = max((i for i, kind in enumerate(kinds) if kind == "relation"), default=-1)
    first = next((i for i in range(related + 1, len(kinds)) if kinds[i] == "comma"), None)
    # the comma after an equation parts it from what is independent
    start = related + 1 if related < 0 or first is None else first + 1
    tail = kinds[start:]
    doubled = sum(  # the sign that \perp\!\!\!\perp draws is one
        one.kind == other.kind == "independent"
        and bool(_CLOSE.fullmatch(text, one.end, other.start))
        for one, other in pairwise(group[start:])
    )
    signs, commas = tail.count("independent") - doubled, tail.count("comma")
    if not signs or (signs > 1 and commas == signs - 1):
        return group
    return group[:start] + [mark for mark in group[start:] if mark.kind != "comma"]


def words_kind(words: str) -> str:
    """Return the kind of thing that words announce."""
    for kind, pattern in (
        ("also", _ALSO), ("unless", _UNLESS), ("if", _HYPOTHESIS), ("all", _ALL), ("where", _WHERE),
        ("since", _SINCE),
        ("for", _FOR), ("and", _ENDS),
    ):  # fmt: skip
        if pattern.match(words):
            return kind
    return "other"


def _scan(
    text: str,
    start: int,
    end: int,
    pairs: dict[int, int],
    row_ends: tuple[int, ...],
    *,
    reset: bool,
) -> tuple[list[Boundary], bool]:
    found: list[Boundary] = []
    depth = brackets = 0
    opened_at: list[tuple[int, bool, bool]] = []  # where, whether of a call, whether words inside
    called = False  # whether what stood last takes the next bracket as its argument
    within: list[Boundary] = []  # rows, columns and words in the outermost bracket
    skip = start
    breaks = iter(sorted(row_ends))
    arrays = _arrays_of_rows(text, start, end, row_ends)
    next_break = next(breaks, end + 1)
    for match in _SCAN.finditer(text, start, end):
        at, stop = match.start(), match.end()
        while at >= next_break:
            if reset:
                depth = brackets = 0
                opened_at.clear()
            if depth == 0 and brackets == 0:
                found.append(Boundary("row", next_break, next_break))
            next_break = next(breaks, end + 1)
        if at < skip:
            continue
        token, environment, word = match.group(), match.group(1), match.group(2)
        top = depth == 0 and brackets == 0
        if environment is not None:
            name = environment.strip().rstrip("*")
            if name in _ALIGNED or at in arrays:
                columns = _COLUMNED if name in ("array", "IEEEeqnarray") else _PLACED
                named = text.index("}", at) + 1
                begins = token.startswith("\\begin")
                placed = columns.match(text, named) if begins else None
                if placed:
                    stop = skip = placed.end()
                if top:
                    found.append(Boundary("blank", at, stop))
            else:
                found.append(Boundary("refused", at, stop, name))
                depth += 1 if token.startswith("\\begin") else -(depth > 0)
            called = False
        elif token.startswith("\\\\"):
            if reset:
                depth = brackets = 0
                opened_at.clear()
                top = True
            if top:
                found.append(Boundary("row", at, stop))
            elif depth == 0:
                within.append(Boundary("row", at, stop))
            called = False
        elif word in ("langle", "rangle") or token in ("⟨", "⟩"):
            opens = word == "langle" or token == "⟨"
            brackets = max(0, brackets + (1 if opens else -1))
            if opens:
                opened_at.append((at, False, False))
            elif opened_at:
                opened_at.pop()
            called = False
        elif word is not None:
            skip = stop
            if word in _NO_INK:
                if word in ("quad", "qquad"):
                    called = False
                    if top:
                        found.append(Boundary("gap", at, stop))
                continue
            if word in _WORDS or word in _DECORATED:
                taken = _word_mark(text, pairs, at, stop, word, called)
                if taken is not None:
                    mark, skip = taken
                    if top:
                        found.append(mark)
                    elif mark.kind == "words" and depth == 0:
                        told = mark.text != "name" and _ends_row(text, skip, end)
                        before = text[max(0, at - 60) : at]
                        told = told and not _OPERAND_AWAITED.search(before)
                        told = told and not _EVENT_AWAITED.search(before)
                        if told or not any(call for _, call, _ in opened_at):
                            within.append(mark)
                        if opened_at and brackets == 1:
                            opened_at[-1] = (*opened_at[-1][:2], True)
                    called = mark.kind not in ("words", "relation")
                    continue
                argument = _argument(text, pairs, stop)
                skip = argument if word in _WORDS else stop
                called = True
                continue
            called = True
            kind = _command_kind(word)
            prefix = _QUANTIFIED.match(text, stop, end) if word in ("forall", "exists") else None
            if prefix is not None:
                # \forall x, y: the letters say nothing that the formula does not
                if top:
                    found.append(Boundary("words", at, prefix.end(), _sense(kind, word)))
                skip, called = prefix.end(), False
            elif word == "sim" and _is_about(text, stop, found):
                called = False
                if top:
                    found.append(Boundary("relation", at, stop, "≈"))
            elif kind == "not":
                called = False
            elif kind:
                called = False
                if top:
                    found.append(Boundary(kind, at, stop, _sense(kind, word)))
                elif kind == "independent" and opened_at and brackets == 1 and not depth:
                    opened_at[-1] = (*opened_at[-1][:2], True)
        elif token == "{" or token == "}":
            lone = _lone_relation(text, pairs, at, end) if token == "{" and top else None
            if lone is not None:
                found.append(lone)
                skip = lone.end
                called = False
                continue
            depth = depth + 1 if token == "{" else max(0, depth - 1)
            called = token == "}"
        elif token in ("(", "[", "\\{"):
            brackets += 1
            opened_at.append((at, called, False))
            called = False
        elif token in (")", "]", "\\}"):
            if brackets:
                brackets -= 1
                began, call, words = opened_at.pop()
                rows = any(mark.kind in ("row", "column") for mark in within)
                if brackets == 0 and rows:
                    # brackets over several rows: what parts the rows is no part of the formula
                    found += [replace(m, kind="blank", text=m.kind) for m in within]
                    words = False
                if brackets == 0:
                    within = []
                if brackets == 0 and depth == 0 and words and not call:
                    after = _subscript_end(text, pairs, stop)
                    found.append(Boundary("aside", began, after, "", ((began + 1, at),)))
                    skip = after
            called = False
        elif token in RELATIONS:
            called = False
            if top:
                found.append(Boundary("relation", at, stop, RELATIONS[token]))
        elif token in ("_||_", "_|_", "⟂", "⊥", "⫫"):
            called = False
            if top:
                found.append(Boundary("independent", at, stop, token))
            elif opened_at and brackets == 1 and not depth:
                opened_at[-1] = (*opened_at[-1][:2], True)
        elif token in (",", ";"):
            called = False
            if top and not (token == "," and _WITHIN_NUMBER.match(text, at - 1)):
                found.append(Boundary("comma", at, stop))
        elif token == "&":
            called = False
            if top:
                found.append(Boundary("column", at, stop))
            elif depth == 0:
                skip = _reason_end(text, pairs, at, min(end, next_break)) or stop
                within.append(Boundary("column", at, skip))
        elif token in ("⇒", "⟹", "⇔", "⟺", "∴"):
            called = False
            if top:
                found.append(Boundary("implies", at, stop, "iff" if token in "⇔⟺" else ""))
        elif token in _OPERATORS:
            called = False
            if top:
                found.append(Boundary("operator", at, stop))
        elif token in ("\\ ", "\\,", "\\;", "\\:", "\\!", "\\>"):
            pass
        elif token not in (".", "|"):
            called = token[0].isalnum() or token in ("'", "_", "^", "$")
        else:
            called = False
    if reset or (depth == 0 and brackets == 0):
        found += [Boundary("row", last, last) for last in (next_break, *breaks) if last < end]
    return found, bool(depth or brackets)


def _arrays_of_rows(text: str, start: int, end: int, row_ends: tuple[int, ...]) -> set[int]:
    r"""Return where arrays that only align rows begin and end.

    Such an array is all of its row: what stands beside one is a matrix or a choice of cases. One
    with ruled columns is a table.
    """
    found: set[int] = set()
    broken = sorted(row_ends)
    opened: list[re.Match[str]] = []
    for sign in _ENVIRONMENT_NAMED.finditer(text, start, end):
        if sign[1] == "begin":
            opened.append(sign)
        elif opened:
            begin = opened.pop()
            columns = _COLUMNED.match(text, begin.end(), end)
            if (
                columns is not None
                and _begins_row(text, start, begin.start(), broken)
                and _ends_row_at(text, sign.end(), end, broken)
            ):
                found |= {begin.start(), sign.start()}
    return found


def _begins_row(text: str, start: int, at: int, row_ends: list[int]) -> bool:
    ink = at
    while ink > start and (text[ink - 1].isspace() or text[ink - 1] == "~"):
        ink -= 1
    broken = bisect_right(row_ends, at) > bisect_left(row_ends, ink)
    return ink == start or broken or _ROW_BEFORE.search(text, max(start, ink - 40), ink) is not None


def _ends_row_at(text: str, at: int, end: int, row_ends: list[int]) -> bool:
    after = bisect_left(row_ends, at)
    end = min([end, *row_ends[after : after + 1]])
    return _ROW_AFTER.match(text, at, end) is not None


def _ends_row(text: str, at: int, end: int) -> bool:
    gap = _COLUMN_BEGINS.match(text, at, end)
    assert gap is not None
    return _ROW_ENDS.match(text, gap.end(), end) is not None


def _reason_end(text: str, pairs: dict[int, int], at: int, end: int) -> int | None:
    r"""Where the reason or label ends that a column holds in the middle of a bracket.

    Such a column is the last of its row, stands behind something complete, and is words, a number
    of an equation, or what two separators set apart: ``\bigl(P(x) && \text{(2)} \\``.
    """
    if _OPERAND_AWAITED.search(text[max(0, at - 60) : at]):
        return None
    begin = _COLUMN_BEGINS.match(text, at, end)
    assert begin is not None
    start = begin.end()
    row_end = _ROW_ENDS.search(text, start, end)
    stop = row_end.start() if row_end else end
    told = text[start:stop].strip(" \t\n~.,;")
    bare = _WORDING.sub(" ", told)
    if any(bare.count(opens) != bare.count(closes) for opens, closes in ("()", "[]", "{}")):
        return None
    if not told or "&" in bare or _GOES_ON.match(told):
        return None
    if _NUMBERED.fullmatch(told):
        return stop
    word = _SCAN.match(text, start, stop)
    if word is not None and word.group(2) in _WORDS:
        taken = _word_mark(text, pairs, start, word.end(), word.group(2), called=False)
        if taken is not None and taken[0].kind == "words":
            return stop if taken[0].text != "name" or not text[taken[1] : stop].strip() else None
    apart = text.count("&", at, start) > 1
    return stop if apart and (_TELLS_ABOUT.search(told) or not PROBABLE.search(told)) else None


def _is_about(text: str, at: int, found: list[Boundary]) -> bool:
    r"""Whether ``\sim`` stands between a formula and a number, which it is roughly."""
    if not _NUMBER_FOLLOWS.match(text, at):
        return False
    last = found[-1] if found else None
    after_sign = last is not None and last.kind == "relation"
    return not (last and after_sign and _SPACED.fullmatch(text, last.end, at - len("\\sim")))


def _sense(kind: str, word: str) -> str:
    if kind == "implies":
        return "iff" if word.casefold().endswith(("leftrightarrow", "iff")) else ""
    if word == "exists":
        return word
    return "all" if kind == "words" else RELATIONS.get(word, word)


def _command_kind(word: str) -> str:
    if word in ("forall", "exists", "in", "notin"):
        return "words"
    if word in RELATIONS:
        return "relation"
    if word in _INDEPENDENT:
        return "independent"
    if word in _IMPLIES:
        return "implies"
    if word in _OPERATOR_WORDS:
        return "operator"
    return "not" if word in ("not", "centernot") else ""


def _argument(text: str, pairs: dict[int, int], at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return pairs[at] + 1 if at in pairs else at


def _word_mark(
    text: str, pairs: dict[int, int], at: int, stop: int, command: str, called: bool
) -> tuple[Boundary, int] | None:
    r"""The words of ``\text{..}``, or the relation under ``\overset{..}``; None for a name."""
    close = _argument(text, pairs, stop)
    opened = text.find("{", stop, close)
    if opened < 0 or close <= opened + 1:
        return None
    words = text[opened + 1 : close - 1]
    if command in _DECORATED:
        return _decorated(text, pairs, at, opened, close, words, command)
    bare = words.strip()
    if command in ("mathrm", "operatorname", "mathit", "textsc"):
        kind = words_kind(bare.replace("~", " "))
        if kind not in ("if", "where", "since", "and") or "$" in bare or bare == "as":
            return None
        return Boundary("words", at, close, kind), close
    inside = tuple(_inside(words, opened + 1))
    kind = words_kind(bare)
    if command in ("intertext", "shortintertext"):
        return Boundary("words", at, close, "row", inside), close
    is_number = numeral(bare) is not None
    plain = bare.isalnum() and kind == "other"
    name = plain or is_number or bare.casefold() in ("do", "p", "pr", "e")
    after = text[close : close + 20].lstrip()
    if name and (after[:1] in ("(", "[", "_", "^") or after.startswith("\\left")):
        return None
    shape = "name" if name or (kind == "other" and "$" not in bare and _is_operand(bare)) else ""
    return Boundary("words", at, close, kind if not shape else "name", inside), close


def _is_operand(words: str) -> bool:
    return bool(words) and all(c.isalnum() or c in " -_" for c in words)


def _inside(words: str, at: int) -> Iterator[tuple[int, int]]:
    for match in _DOLLARS.finditer(words):
        group = 1 if match.group(1) is not None else 2
        yield at + match.start(group), at + match.end(group)


def _decorated(
    text: str, pairs: dict[int, int], at: int, opened: int, close: int, label: str, command: str
) -> tuple[Boundary, int] | None:
    end = _argument(text, pairs, close)
    body = text.find("{", close, end)
    if body < 0 or end <= close:
        match = re.compile(r"\s*(\\[A-Za-z]+|[=<>≈∝≠≤≥])").match(text, close)
        if not match:
            return None
        sign, end = match.group(1), match.end()
    else:
        sign = text[body + 1 : end - 1].strip()
    relation = RELATIONS.get(sign.lstrip("\\").strip())
    if relation is None:
        kind = _command_kind(sign.lstrip("\\"))
        return (Boundary(kind, at, end, sign.lstrip("\\")), end) if kind in ("implies",) else None
    if relation == "=" and (re.search(r"def", label) or r"\triangle" in label):
        relation = ":="
    return Boundary("relation", at, end, relation), end


def _lone_relation(text: str, pairs: dict[int, int], at: int, end: int) -> Boundary | None:
    """``{=}``, with which authors mend the space around a sign."""
    close = pairs.get(at, -1)
    if close < 0 or close - at > 20:
        return None
    inside = text[at + 1 : close].strip().lstrip("\\")
    if inside in RELATIONS:
        return Boundary("relation", at, close + 1, RELATIONS[inside])
    if not inside and close < end:
        return Boundary("blank", at, close + 1)
    if inside in _OPERATORS or inside in _OPERATOR_WORDS:
        return Boundary("operator", at, close + 1)
    return None


def _subscript_end(text: str, pairs: dict[int, int], at: int) -> int:
    match = re.compile(r"(?:\\right)?\s*_\s*").match(text, at)
    if not match:
        return at
    end = match.end()
    if end in pairs:
        return pairs[end] + 1
    match = re.compile(r"\\[A-Za-z]+|\w").match(text, end)
    return match.end() if match else at
