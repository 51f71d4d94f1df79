"""Whether notes assert what they write: no denial, no question, no supposition, no mention.

Where in doubt a graph is not stated.

Main definitions
----------------
is_asserted : whether the sentence around a place asserts what stands there.
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
_ENDS = late(
    r"[.!?](?=[\s*_)\]}]|\Z)|\n\s*\n|\n\s*(?:[-*+]|\d{1,3}[.)])\s|\\(?:item|begin|end|caption)\b|\n#+ "
)
_OPEN = late(r"[^.!?\s]\s*\Z")
_ITEM = late(r"\n\s*(?:[-*+]|\d{1,3}[.)])\s[^\n]*\Z")
_LEAD = late(r"[^\n.!?]*[:?]\s*\n+(?=\s*(?:[-*+]|\d{1,3}[.)])\s)")
_DENIES = late(
    r"\b(?:not|never|no longer|nor|neither|cannot|can't|isn't|aren't|wasn't|doesn't|don't|won't|unlike"
    r"|instead of|rather than|contrary|contradict\w*|wrong\w*|incorrect\w*|false\w*|invalid|mistake\w*"
    r"|mistaken\w*|erroneous\w*|naively|fallac\w+|iff?|unless|whether|when|whenever|would|could|might|were"
    r"|which of|either|versus|vs|compar\w+|hypothetical\w*|imagin\w+|what happens|distinguish\w*"
    r"|alternativ\w*|equivalen(?:t|ce|ts)|different from|differs? from|reject\w*"
    r"|rul(?:e|es|ed|ing) out|remov\w+"
    r"|students?|people|claim(?:s|ed) that|believe\w*|hypothes[ei]\w*|candidate\w*|propos\w+"
    r"|perhaps|maybe|possibl[ey]|guess\w*|tempt\w+|conjectur\w*|delet\w+|exclud\w+|without|except"
    r"|true or false|is it|does|do we|can we|can you)\b",
    re.I,
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
    rf"\W*(?:(?:this|which|that|it|they|but|though|although|however|and|,)\W+){{0,3}}{_VERB}(?:n't|not)?\b"
    r"(?:\W+\w+){0,3}?\W*\b(?:not|n't|never|wrong|false|incorrect|invalid|untrue|impossible|nonsense|absurd"
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
    r"transitions?|transitioning|state (?:space|diagram|machine|sequence)s?"
    r"|(?:the|between|of|three|hidden) states"
    r"|pipelines?|workflows?|roads?|cit(?:y|ies)|streets?|(?:homo|iso|endo)?morphisms?|functors?"
    r"|functions?(?! of)"
    r"|map(?:s|ping|pings|ped)?|commut\w+|categor(?:y|ies)|reactions?|reacts?|reactants?|compounds?"
    r"|molecul\w+|undirected|moral\w*|junction tree|factor graph|flow ?chart|implications?|propositions?"
    r"|encoder|decoder|translat\w+|algorithms?|procedures?|dependency graph|call graph"
    r"|types? of|signatures?"
)
_OF_NO_VARIABLES = late(rf"\b(?:{_NO_VARIABLES})\b", re.I)
_OF_OTHERS = late(
    rf"\b(?:{_NO_VARIABLES}|limits?|limiting|converg\w+|tends?|types?|sequences?|paths?|trails?|routes?|walks?"
    r"|via|along|contain\w*|includ\w*|steps?|stages?|click\w*|menu|orders?|ordering\w*|subgraph\w*"
    r"|sub-?structure\w*|triples?|segment\w*|portion|layers?|premis\w+|ladder|stack|commit\w*|version\w*"
    r"|messages?)\b",
    re.I,
)


_LEAVES = late(
    r"\b(?:in general|in reality|in practice|in truth"
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
    if _DENIES.search(before) or _DENIED.match(after) or _NEXT_DENIES.match(following):
        return False
    if claims and (_TO_SHOW.search(before) or _UNDER_INDEPENDENCE.search(before)):
        return False
    return not _asks(before, after)


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
    return _OF_NO_VARIABLES.search(f"{before} {after}") is not None


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
    return before, after[: closing.end()], after[closing.end() :].split(".")[0][:120]
