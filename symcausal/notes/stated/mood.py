"""Whether notes assert what they write: no denial, no question, no supposition, no mention.

Where in doubt a graph is not stated.

Main definitions
----------------
is_asserted : whether the sentence around a place asserts what stands there.
doubts : whether a heading, a caption or the lead of a list denies, asks or doubts.
turns_down : whether the words after a graph deny it.
names_no_variables : whether a heading names something else than variables.
draws_no_variables : whether the sentence calls a drawing one of something else.
leaves_graph : whether the sentence of a claim speaks of another graph, or of all.
is_about_graphs : what the sentence says of arrows: True for a graph, False for something else.
"""

from __future__ import annotations

import re
from functools import lru_cache

from symcausal.patterns import late
from symcausal.reading.nearby import words_after, words_before

_FAR = 400
_PARAGRAPH_FAR = 1_200
_LIST_FAR = 3_000
_ENDS = late(
    r"[.!?](?=[\s*_)\]}]|\Z)|\n\s*\n|\n\s*(?:[-*+]|\d{1,3}[.)])\s|\\(?:item|begin|end|caption)\b|\n#+ "
)
_OPEN = late(r"[^.!?\s]\s*\Z")
_ITEM = late(r"\n\s*(?:[-*+]|\d{1,3}[.)])\s[^\n]*\Z")
_LEAD = late(r"[^\n.!?]*[:?]\s*\n+(?=\s*(?:[-*+]|\d{1,3}[.)])\s)")
_BLANK_LINE = late(r"\n[ \t]*\n")
_OPTION = late(
    r"[\s>*_]*(?:[-+*][ \t]|\(?(?:\d{1,2}|[a-hA-H]|i{1,3}|iv|v)[.)]|(?:option|choice"
    r"|answer)\s*\(?[\dA-Ha-h]\b"
    r"|\[[ xX]\])",
    re.I,
)
_CHOICE = late(r"\n[ \t>]*\(?[a-hA-H][.)][ \t][^\n]*\Z")
_LIST_BEGINS = late(
    r"\\begin\s*\{(?:enumerate|itemize|choices|description|parts|tasks|checkboxes)\*?\}"
)
_REFUTING = (
    r"wrong\w*|incorrect\w*|mistak\w*|erroneous\w*|errs|erred|refut\w*|reject\w*|disagree\w*|disput\w*"
    r"|invalid\w*|untrue|fallac\w*|myths?|misconcept\w*|misunderst\w*|misspecif\w*|nonsens\w*|absurd\w*"
    r"|contradict\w*|implausib\w*|improbabl\w*|unlikely|doubt\w*|over-?simpl\w*"
    r"|too (?:simple|naive|crude|good)"
    r"|falsch\w*|fehler\w*|irrtum|irrig\w*|widerleg\w*|stimmt nicht|erreurs?|fausse\w*|faux|erron[ée]\w*"
)
_DENYING = (
    r"not|\w{2,}n['\u2019]t|never|no longer|nor|neither|cannot|nobody|hardly|unless|none of"
    r"|nicht|kein\w*|niemals|pas|aucune?|jamais"
)
_PARTLY = (
    r"part of|parts of|simplified|partial|portion|fragment|excerpt|full (?:DAG|graph|model|network)"
    r"|not (?:drawn|shown|pictured|depicted)|omit\w*|ignor\w+|violat\w+"
)
_DENIES = late(
    rf"\b(?:{_REFUTING}|{_DENYING}|{_PARTLY}|unlike|instead|rather than|contrary|opposed|false\w*"
    rf"|naive(?:ly)?(?!\W+Bayes)"
    r"|iff?|whether|when|whenever|would|could|might|were"
    r"|which of|either|versus|vs|compar\w+|hypothetical\w*|imagin\w+|what happens|distinguish\w*"
    r"|alternativ\w*|equivalen(?:t|ce|ts)|different from|differs? from"
    r"|rul(?:e|es|ed|ing) out|(?:remov|delet)\w+(?![^.;]*\b(?:gives?|yields?|leaves?|becomes)\b)|lack\w*"
    r"|(?<!independent )(?<!noise )errors?\b(?! terms?| variables?| are)"
    r"|no (?:such|chain|graph|DAG|model|network|structure|arrows?|edges?|factori[sz]ation)"
    r"|(?:you|one|people|they|many|some|we|he|she)\W+(?:\w+\W+)?(?:think|thinks|say|says"
    r"|draw|draws|write|writes)"
    r"|students?|people|claim(?:s|ed|ing)|claim that|argu(?:es|ed|ing)|believe\w*"
    r"|hypothes[ei]\w*|candidate\w*"
    r"|propos\w+|alleg\w+|so-called|pretend\w*|critic\w*|counter-?examples?"
    r"|perhaps|maybe|possibl[ey]|guess\w*|tempt\w+|conjectur\w*|exclud\w+|without|except"
    r"|true (?:or|and|/) ?false|true/false|is it|does|do we|can we|can you"
    r"|statt|anstatt|ob|wenn|w(?:\u00e4|ae)re|vermut\w+|behaupt\w+|plut\u00f4t|serait|pr\u00e9tend\w*"
    r"|approximat\w*|mean-?field|todo|fixme|suppose first)\b",
    re.I,
)
_SPEAKS_OF_ERROR = late(
    rf"\b(?:{_REFUTING}|students?\W+(?:\w+\W+)?(?:writ|draw|claim|argu|answer|say|think"
    rf"|propos|solution)\w*"
    r"|claims|tempt\w+|(?:find|spot|what is) the (?:error|mistake|flaw|bug))\b|\?[ \t]*(?=\n|\Z)",
    re.I,
)
_TURNS_DOWN = late(
    rf"\b(?:{_REFUTING}|{_DENYING}|ne|if|wenn|would|err|lacks?|fails?|omits?|claims?|believe\w*|critic\w*"
    r"|is what)\b|\bn['\u2019]",
    re.I,
)
_CONSEQUENCE = late(
    r"\b(?:so|hence|thus|therefore|where|implies|imply|since|because|i\.e|that is|also|alors|donc"
    r"|with)\b",
    re.I,
)
_NEXT_TURNS_DOWN = late(
    rf"\b(?:{_REFUTING}|{_PARTLY}|imagin\w*|(?:this|it|that) (?:does|did) not hold"
    r"|(?:we|I|they|others) (?:do|does|did|will|would) not|we don['\u2019]t"
    r"|find the|what is wrong|(?:correct|right|true|real|actual) (?:graph|model|DAG|one"
    r"|structure|network|answer)"
    r"|false)\b|\b(?:right|correct|fit|agree|believe|plausible)\b[^$.\n]*\?"
    r"|^\W*(?:but|however|yet)\b|^\W*(?:this|that|it|the (?:graph|model|DAG|figure|diagram)"
    r"|il|elle|das|er|ce|c)\b"
    rf"[^.$]{{0,60}}?\b(?:{_DENYING}|false|fails|missing|lacks|omits)\b",
    re.I,
)
_STRUCK = late(r"~~|</?(?:del|s|strike)>", re.I)
_STRIKES = late(r"\\(?:sout|st|cancel|xcancel|bcancel)\s*\{[^{}]*\Z")
_QUERIED = late(r"\{\s*\?\s*\}|\?\s*=|=\s*\?")
_CAPTION = late(r"\\caption\*?\s*(?:\[[^\]]*\])?\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
_FIGURE_EDGE = late(r"\\(?:begin|end)\s*\{(?:figure|wrapfigure|marginfigure|subfigure)\*?\}")
_SUPPOSES = late(r"\b(?:suppos|assum)\w*", re.I)
_ASSUMES_HERE = late(
    r"\bassuming\b|\b(?:for (?:now|the moment|the time being)|temporarily)\b", re.I
)
_TO_SHOW = late(
    r"\b(?:show|prove|verify|check|derive|deduce|determine|decide|test|conclude|argue|justify"
    r"|explain why)\b",
    re.I,
)
_VERB = (
    r"(?:is|was|are|were|be|would|could|should|can|does|do|did|will|has|have|need|may|might|fails?"
    r"|holds?)"
)
_DENIED = late(
    rf"\W*(?:(?:this|which|that|it|they|but|though|although|however|and"
    rf"|,)\W+){{0,3}}{_VERB}(?:n't|not)?\b"
    r"(?:\W+\w+){0,3}?\W*\b(?:not|n't|never|wrong|false|incorrect|invalid|untrue|impossible"
    r"|nonsense|absurd"
    r"|mistaken|no longer|violated)\b"
    r"|\W*(?:(?:this|which|that|it|but)\W+){0,2}(?:(?:is )?(?:false|wrong|incorrect|untrue"
    r"|not)\b|cannot|can't|isn't|doesn't|don't|won't|wouldn't|fails)\b",
    re.I,
)
_NEXT_DENIES = late(
    r"\W*(?:but\W+|however\W+)?(?:this|that|it|which|such a \w+)\W+(?:\w+\W+){0,2}?"
    r"(?:wrong|false|incorrect|invalid|untrue|impossible|fails|cannot"
    r"|not (?:true|correct|valid|so|the|our|what))\b",
    re.I,
)
_OF_GRAPHS = late(
    r"\b(?:(?:sub)?graph|DAGs?|network|chain|fork|collider|v-?structure|mediat\w+|confound\w+|caus\w+"
    r"|structure|model|diagram|Markov|Bayes\w*|common (?:cause|effect)|instrument\w*|arrows|edges)\b",
    re.I,
)
_NO_VARIABLES = (
    r"transitions?|transitioning|(?:finite[- _])?state (?:space|diagram|machine|sequence)s?"
    r"|automat(?:on|a)"
    r"|(?:the|between|of|three|hidden|with|its|\w+ing) states|Markov chains? (?:moves?"
    r"|visits?|jumps?|goes|starts?)"
    r"|neural|tensors?|layers?|(?:data ?|control )flows?|bus|stops|git|repositor\w+|shortest path\w*"
    r"|exact sequence|(?:bus|train|tram) (?:stops?|lines?)|web ?sites?|web ?pages?|hyperlinks?"
    r"|pipelines?|workflows?|roads?|cit(?:y|ies)|streets?|(?:homo|iso|endo)?morphisms?|functors?"
    r"|functions?(?! of)"
    r"|map(?:s|ping|pings|ped)?|commut\w+|categor(?:y|ies)|reactions?|reacts?|reactants?|compounds?"
    r"|molecul\w+|undirected|moral\w*|junction tree|factor graph|flow ?chart|implications?|propositions?"
    r"|encoder|decoder|translat\w+|algorithms?|procedures?|dependency graph|call graph"
    r"|types? of|signatures?"
)
_OF_NO_VARIABLES = late(rf"\b(?:{_NO_VARIABLES})\b", re.I)
_OF_OTHERS = late(
    rf"\b(?:{_NO_VARIABLES}|limits?|limiting|converg\w+|tends?|types?|sequences?|paths?"
    rf"|trails?|routes?|walks?"
    r"|via|along|contain\w*|includ\w*|steps?|stages?|click\w*|menu|orders?|ordering\w*|subgraph\w*"
    r"|sub-?structure\w*|triples?|segment\w*|portion|layers?|premis\w+|ladder|stack|commit\w*|version\w*"
    r"|messages?"
    r"|path ?ways?|besides|indirect|direct effects?|mediator part|comes from|in addition to|modus)\b",
    re.I,
)
# labels of arrows, decisions, and what programs do with roads and machines
_DRAWS_NO_VARIABLES = late(
    r"--\s*(?:yes|no|true|false)\s*-->?|\|[^|\n]*(?:yes|no|true|false|ja|nein|oui|non|\d)[^|\n]*\|"
    r"|--\s*[\d.]+\s*-->?|\w\{[^{}\n]*\?[^{}\n]*\}|->[^;\n\[]*\[[^\]\n]*\blabel\s*=\s*\"?[^\]\n\"]*[\d\w]"
    r"|\b(?:fsm|finite_state\w*|state_machine|automaton|automata|shortest_path\w*|pagerank|shortest_\w+)"
    r"|\[\s*(?:loop|accepting|initial)\b|\bloop (?:above|below|left|right)\b|\bstate\s*[,\]]"
    r"|\\ar(?:row)?\s*\[[^\]\n]*\"[^\"\n]+\"|\bnode\s*(?:\[[^\]\n]*\])?\s*\{\$?[\d.]+\$?\}"
    r"|\[\s*(?:start|stop|begin|end|load|read|clean|train|deploy|fetch|parse|evaluate|save|test|write)\b",
    re.I,
)


_LEAVES = late(
    r"\bif\b[^.;]{0,40}\binstead\b|\binstead\b[^.;]{0,40}\b(?:if|suppos\w+|assum\w+)\b"
    r"|\b(?:in general|in reality|in practice|in truth"
    r"|for (?:any|arbitrary|all|every|other) (?:joint )?distributions?"
    r"|without (?:this|that|these|those|the|any|such)"
    r" (?:assumption|model|graph|structure|independenc)\w*)\b"
    r"|\b(?:if|when|suppos\w+|assum\w+|were|had)\b(?:(?!remov|delet|cut)[^.;])*?"
    r"\b(?:edges?|arrows?|arcs?|links?|confounders?|confounded|common causes?)\b",
    re.I,
)
_UNDER_INDEPENDENCE = late(
    r"\b(?:assum\w+|under|since|because|as|given that|suppos\w+|for)\b[^.;]*?"
    r"(?:independen|\\perp|\\indep|[\u22a5\u2aeb\u27c2]|_\|\|_)",
    re.I,
)


def leaves_graph(text: str, start: int, end: int) -> bool:
    """Decide whether the sentence of a claim speaks of another graph than the one in force, or of all."""
    before, after, _ = _sentence(text, start, end)
    return _LEAVES.search(before) is not None or _LEAVES.search(after) is not None


def is_asserted(text: str, start: int, end: int, *, claims: bool = False) -> bool:
    """Decide whether the notes assert what stands at a place.

    Parameters
    ----------
    text : str
        The text around it.
    start, end : int
        The place.
    claims : bool
        Whether it is an equation, which notes may ask to be shown.
    """
    before, after, following = _sentence(text, start, end)
    if _DENIES.search(before) or _is_turned_down(after, following):
        return False
    if claims and (_TO_SHOW.search(before) or _UNDER_INDEPENDENCE.search(before)):
        return False
    if claims and _ASSUMES_HERE.search(before):
        return False
    if _is_struck(text, start) or _QUERIED.search(text, start, end):
        return False
    if _is_in_doubtful_paragraph(text, start, end) or _is_for_contradiction(text, start, before):
        return False
    return not _asks(before, after)


def doubts(words: str) -> bool:
    """Decide whether a heading or caption denies, asks or doubts what stands under it.

    Examples
    --------
    >>> doubts("A wrong model"), doubts("The model")
    (True, False)
    """
    return "?" in words or _DENIES.search(words) is not None


def turns_down(words: str) -> bool:
    """Decide whether the words after a graph begin with a sentence that denies it.

    Examples
    --------
    >>> turns_down("This graph is wrong. Here is another."), turns_down("It is a chain.")
    (True, False)
    """
    return _NEXT_TURNS_DOWN.search(_first_sentence(words)) is not None


def names_no_variables(words: str) -> bool:
    """Decide whether a heading or caption names something else than variables.

    Examples
    --------
    >>> names_no_variables("A Markov chain with states A, B"), names_no_variables("A chain")
    (True, False)
    """
    return _OF_NO_VARIABLES.search(words) is not None


def _is_turned_down(after: str, following: str) -> bool:
    """Whether the rest of the sentence, or the next one, denies what stands before it."""
    consequence = _CONSEQUENCE.search(after)
    own = after[: consequence.start()] if consequence else after
    own = own.split("$")[0]
    if _TURNS_DOWN.search(own) or _DENIED.match(after):
        return True
    return _NEXT_DENIES.match(following) is not None or turns_down(following)


def _first_sentence(words: str) -> str:
    """The first sentence of some words, none if a heading comes first."""
    words = words.lstrip()[:300]
    if words.startswith(("#", "```", "\\section", "\\begin", "|")):
        return ""
    end = re.search(r"[.!?](?=\s|\Z)|\n\s*\n", words)
    return words[: end.end()] if end else words


def _is_struck(text: str, start: int) -> bool:
    """Whether a place is struck out."""
    before = _paragraph_before(text, start)
    return len(_STRUCK.findall(before)) % 2 == 1 or _STRIKES.search(before) is not None


def _is_in_doubtful_paragraph(text: str, start: int, end: int) -> bool:
    """Whether the paragraph, the list or the figure around a place speaks of errors, or asks."""
    if _SPEAKS_OF_ERROR.search(_paragraph_before(text, start)):
        return True
    lead = _lead(text, start)
    return doubts(lead) or any(map(doubts, _captions(text, start, end)))


def _paragraph_before(text: str, start: int) -> str:
    """What stands before a place in its paragraph."""
    window = text[max(0, start - _PARAGRAPH_FAR) : start]
    breaks = [*_BLANK_LINE.finditer(window)]
    if breaks and not window[breaks[-1].end() :].strip(" \n$`*_>\\[(") and len(breaks) > 1:
        return window[breaks[-2].end() :]  # a display of its own
    return window[breaks[-1].end() :] if breaks else window


def _lead(text: str, start: int) -> str:
    """The paragraph that leads to the list of choices in which a place stands; empty outside one."""
    low = max(0, start - _LIST_FAR)
    window = text[low:start]
    begins = [*_LIST_BEGINS.finditer(window)]
    inside = window[begins[-1].end() :] if begins else ""
    if "\\item" in inside and "\\end{" not in inside:
        return _last_paragraph(window[: begins[-1].start()])
    paragraphs = _BLANK_LINE.split(window)
    if not _OPTION.match(paragraphs[-1]) and not _CHOICE.search(paragraphs[-1]):
        return ""
    while paragraphs and _OPTION.match(paragraphs[-1]):
        paragraphs.pop()
    return paragraphs[-1] if paragraphs else ""


def _last_paragraph(window: str) -> str:
    words = [part for part in _BLANK_LINE.split(window) if part.strip()]
    return words[-1] if words else ""


def _captions(text: str, start: int, end: int) -> list[str]:
    """The captions of the figure around a place."""
    edges = [*_FIGURE_EDGE.finditer(text, max(0, start - _LIST_FAR), start)]
    if not edges or "begin" not in edges[-1].group():
        return []
    close = _FIGURE_EDGE.search(text, end, min(len(text), end + _LIST_FAR))
    last = close.start() if close else min(len(text), end + _FAR)
    return [found[1] for found in _CAPTION.finditer(text, edges[-1].end(), last)]


def _is_for_contradiction(text: str, start: int, before: str) -> bool:
    """Whether a proof supposes what stands at a place."""
    if not _SUPPOSES.search(before):
        return False
    low = max(0, start - _LIST_FAR)
    return text.rfind("\\begin{proof}", low, start) > text.rfind("\\end{proof}", low, start)


def is_about_graphs(text: str, start: int, end: int) -> bool | None:
    """Decide what arrows at a place are: of a graph, of something else, None if nothing says."""
    before, after, _ = _sentence(text, start, end)
    around = f"{before} {after}"
    if _OF_OTHERS.search(around):
        return False
    heading = words_before(text, start, _FAR).rsplit("\n#", 1)
    near = heading[1].split("\n", 1)[0] if len(heading) > 1 else ""
    return True if _OF_GRAPHS.search(around) or _OF_GRAPHS.search(near) else None


def draws_no_variables(text: str, start: int, end: int) -> bool:
    """Decide whether the sentence around a drawing or code says that it is of no variables."""
    before, after, _ = _sentence(text, start, end)
    around = " ".join((before, after, *_captions(text, start, end)))
    return names_no_variables(around) or _DRAWS_NO_VARIABLES.search(text, start, end) is not None


def _asks(before: str, after: str) -> bool:
    ends = re.search(r"[.!?]", after)
    return "?" in before or (ends is not None and ends.group() == "?")


@lru_cache(maxsize=8)
def _sentence(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return what stands before a place in its sentence, what after, and the next sentence.

    Before an item of a list stands the sentence that leads to the list.
    """
    window = words_before(text, start, _FAR)
    pieces = [*_ENDS.finditer(window)]
    before = window[pieces[-1].end() :] if pieces else window
    if pieces and not before.strip(" \n$`*_>\\[(") and _OPEN.search(window[: pieces[-1].start()]):
        # a display or a drawing of its own, to which an open sentence leads
        begin = pieces[-2].end() if len(pieces) > 1 else 0
        before = window[begin:]
    if (pieces and pieces[-1].group().startswith("\n")) or _ITEM.search(window):
        leads = [*_LEAD.finditer(window)]
        before = f"{leads[-1].group()} {before}" if leads else before
    after = words_after(text, end, _FAR)
    closing = re.search(r"[.!?](?=[\s*_)\]}]|\Z)|\n\s*\n|\n\s*(?:[-*+]|\d{1,3}[.)])\s", after)
    if closing is None:
        return before, after, ""
    return before, after[: closing.end()], _first_sentence(after[closing.end() :])
