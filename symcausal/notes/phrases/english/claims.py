"""English words for what stands around a claim: reasons, conditions, denials, answers."""

from __future__ import annotations

from symcausal.notes.phrases.table import IdeaWords

CLAIMS = (
    # -- reasons and conditions --------------------------------------------------------------------
    IdeaWords(
        "by reason",
        "by|using|from|with|via / due / because|since|as / rule",
        "This is so by Bayes.",
        "This is so.",
    ),
    IdeaWords(
        "since",
        "[and|but|so] since|because|as / [and|but|so] given|knowing that",
        "And since it holds",
        "And hence it holds",
    ),
    IdeaWords(
        "if",
        "[and|but|so|now|only|even] if|when|whenever|provided|assuming|supposing",
        "Only if it holds",
        "Only so it holds",
    ),
    IdeaWords(
        "for the reason",
        "because|since|as",
        "because it rains",
        "and it rains",
    ),
    IdeaWords(
        "on condition",
        "if|when|whenever|provided|assuming",
        "whenever it rains",
        "and it rains",
    ),
    IdeaWords(
        "turned",
        "only|even|not|unless|iff|never|except|without",
        "only if it rains",
        "if it rains",
    ),
    IdeaWords(
        "it is so",
        "this|which|that is|holds|follows [so|true]",
        "which is true",
        "which was true",
    ),
    IdeaWords(
        "if after",
        "if|when|whenever|provided|assuming|unless / only if",
        "unless it rains",
        "while it rains",
    ),
    IdeaWords(
        "if this",
        "if|whether / suppose|supposing / assume|assuming|assumption / provided|whenever|unless",
        "whether it rains",
        "that it rains",
    ),
    IdeaWords(
        "supposes",
        "if|when|suppose|supposing / assum* / provided|under|whenever|unless / would|were",
        "We assumed it.",
        "We saw it.",
    ),
    IdeaWords(
        "supposes",
        "wrong*|incorrect*|mistake*|fallac* / not true",
        "The fallacy of old.",
        "The wisdom of old.",
    ),
    IdeaWords(
        "supposes",
        "for [two|any|all|mutually|pairwise|conditionally]* independent",
        "for any two independent events",
        "for any two events",
    ),
    IdeaWords(
        "takes for granted",
        "if|for|when|since|as|because / suppos*|assum* / under|by",
        "by independence",
        "and independence",
    ),
    IdeaWords(
        "known that",
        "that / we know|have|assume [that] / now / then / also / both",
        "we know that",
        "we hope",
    ),
    IdeaWords(
        "case",
        "[the|a|an|our] [first|second|third|last|other|null|only|main] case|scenario|"
        "assumption|hypothesis|premise|supposition|condition",
        "The second case",
        "The second proof",
    ),
    IdeaWords(
        "lets",
        "[now|let_us|we|but|and] suppose|assume|let",
        "Now suppose",
        "Now prove",
    ),
    IdeaWords(
        "where",
        "where|wherever|whenever|provided / if|when / as|so long as",
        "as long as it is positive",
        "as it is positive",
    ),
    IdeaWords(
        "and",
        "and",
        "this and that",
        "this or that",
    ),
    IdeaWords(
        "and or",
        "and|or [that]",
        "this or that",
        "this, not that",
    ),
    IdeaWords(
        "adds more",
        "and|with|but",
        "and fair",
        ", fair",
    ),
    # -- what follows, and what ends a supposition -------------------------------------------------
    IdeaWords(
        "then",
        "then",
        "Then it holds.",
        "There it holds.",
    ),
    IdeaWords(
        "so",
        "then|so|hence|thus|therefore",
        "Thus it holds.",
        "This holds.",
    ),
    IdeaWords(
        "it follows",
        "it follows / in that|this|which case / we then",
        "In this case",
        "In this box",
    ),
    IdeaWords(
        "implies",
        "[which|this|it|that] [also] implies",
        "which also implies",
        "which also hints",
    ),
    IdeaWords(
        "concludes",
        "then|so|hence|thus|therefore|that / we have|get|see|find|obtain|know|conclude",
        "we obtain",
        "we like",
    ),
    IdeaWords(
        "concludes",
        "give|gives|yield|yields|implies|follows / is|are|equal|equals|hold|holds / because|"
        "since|by|from|if",
        "this yields",
        "this hinders",
    ),
    IdeaWords(
        "in general",
        "in general|fact / otherwise / but|however|whereas",
        "in general",
        "in Genoa",
    ),
    IdeaWords(
        "always",
        "always",
        "always so",
        "mostly so",
    ),
    IdeaWords(
        "another case",
        "case|scenario / conversely|without",
        "the other case",
        "the other page",
    ),
    # -- what is supposed --------------------------------------------------------------------------
    IdeaWords(
        "of the world",
        "*confound*|*unconnected*|*faithful*|*ignorab*|*exchangeab*|*randomis*|*randomiz*",
        "an unconfounded pair",
        "an uninteresting pair",
    ),
    IdeaWords(
        "of the world",
        "no|not|without|unless / were|would / wrong*|incorrect*|mistake*|fallac* / remov*|"
        "delet*|drop*|absent",
        "without an arrow",
        "with an arrow",
    ),
    IdeaWords(
        "of the world",
        "different|another|same|equal* / uniform|fair|deterministic",
        "the coins are fair",
        "the coins are here",
    ),
    IdeaWords(
        "of the world",
        "implies*|subset*|contained*|disjoint*|exclusive*|exhaustive*",
        "disjoint events",
        "two events",
    ),
    IdeaWords(
        "alike",
        "*exclusive*|*disjoint*|*identical*|*stationar*|*homogene* / iid|i.i.d / *same"
        " distribution*",
        "a nonstationary chain",
        "a hidden chain",
    ),
    IdeaWords(
        "independent",
        "!not|no *independen*",
        "an independent pair",
        "not independent",
    ),
    IdeaWords(
        "happens",
        "is|it's|be|also|even|quite possible / possible that|for / possible to have",
        "It is possible.",
        "It is impossible.",
    ),
    IdeaWords(
        "happens",
        "can|could|may|might [also|even|still|then|well] happen*|occur*|arise*|have|hold*|exist*",
        "this may still happen",
        "this will happen",
    ),
    IdeaWords(
        "happens",
        "can|could|may|might [also|even|still|then|well] [be] that*|true*|the_case|larger|"
        "smaller|higher|lower|greater|less*|bigger|equal*|different*",
        "it might be larger",
        "it is larger",
    ),
    IdeaWords(
        "happens",
        "there is|are|exist|exists|may_be|can_be|could_be [a|an|some|many|other|joint|such|"
        "also]* distribution*|model*|case*|situation*|example*|joint*|population*|dataset*|"
        "data_set*|table*|world*",
        "there is such a distribution",
        "here is a distribution",
    ),
    IdeaWords(
        "happens",
        "for|in some|certain / exist|exists a|some / sometimes* / paradox* / reversal*",
        "for some pairs",
        "for all pairs",
    ),
    IdeaWords(
        "happens",
        "need not / not necessarily* / happen|happens to*|that* / counter-example*",
        "this need not hold",
        "this needs no proof",
    ),
    IdeaWords(
        "happens",
        "!we|one|you could|might [also] assert|claim|imply|entail|encode",
        "a model could claim",
        "we could claim",
    ),
    # -- what is said of a claim -------------------------------------------------------------------
    IdeaWords(
        "denied",
        "[which|this|that|it] [then|also|thus|clearly|generally|in_general]* does_not|doesn't|"
        "do_not|don't|cannot|need_not [in_general|generally|necessarily] hold|be_true",
        "which does not hold",
        "which does hold",
    ),
    IdeaWords(
        "denied",
        "[which|this|that] fails",
        "which fails",
        "which falls",
    ),
    IdeaWords(
        "denied",
        "[which|this|that] is [clearly|simply|in_general|just] false*|wrong*|incorrect*|"
        "untrue*|invalid*",
        "which is simply wrong",
        "which is simply right",
    ),
    IdeaWords(
        "denied",
        "[which|this|that] is [clearly|simply|in_general|just] not true*|correct*|valid*|"
        "the_case*",
        "is not the case",
        "is not the cause",
    ),
    IdeaWords(
        "denies shortly",
        "does_not|doesn't|is_not|isn't",
        "but this is not.",
        "but this is.",
    ),
    IdeaWords(
        "denies next",
        "nor|neither|never|no_longer|not_even",
        "but no longer",
        "no long way",
    ),
    IdeaWords(
        "denies next",
        "!if|whether we|you|one do_not|don't|cannot|can't|does_not|doesn't [yet|then|thus|really]*"
        " have|get|obtain [that]",
        "we do not have that",
        "we do have that",
    ),
    IdeaWords(
        "denies next",
        "it is [simply|just|clearly]* not true|the_case that / it isn't|wasn't true|the_case that"
        " / it is [simply|just|clearly]* false|wrong|untrue that",
        "it is simply not true that",
        "it is simply true that",
    ),
    IdeaWords(
        "not",
        "not [that]",
        "but not that",
        "a knot",
    ),
    IdeaWords(
        "contrasts",
        "but|and|yet|though|although|however|whereas|albeit|certainly|clearly|surely|definitely",
        "but this",
        "butter",
    ),
    IdeaWords(
        "leaves open next",
        "not [that|only|just|merely|necessarily|always|generally|simply]*"
        " / *n't [that|only|just|merely|necessarily|always|generally|simply]*",
        "whether or not",
        "knots",
    ),
    IdeaWords(
        "leaves open next",
        "rather_than|instead_of|without|unless|whether [that|having|assuming|using|needing]*",
        "instead of having",
        "in the steading",
    ),
    IdeaWords(
        "leaves open next",
        "cannot|not|can't|don't|doesn't|didn't [yet|then|thus]* [to] conclude|infer|deduce|say|claim"
        "|assume|know|follow|mean|imply|show|prove|need|require|use [that|from_this|that_then]*",
        "it does not follow that",
        "it does follow that",
    ),
    IdeaWords(
        "announces wrong",
        "[this|a|an|the|another|one] wrong|incorrect|invalid|mistaken|erroneous|flawed|"
        "fallacious|bogus ..3",
        "A wrong first step",
        "A first step",
    ),
    IdeaWords(
        "announces wrong",
        "[this|a|an|the|another|one] [common|typical|frequent|usual|popular|classic|tempting]"
        " mistake|mistakes|misconception|misconceptions|fallacy|fallacies|pitfall|pitfalls ..3",
        "A common mistake",
        "A common method",
    ),
    IdeaWords(
        "announces wrong",
        "[this|a|an|the|another|one] common|typical|frequent|usual|classic error|errors",
        "A typical error",
        "A typical value",
    ),
    IdeaWords(
        "announces wrong",
        "[this|a|an|the|another|one] false|not_true|untrue|not_correct",
        "Not true",
        "So true",
    ),
    IdeaWords(
        "defines a word",
        "defin* / iff|if_and_only_if|if / mean|means that / we say / is|are called / said to be",
        "the two are said to be",
        "the two seem to be",
    ),
    IdeaWords(
        "defines a word",
        "criterion* / equivalent*",
        "an equivalent form",
        "another form",
    ),
    IdeaWords(
        "introduces",
        "let|now / define|defining|redefine|redefining / denote|denoting / set|setting|put",
        "Let it be.",
        "It is left.",
    ),
    IdeaWords(
        "introduces",
        "introduce|introducing / where / abbreviate|abbreviating / call",
        "we introduce",
        "we know",
    ),
    IdeaWords(
        "introduces",
        "!can|may|also write|writing",
        "we write",
        "we can write",
    ),
    IdeaWords(
        "yes",
        "yes|true",
        "Yes.",
        "Yesterday.",
    ),
    IdeaWords(
        "no",
        "no|false",
        "No.",
        "Now.",
    ),
    IdeaWords(
        "open question",
        "what|why|how",
        "Why is it so?",
        "Is it so?",
    ),
    # -- exercises, numbers and rules --------------------------------------------------------------
    IdeaWords(
        "exercise",
        "exercise|example|problem|question",
        "Example 2",
        "Section 2",
    ),
    IdeaWords(
        "task",
        "task",
        "Task 2",
        "Part 2",
    ),
    IdeaWords(
        "per cent",
        "per-cent|pct",
        "per cent",
        "by the cent",
    ),
    IdeaWords(
        "of other numbers",
        "posterior / updated|update / after / observ* / evidence / interven* / estimat* /"
        " empirical*",
        "The updated numbers",
        "The numbers",
    ),
    IdeaWords(
        "rule",
        "rule|rules [number]",
        "by rule 2",
        "by part 2",
    ),
    IdeaWords(
        "other rule",
        "product|chain|sum|bayes|bayes's|bayes'|tower|addition|multiplication rule*",
        "the chain rule",
        "the second rule",
    ),
    IdeaWords(
        "exchanges",
        "exchange of action|actions|observation|observations",
        "exchange of actions",
        "exchange of gifts",
    ),
    IdeaWords(
        "action",
        "action",
        "an action",
        "an actor",
    ),
    IdeaWords(
        "observation",
        "observation",
        "an observation",
        "an observer",
    ),
    IdeaWords(
        "one",
        "one",
        "rule one",
        "rule only",
    ),
    IdeaWords(
        "two",
        "two",
        "rule two",
        "rule too",
    ),
    IdeaWords(
        "three",
        "three",
        "rule three",
        "rule there",
    ),
    IdeaWords(
        "first",
        "first",
        "the first rule",
        "the firm rule",
    ),
    IdeaWords(
        "second",
        "second",
        "the second rule",
        "the seconds",
    ),
    IdeaWords(
        "third",
        "third",
        "the third rule",
        "the thirst",
    ),
)  # fmt: skip
