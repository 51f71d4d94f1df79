"""The words around a claim, which give its reason, name its graph, or make it conditional.

Main definitions
----------------
reason_words : what notes say beside each relation, in its row or in the sentence around it.
relates_parameters : whether what stands before a passage supposes how parameters are related.
equates_events : whether what stands around a passage says that two variables or events are one.
is_conditional : whether the sentence around a passage makes it conditional.
begins_an_example : whether an exercise or example begins before a passage.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from symcausal.errors import Span
from symcausal.network.network import Network
from symcausal.notes.files.items import Formula
from symcausal.notes.files.passages import Passage
from symcausal.notes.judging.numbers.givens import parameters_given
from symcausal.notes.phrases.weaving import woven
from symcausal.notes.reading.measures import PROBABLE
from symcausal.notes.reading.stated import Statement
from symcausal.patterns import late
from symcausal.reading.independence import WrittenIndependence
from symcausal.reading.nearby import words_after, words_before
from symcausal.reading.surgery import graph_named_near, surgery_of
from symcausal.reading.tokens import Name
from symcausal.reading.vocabulary import Guess, Vocabulary
from symcausal.record import replace

FAR = 200
_SENTENCE = late(r"[.;:!?](?=\s)|\n\s*\n|\\begin|\\end")
_SURGERY = late(r"\\(?:over|under|wide)(?:line|bar)|\\bar")
_FORMULA = late(r"\$\$?|\\[()\[\]]")
_DOLLARS = late(r"\$\$?[^$]*\$\$?|\\\([^$]*?\\\)", re.DOTALL)
_OPENED = late(r"\s*(?:\$\$?|\\\(|\\\[)\s*\Z")
_CLOSED = late(r"\s*(?:\$\$?|\\\)|\\\])")
_BECAUSE = woven(r"[\s,(]*(?:<<by reason>>|R\d\b)", re.I)
_IF = woven(r"<<supposes>>", re.I)
# the claim itself stands in the clause with "if": no comma and no "then" comes between
_SUPPOSES_THIS = woven(r"<<if this>>(?:(?!<<then>>)[^,=])*\Z", re.I)
_IF_NEXT = woven(r"[\s,]*<<if after>>", re.I)
_ABOUT_THE_WORLD = woven(
    r"<<independent>>|<<of the world>>"
    r"|\\perp|\\indep|[⊥⟂⫫]|_\|\|_|P\s*[(\[]|\\Pr|\\su[bp]set|[⊂⊆⊃⊇]",
    re.I,
)
# an equation that independence does not bring about
_ALIKE = woven(r"<<alike>>", re.I)
_IF_INDEPENDENT = woven(
    r"<<takes for granted>>[^,.;:]*?<<independent>>(?!\w|,? <<adds more>>)", re.I
)
_TELLS = woven(r"<<independent>>|\\perp|\\indep|[⊥⟂⫫]", re.I)
_AGAIN = woven(r"<<in general>>|<<always>>", re.I)
# what is said to happen in some model need not in all
_HAPPENS = woven(r"<<happens>>", re.I)
_DENIED = woven(r"[\s,)]*(?:<<denied>>|<<denies shortly>>(?=[\s*_]*(?:[.,;:!)]|\Z|\n\s*\n)))", re.I)
_DENIES_NEXT = woven(
    r"(?:<<denies next>>|(?:\A|[.:;!?,(){}$\n]|<<contrasts>>)[\s*_>+-]*<<not>>)[\s*_:]*\Z", re.I
)
_LEAVES_OPEN = woven(r"<<leaves open next>>[\s*_:]*\Z", re.I)
# *not this but that*, *not this alone*
_ONLY_PUT_ASIDE = woven(r"[\s,)]*(?:<<contrasts>>(?!\s+<<not>>)|only|alone)(?=\s)", re.I)
_TEXT = r"\\(?:text|mbox|mathrm|textrm)\s*\{(?P<words>[^{}$]*)\}"
_TEXT_BEGINS, _TEXT_ENDS = late(rf"\s*{_TEXT}"), late(rf"{_TEXT}[\s.]*\Z")
_DEFINES = woven(r"<<defines a word>>", re.I)
_INTRODUCES = woven(r"<<introduces>>", re.I)
_CONCLUDES = woven(r"<<concludes>>", re.I)
_SECTION_BEGINS = woven(
    r"^[ \t>]*#{1,6}[ \t]|\\(?:chapter|(?:sub){0,2}section|paragraph)(?![a-z])"
    r"|^[ \t>*_]*(?:<<exercise>>|<<task>>)",
    re.I | re.M,
)
_ENDS_IN_NUMBER = late(r"\d\s*\Z")
_PER_CENT = woven(r"\s*(?:\\?%|<<per cent>>)", re.I)
_INLINE = late(r"\$([^$]{1,200})\$|\\\((.{1,200}?)\\\)", re.S)
_PARAGRAPH = late(r"\n[ \t]*\n")
_NAME = late(r"[A-Za-z]+(?:_\w+)?")
_RELATES = late(r"[=<>≤≥≈]|\\(?:leq?|geq?|approx|neq?)(?![A-Za-z])")
_OPERAND = r"\\?[A-Za-z]\w*(?:_\{\w+\})?"
_EQUATED = late(
    rf"(?<![\w\\|,:=+*/^{{}}-])(?P<one>{_OPERAND})\s*(?:[=≡≤≥<>]|\\(?:equiv|leq?|geq?)(?![A-Za-z]))\s*(?P<two>{_OPERAND})"
    r"(?![\w{])(?!\s*[(\[=+*/^|<>\\-])"
)
_BRACKETED = late(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*=[^{}]*\}")
_EXAMPLE = woven(
    r"<<exercise>>\s*~?\(?\d+"
    r"|^[ \t]*+(?:[#>*\-+][#>*\-+ \t]*+|\\(?:sub)*section\*?\{|\\paragraph\{|\\begin\{)?<<exercise>>",
    re.I | re.M,
)
_IMPLIED = woven(r"\W*<<implies>>", re.I)
_THEN = woven(r"\s*(?:<<so>>|<<it follows>>)", re.I)


def relation_starts(statements: Sequence[Statement], passage: Passage) -> list[int]:
    """Return the offsets at which the relations of a passage begin, in order."""
    source = passage.pieces[0].formula.part.source
    spans = (one.span for one in statements if one.kind == "relation")
    return sorted(span.start for span in spans if span.source is source)


def reason_words(statement: Statement, starts: Sequence[int], passage: Passage) -> list[str]:
    """Return the words that notes set beside each relation of a statement.

    Parameters
    ----------
    statement : Statement
        The chain.
    starts : sequence of int
        Where the statements of the passage begin: :func:`relation_starts`.
    passage : Passage
        Where they stand.
    """
    last = passage.pieces[-1].formula
    source = passage.pieces[0].formula.part.source
    signs = [relation.span for relation in statement.relations]
    if any(span.source is not source for span in signs):
        return [""] * len(signs)
    found: list[str] = []
    end = last.end
    for sign in reversed(signs):  # words end where the next sign or statement begins
        other = bisect_right(starts, sign.start)
        end = min(end, starts[other]) if other < len(starts) else end
        words = source.text[sign.start : end]
        found.append(words + _told_after(last) if end == last.end else words)
        end = min(end, sign.start)
    if len(signs) == 1 and len(passage.pieces) == 1:
        before = _sentences_before(passage)[-1]
        words = _FORMULA.split(before)[-1] if "=" in before else before
        return [f"{words} {found[0]}"]
    return found[::-1]


def _told_after(last: Formula) -> str:
    """The rest of the sentence after a formula, if it tells a reason or nothing but words."""
    source = last.part.source
    after = _SENTENCE.split(words_after(source.text, last.end, FAR))[0]
    after = _CLOSED.sub("", after, count=1)
    told = _FORMULA.split(after)[0]
    return f" {told}" if told == after or _BECAUSE.match(told) else ""


def _sentences_before(passage: Passage) -> list[str]:
    first = passage.pieces[0].formula
    text = first.part.source.text
    return _SENTENCE.split(_OPENED.sub(" ", words_before(text, first.offset, 2 * FAR)))


def introduces(passage: Passage) -> bool:
    """Decide whether the words before a passage introduce a name: *let*, *now*, *define*."""
    sentences = _sentences_before(passage)
    before = sentences[-1]
    if len(sentences) > 1 and not before.strip(" *_\n") and _announced(passage):
        before = sentences[-2]
    words = [*_INTRODUCES.finditer(before)]
    return bool(words) and not _CONCLUDES.search(_without_formulas(before[words[-1].end() :]))


def begins_section(passage: Passage, last: Passage) -> bool:
    """Decide whether a heading, or the number of an exercise, stands between two passages."""
    end, start = last.pieces[-1].formula, passage.pieces[0].formula
    if end.part is not start.part:
        return _SECTION_BEGINS.search(start.part.source.text, 0, start.offset) is not None
    return _SECTION_BEGINS.search(start.part.source.text, end.end, start.offset) is not None


def _without_formulas(words: str) -> str:
    return _DOLLARS.sub(" ", words)


def _announced(passage: Passage) -> bool:
    """Whether a passage stands behind a colon, as in ``Independence: ...``."""
    first = passage.pieces[0].formula
    before = words_before(first.part.source.text, first.offset, FAR)
    return _OPENED.sub("", before).rstrip(" *_\n").endswith(":")


def begins_an_example(passage: Passage, before: int) -> bool:
    """Decide whether an exercise or example with numbers of its own begins before a passage."""
    first = passage.pieces[0].formula
    return bool(_EXAMPLE.search(first.part.source.text, min(before, first.offset), first.offset))


def percentage_follows(formula: Formula) -> bool:
    """Decide whether a formula ends in a number that words turn into per cent: ``$P(A) = 68$ %``."""
    source = formula.part.source.text
    after = _CLOSED.sub("", words_after(source, formula.end, 24), count=1)
    number = _ENDS_IN_NUMBER.search(words_before(source, formula.end, 24))
    return number is not None and _PER_CENT.match(after) is not None


def relates_parameters(passage: Passage, network: Network) -> bool:
    """Decide whether a formula before a passage relates declared parameters: ``s = f``.

    A number for one of them is no supposition.
    """
    first = passage.pieces[0].formula
    text = words_before(first.part.source.text, first.offset, 2 * FAR)
    for found in _INLINE.finditer(_PARAGRAPH.split(text)[-1]):
        formula = found.group(1) or found.group(2) or ""
        letters = _NAME.findall(formula)
        if not _RELATES.search(formula) or not any(name in network.declared for name in letters):
            continue
        if not PROBABLE.search(formula) and not any(parameters_given([formula], network)):
            return True
    return False


def equates_events(passage: Passage, names: Vocabulary | Guess) -> bool:
    """Decide whether the paragraph before a passage, or its sentence, relates two variables: ``A = C``.

    What is false of two events may be true where they are one, or where one is a part of the other.
    """
    first, last = passage.pieces[0].formula, passage.pieces[-1].formula
    before = _PARAGRAPH.split(words_before(first.part.source.text, first.offset, 2 * FAR))[-1]
    after = _SENTENCE.split(words_after(last.part.source.text, last.end, FAR))[0]
    for text in (before, after):
        plain = _FORMULA.sub(" ", text)
        for found in _EQUATED.finditer(_BRACKETED.sub(" ( ) ", plain)):
            told = [_variable_called(found[side], names) for side in ("one", "two")]
            if None not in told and told[0] != told[1]:
                return True
    return False


def _variable_called(written: str, names: Vocabulary | Guess) -> str | None:
    """The variable of which a name by itself is a capital, or a value; None if it is no event."""
    base, _, script = written.removeprefix("\\").partition("_")
    meaning = names.lookup(Name(base, script.strip("{}")))
    if meaning is None or (isinstance(names, Guess) and not names.is_event(meaning.variable)):
        return None
    return meaning.variable


def is_conditional(passage: Passage, *, has_model: bool = True) -> bool:
    """Decide whether the words around a passage suppose something: *if X were independent*.

    Without a model, what fails here is false even if all its variables are independent of each other,
    and so under any independence: words that say no more excuse nothing.

    A condition that only says what is looked at (*if we observe G*) supposes nothing, and *in
    general* or *but* ends what was supposed.
    """
    last = passage.pieces[-1].formula
    sentences = _sentences_before(passage)
    after = _SENTENCE.split(words_after(last.part.source.text, last.end, FAR))[0]
    if not has_model:
        # without a model what fails is false under independence, too, so that this excuses nothing
        sentences = [_IF_INDEPENDENT.sub(" ", sentence) for sentence in sentences]
        after = _IF_INDEPENDENT.sub(" ", after)
    before = sentences[-1]
    if len(sentences) > 1 and (_THEN.match(before) or _announced(passage)):
        before = f"{sentences[-2]} {before}"
    starts = [match.start() for match in _IF.finditer(before)]
    supposed = before[starts[0] :] if starts else ""
    if (
        _IMPLIED.match(sentences[-1].rsplit("\n", 1)[-1])
        or _SUPPOSES_THIS.search(before)
        or _HAPPENS.search(before)
    ):
        return True
    if has_model and _defines_independence(passage, before):
        return True
    if _ABOUT_THE_WORLD.search(supposed) and not _AGAIN.search(supposed):
        return True
    if not has_model and _ALIKE.search(before + after) and not _AGAIN.search(before):
        return True
    return bool(_IF_NEXT.match(_CLOSED.sub("", after, count=1)))


def is_denied(passage: Passage) -> bool:
    """Decide whether the notes themselves call a formula false: *... does not hold*, *but not ...*."""
    return len(passage.pieces) == 1 and _is_denied(passage.pieces[0].formula)


def denies(passage: Passage, statement: Statement) -> bool:
    """Decide whether the notes call an independence false, which is one of the formulas of a passage."""
    if statement.kind != "independence":
        return False
    formulas = [piece.formula for piece in passage.pieces]
    own = [
        one for one in formulas
        if one.part.source is statement.span.source and one.offset <= statement.span.start <= one.end
    ]  # fmt: skip
    return len(own) == 1 and _is_denied(own[0])


def is_left_open(passage: Passage) -> bool:
    """Decide whether the words right before a formula do not say that it is so: *whether or not ...*."""
    return bool(_LEAVES_OPEN.search(_leading(passage.pieces[0].formula)))


def _is_denied(formula: Formula) -> bool:
    after = words_after(formula.part.source.text, formula.end, FAR)
    within = _TEXT_ENDS.search(formula.text)
    after = _CLOSED.sub("", f"{within['words']}{after}" if within else after, count=1)
    if _DENIED.match(after):
        return True
    return bool(_DENIES_NEXT.search(_leading(formula))) and not _ONLY_PUT_ASIDE.match(after)


def _leading(formula: Formula) -> str:
    """The words right before a formula, be they in front of it or set as text within it."""
    before = _OPENED.sub("", words_before(formula.part.source.text, formula.offset, FAR))
    within = _TEXT_BEGINS.match(formula.text)
    return f"{before}\n{within['words']}" if within else before


def _defines_independence(passage: Passage, before: str) -> bool:
    """Whether a passage says what the word independence means, in its sentence or its heading."""
    last = passage.pieces[-1].formula
    source = last.part.source.text
    after = _SENTENCE.split(words_after(source, last.end, FAR))[0]
    first = passage.pieces[0].formula
    heading = _heading_before(words_before(source, first.offset, FAR))
    around = f"{heading} {before} {after}"
    return bool(_TELLS.search(around) and _DEFINES.search(around))


def _heading_before(text: str) -> str:
    """The heading, or the bold words, right before a passage."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in reversed(lines[-2:]):
        if line.startswith(("#", "**", "\\section", "\\subsection", "\\paragraph")):
            return line
    return ""


def in_named_graph(
    said: WrittenIndependence, span: Span, names: Vocabulary | Guess | None
) -> WrittenIndependence:
    """Return an independence in the graph that the words beside it name.

    Raises
    ------
    SymcausalError
        If the surgery cannot be read.
    """
    if said.surgery or names is None:
        return said
    found = graph_named_near(span.source.text, span.start, span.end)
    if found is None:
        return said
    graph = span.source.text[slice(*found)]
    if not _SURGERY.search(graph):
        return said  # one of several graphs, by its name
    foot = found[0] + graph.index("_") + 1
    return replace(said, surgery=surgery_of(span.source, foot, found[1], names))
