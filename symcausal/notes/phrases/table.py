"""One row of a table of phrases: words, what they mean, and how far that reaches.

There are two kinds. What stands around graphs and equations is looked for by its meaning and its place.
The words for an idea, *because* or *in general*, are woven into patterns that say where they are looked
for, and what signs stand beside them.

Main definitions
----------------
Phrase : a row.
IdeaWords : a row of words for an idea.
WordIdea : what such words say.
PhraseMeaning : what the words of a row may do to a graph, an equation or a claim.
PhrasePlace : where they do it, seen from the graph, equation or claim.
VOIDING : the meanings that leave a graph without force.

Notes
-----
A pattern is written in small letters. ``a|b`` is either of two words, ``wrong*`` any word that begins so,
``*ed&!red`` one that ends so but for that one, ``on_top`` two words where one is asked for, ``[a|b]`` may
be missing. ``..`` stands for up to three words, ``..5`` for up to five, ``..2-9`` for two to nine,
``...`` for any words of the clause, ``...!a|b`` for any but these, ``~`` for any before the next formula.
``!a|b`` asks that neither follows, ``!...a|b`` not even later in the clause; at the beginning, that
neither stands before. ``^`` is the beginning of a sentence, ``^^`` and ``$`` are the ends of the words,
``<kind>`` one of a class of words that the table names. A slash parts patterns that mean the same.
Emphasis, quotes, brackets, hyphens and commas are passed over.

A wording has fewer of these: ``a|b``, ``wrong*``, ``*ly``, ``on_top``, ``[a|b]``, ``[a|b]*`` for as many
as there are, ``..5`` for up to five, ``!a|b`` at the beginning, and the slash. A hyphen in it may be a
hyphen, a blank or nothing: ``counter-example``.
"""

from __future__ import annotations

from symcausal.hints import Literal, TypeAlias
from symcausal.record import record

PhraseMeaning: TypeAlias = Literal[
    "refutes",  # calls it false
    "denies",  # says that it is not so
    "partial",  # says that it is not the whole
    "supposes",  # looks at what would be
    "asks",
    "compares",  # sets it beside another
    "reports",  # tells what others think
    "softens",  # says that it may be so, or nearly
    "judges",  # says how good it is
    "intervenes",  # speaks of what is after an intervention
    "names it",  # is the subject of the sentence, and nothing is said of it yet
    "goes on",  # says something of it that is no judgement
    "attributes",  # says whose it is
    "sides",  # says whose the notes take
    "asks to show",
    "assumes independence",
    "assumes here",  # for the sentence alone
    "takes as given",  # in a proof perhaps for contradiction
    "concludes",  # goes on to what follows from it
    "of graphs",  # says that arrows are those of a graph
    "of no variables",  # says that what is drawn are no variables
    "of something else",  # says that arrows are no graph, or only a part of one
    "names another graph",
    "leaves the graph",  # speaks of all distributions, or of another graph, for one sentence
    "no mechanism",  # says that equations are definitions, or steps of a program
    "in another graph",  # speaks of another graph, in its sentence or after it in the paragraph
    "defines",  # says what a formula means
    "hidden cause",
    "shared cause",
    "direct effect",
    "acts",
    "ties noises",
    "none of",  # takes back the word after it
]
PhrasePlace: TypeAlias = Literal["before", "after", "next", "paragraph", "section"]
"""``before`` in its sentence, and in the headings, captions and leads over it; ``after`` in its clause;
in the ``next`` sentence; before it in its ``paragraph``; from the words on to the end of the
``section``."""

VOIDING: tuple[PhraseMeaning, ...] = (
    "refutes", "denies", "partial", "supposes", "asks", "compares", "reports", "softens", "judges",
    "intervenes",
)  # fmt: skip


@record
class Phrase:
    """A row of a table of phrases.

    Attributes
    ----------
    meaning : str
        What the words mean.
    places : str
        Where they mean it, parted by blanks.
    pattern : str
        The words.
    applies : str
        A text in which they do. ``{graph}``, ``{product}`` and ``{claim}`` stand for a graph, for the
        factorisation of its joint distribution, and for a claim that holds under it alone.
    spared : str
        A text with such words in which they do not.
    """

    meaning: PhraseMeaning
    places: str
    pattern: str
    applies: str
    spared: str


WordIdea: TypeAlias = Literal[
    # -- reasons and conditions
    "by reason",  # tells by what a step is made
    "since",  # begins a reason
    "if",  # begins a condition
    "for the reason",  # tells the reason of what stands before it
    "on condition",  # tells its condition
    "turned",  # makes of *if* something else: *only if*
    "it is so",  # may stand before that
    "if after",  # makes what stands before it conditional
    "if this",  # makes conditional what follows in its clause
    "supposes",  # begins what is supposed, or calls it wrong
    "takes for granted",  # begins what a claim owes to independence
    "known that",  # may stand between such a word and a formula
    "case",  # names a case, or an assumption
    "lets",  # begins one
    "where",  # says where something holds
    "and",
    "and or",
    "adds more",  # says more of what is supposed
    # -- what follows, and what ends a supposition
    "then",
    "so",
    "it follows",
    "implies",
    "concludes",
    "in general",
    "always",
    "another case",
    # -- what is supposed
    "of the world",  # is about the world, not about what is looked at
    "alike",  # says more than independence
    "independent",
    "happens",  # is said to happen in some model
    # -- what is said of a claim
    "denied",
    "denies shortly",  # denies at the end of its clause
    "denies next",  # stands before what it denies
    "not",  # the same, where it begins a clause
    "contrasts",  # may begin such a clause
    "leaves open next",  # stands before what is not said to be so
    "announces wrong",
    "defines a word",
    "introduces",
    "yes",
    "no",
    "open question",
    # -- exercises, numbers and rules
    "exercise",
    "task",
    "per cent",
    "of other numbers",  # says that numbers are those of another distribution
    "rule",
    "other rule",  # is none of do-calculus
    "exchanges",
    "action",
    "observation",
    "one", "two", "three", "first", "second", "third",
]  # fmt: skip


@record
class IdeaWords:
    """A row of words for an idea.

    Attributes
    ----------
    idea : str
        What they say.
    pattern : str
        The words.
    applies : str
        A text in which they stand.
    spared : str
        A text like it without them.
    """

    idea: WordIdea
    pattern: str
    applies: str
    spared: str
