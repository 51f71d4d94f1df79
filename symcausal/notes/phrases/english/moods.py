"""English words that assert, deny, ask or doubt a graph or an equation."""

from __future__ import annotations

from symcausal.notes.phrases.table import Phrase

_ALL = "before after next paragraph"

# -- what is said of a graph or an equation -------------------------------------------------------
MOODS = (
    Phrase(
        "refutes", _ALL,
        "wrong* / incorrect* / mistak* / erroneous* / errs / erred / invalid* / untrue / fallac*",
        "The graph {graph} is wrong.",
        "We asked the wrong people.\n\nThe graph is {graph}.",
    ),
    Phrase(
        "refutes", _ALL,
        "refut* / reject* / disagree* / disput* / contradict*",
        "The data refute the DAG {graph}.",
        "The data fit the DAG {graph}.",
    ),
    Phrase(
        "refutes", _ALL,
        "myth / myths / misconcept* / misunderst* / misspecif* / mis specif* / nonsens* / absurd*",
        "Myth: the model is {graph}.",
        "Story: the model is {graph}.",
    ),
    Phrase(
        "refutes", _ALL,
        "implausib* / improbabl* / unlikely / doubt*",
        "We doubt the DAG {graph}.",
        "We trust the DAG {graph}.",
    ),
    Phrase(
        "refutes", _ALL,
        "oversimpl* / over-simpl* / too simple|naive|crude|good",
        "The DAG {graph} is too simple.",
        "The DAG {graph} is simple.",
    ),
    Phrase(
        "denies", "before after",
        "<no>",
        "The graph is not {graph}.",
        "It was not known for years. The graph is {graph}.",
    ),
    Phrase(
        "denies", "before",
        "lack* / no such|chain|graph|dag|model|network|structure|arrow|arrows|edge|edges"
        "|factorisation|factorization",
        "Our DAG lacks the chain {graph}.",
        "The DAG has the chain {graph}.",
    ),
    Phrase(
        "denies", "before",
        "without / except / exclud* / rule|rules|ruled|ruling out / false*",
        "The data rule out the graph {graph}.",
        "With these data, the graph is {graph}.",
    ),
    Phrase(
        "denies", "before",
        "remov*|delet* !...give|gives|yield|yields|leave|leaves|becomes",
        "We deleted an arrow from the graph {graph}.",
        "Deleting an arrow gives the graph {graph}.",
    ),
    Phrase(
        "denies", "before",
        "!independent|noise error|errors !term|terms|variable|variables|are",
        "A common error: the graph {graph}.",
        "The errors are independent, so the graph is {graph}.",
    ),
    Phrase(
        "denies", "after",
        "err / lack|lacks / fail|fails / omit|omits / is what",
        "The DAG {graph} fails to fit.",
        "The DAG {graph} fits.",
    ),
    Phrase(
        "denies", "after",
        "^^ [this|which|that] [it|they|but] [though|although|however|and] <verb> ..3 <no>|<false>"
        " / ^^ [this|which|that] [it|but] [is] <false>|cannot|fails",
        "The DAG {graph}, which is false.",
        "The DAG {graph}, which is true.",
    ),
    Phrase(
        "denies", "next",
        "false / this|it|that does|did not|n't hold / we|i|they|others do|does|did|will|would|wo not|n't",
        "Some use the DAG {graph}. But we do not.",
        "We use the DAG {graph}. And so do we all.",
    ),
    Phrase(
        "denies", "next",
        "find the / what is|'s wrong / correct|right|true|real|actual graph|model|dag|one|structure"
        "|network|answer",
        "Here is the DAG {graph}. Find the flaw in it.",
        "Here is the DAG {graph}. Find a use of it.",
    ),
    Phrase(
        "denies", "next",
        "right|correct|fit|agree|believe|plausible ... ?",
        "Here is the DAG {graph}. Is that plausible to you?",
        "Here is the DAG {graph}. It is plausible.",
    ),
    Phrase(
        "denies", "next",
        "^^ but|however|yet",
        "The graph is {graph}. But the arrows were turned.",
        "The graph is {graph}. The arrows were drawn by hand.",
    ),
    Phrase(
        "denies", "next",
        "^^ this|that|it|the_graph|the_model|the_dag|the_figure|the_diagram"
        " ~ <no>|false|fails|missing|lacks|omits",
        "The graph is {graph}. It cannot be.",
        "The graph is {graph}. It can be.",
    ),
    Phrase(
        "denies", "next",
        "^^ [but|however] this|that|it|which|such_a ..2 <false>|fails|cannot",
        "The graph is {graph}. Such a graph is impossible.",
        "The graph is {graph}. Such a graph is possible.",
    ),
    Phrase(
        "partial", "before next",
        "part|parts of / simplified / partial / portion / fragment / excerpt"
        " / full dag|graph|model|network",
        "Part of our DAG is {graph}.",
        "Our DAG is {graph}, as part of us knows.",
    ),
    Phrase(
        "partial", "before next",
        "not|n't drawn|shown|pictured|depicted / omit* / ignor* / violat*",
        "Our DAG is {graph}. This ignores a possible effect.",
        "Our DAG is {graph}. This is a possible effect.",
    ),
    Phrase(
        "partial", "before after next",
        "caricatur* / cartoon* / parody|parodies / travest* / straw man|men",
        "A caricature of our DAG: {graph}.",
        "A drawing of our DAG: {graph}.",
    ),
    Phrase(
        "compares", "before",
        "unlike / instead / rather than / contrary / opposed / versus / vs / compar* / either",
        "Unlike the graph {graph}, ours is complete.",
        "Like our friends, we have the graph {graph}.",
    ),
    Phrase(
        "compares", "before",
        "^ or",
        "Or it is {graph}.",
        "For it is {graph}.",
    ),
    Phrase(
        "compares", "before",
        "alternativ* / equivalent / equivalence / equivalents / different from / differ|differs from"
        " / distinguish* / candidate* / hypothes*",
        "One candidate is the graph {graph}.",
        "Our choice is the graph {graph}.",
    ),
    Phrase(
        "softens", "before",
        "naive|naively !bayes / approximat* / mean-field / perhaps / maybe / possibly / possible"
        " / guess* / tempt* / conjectur*",
        "Perhaps the graph is {graph}.",
        "Surely the graph is {graph}.",
    ),
    Phrase(
        "supposes", "before",
        "if / iff / whether / when / whenever / would / could / might / were / hypothetical*"
        " / imagin* / what happens / suppose first",
        "If the graph is {graph}, what follows?",
        "The graph is {graph}. If so, all is well.",
    ),
    Phrase(
        "supposes", "after",
        "if / would",
        "The graph is {graph} if all is well.",
        "The graph is {graph}, as all is well.",
    ),
    Phrase(
        "supposes", "next",
        "imagin*",
        "The graph is {graph}. Imagine more arrows.",
        "The graph is {graph}. Here are its arrows.",
    ),
    Phrase(
        "asks", "before",
        "which of / true or|and|/ false / true false / is it / does / do we / can we / can you"
        " / todo / fixme / ^ is|are|does|should",
        "Which of the graphs is {graph}",
        "One of the graphs is {graph}.",
    ),
    Phrase(
        "reports", "before",
        "you|one|people|they|many|some|we|he|she ..1 think|thinks|say|says|draw|draws|write|writes",
        "You may think that the graph is {graph}.",
        "You may know that the graph is {graph}.",
    ),
    Phrase(
        "reports", "before",
        "student|students !<graph> / people / claim|claims|claimed|claiming / argues|argued|arguing"
        " / believe* / propos* / alleg* / so-called / pretend* / critic* / counterexample*"
        " / counter-example*",
        "They proposed the graph {graph}.",
        "The student network is {graph}.",
    ),
    Phrase(
        "reports", "before",
        "thinks|suspects|insists|asserts|guesses|reckons|imagines|presumes|maintains|contends|swears"
        " / says|writes|told_us|tells_us that",
        "Bob thinks that the DAG is {graph}.",
        "Bob knows that the DAG is {graph}.",
    ),
    Phrase(
        "reports", "before",
        "referee|reviewer|editor|examiner|critic|opponent|rival|colleague|friend|sceptic|skeptic|someone"
        "|somebody 's ..1 <graph>",
        "Our referee's DAG is {graph}.",
        "Our alarm's DAG is {graph}.",
    ),
    Phrase(
        "reports", "after",
        "claim|claims / believe* / critic*",
        "The graph {graph} is that of the claims.",
        "The graph {graph} is that of the data.",
    ),
    Phrase(
        "reports", "paragraph",
        "student|students ..2 writ*|draw*|claim*|argu*|answer*|say*|think*|propos*|solution*"
        " / claims / tempt* / find|spot|what_is the error|mistake|flaw|bug",
        "A student writes this. The graph is {graph}.",
        "A student sleeps. The graph is {graph}.",
    ),
    Phrase(
        "judges", "before",
        "<judging>&!<neutral> graph|dag|model|network|structure|diagram|picture|drawing",
        "The flawed DAG is {graph}.",
        "The directed graph is {graph}.",
    ),
    Phrase(
        "judges", "after next",
        "^^ ..3 is|are|was|were|seems|looks ..1 <negated>&!<neutral>",
        "The model {graph} is inadequate.",
        "The model {graph} is interesting.",
    ),
    Phrase(
        "compares", "before",
        "better|worse|simpler|richer|larger|smaller|bigger|finer|coarser|sparser|denser|rival|competing"
        "|conflicting <graph> / than",
        "A better model is {graph}.",
        "To understand this better, our model is {graph}.",
    ),
    Phrase(
        "partial", "before",
        "missing|absent|lacking ..2 <edge> / <edge> ..5 missing|absent|lacking|left_out",
        "## An arrow may be missing\n\nThe graph is {graph}.",
        "## An arrow and its head\n\nThe graph is {graph}.",
    ),
    Phrase(
        "softens", "before",
        "may|can be|have|also|well|even|not !drawn|written|seen|read|used|shown|represented|summarised"
        "|summarized|described|given|factor*|found|expressed|proven|proved|derived",
        "The graph may be {graph}.",
        "The graph may now be drawn as {graph}.",
    ),
    Phrase(
        "intervenes", "before",
        "mutilated|manipulated|interventional|post-interventional|postinterventional|post-intervention"
        " ..1 <graph>"
        " / after|under|upon|once|by|in ..3 do|intervention|interventions|intervening|intervene",
        "After $do(A)$ the graph is {graph}.",
        "Before anyone acts, the graph is {graph}.",
    ),
    Phrase(
        "intervenes", "before",
        "remov*|delet*|cut|cuts|cutting|eras* ..3 <edge> ..2 into|entering|pointing",
        "Deleting the arrows into $A$ gives the graph {graph}.",
        "Deleting the arrow from $A$ to $C$ gives the graph {graph}.",
    ),
    Phrase(
        "judges", "before",
        "too|overly|all_too ..2 <graph> / old|former|early|earlier|preliminary <graph>",
        "An overly simple graph: {graph}.",
        "A simple graph: {graph}.",
    ),
    Phrase(
        "judges", "after",
        "sic / ^^ is|are|was ..1 far|beyond|against|out|only|at_odds|no",
        "The graph {graph} is far from the truth.",
        "The graph {graph} is from the book.",
    ),
    Phrase(
        "softens", "before",
        "*ly&!<surely> $ / almost|nearly|quite|like|resembles|resemble ..1 $"
        " / look|looks|seem|seems|appear|appears like|as|to_be",
        "The graph is supposedly {graph}.",
        "The graph is simply {graph}.",
    ),
    Phrase(
        "softens", "before",
        "is|are said|thought|supposed|believed|meant|rumoured|rumored to / should|ought|must ..2 $"
        " / was|used_to_be|had_been ..1 $ / once|long thought|assumed",
        "The graph used to be {graph}.",
        "The graph we use to learn is {graph}.",
    ),
    Phrase(
        "supposes", "before",
        "under the null|alternative / at first / in theory / on paper / ideal|ideally",
        "At first sight the graph is {graph}.",
        "In the first section the graph is {graph}.",
    ),
    Phrase(
        "denies", "next",
        "^^ nobody|no_one|hardly|unfortunately|sadly|alas|regrettably|never / ^^ nothing !else|more|other"
        " / ^^ do not|n't"
        " / ^^ the_above|above ~ <no>",
        "The graph is {graph}. Hardly anyone accepts it.",
        "The graph is {graph}. Anyone accepts it.",
    ),
    Phrase(
        "denies", "next",
        "^^ we|i ..1 abandon*|drop*|discard*|revise*|replac*|correct*|repair*|give_up|change*|extend* ..2"
        " it|this|that|them|<graph>",
        "The graph is {graph}. We later abandon it.",
        "The graph is {graph}. We later draw it.",
    ),
    Phrase(
        "names it", "before",
        "^ the|a|an|this|that|our|my|your|their <graph> $ / ^ the|a|an|this|that|our|my|your|their"
        " *&!<verb>|<affirming>|<graph> <graph> $",
        "The causal graph",
        "The graph is",
    ),
    Phrase(
        "goes on", "after",
        "^^ <affirming>|<surely> / ^^ .|?|;|, / ^^ $",
        "holds in the data",
        "lies about the data",
    ),
    Phrase(
        "attributes", "before after next",
        "draws|drew|prefers|preferred|favours|favors|suggests|suggested|posits|postulates|proposes"
        " / according to",
        "Smith draws this.",
        "We draw this.",
    ),
    Phrase(
        "sides", "next",
        "we|i ..1 follow|prefer|adopt|trust|side|agree !him|her|them|this|it|suit|that|these|the|his",
        "We follow Jones.",
        "We follow the usual notation.",
    ),
    Phrase(
        "asks to show", "before",
        "show / prove / verify / check / derive / deduce / determine / decide / test / conclude"
        " / argue / justify / explain why",
        "Prove that {product}.",
        "We know that {product}.",
    ),
    Phrase(
        "assumes independence", "before",
        "assum*|under|since|because|as|given_that|suppos*|for ... independen*|\\perp|\\indep",
        "Since all are independent given the rest, {product}.",
        "All are dependent, and {product}.",
    ),
    Phrase(
        "assumes here", "before",
        "assuming / for now / for the moment|time / temporarily",
        "Assuming {product}.",
        "We assume {product}.",
    ),
    Phrase(
        "takes as given", "before",
        "suppos* / assum*",
        "Suppose that the graph is {graph}.",
        "Note that the graph is {graph}.",
    ),
    Phrase(
        "concludes", "after",
        "so / hence / thus / therefore / where / implies / imply / since / because / i.e. / that is"
        " / also / with",
        "The graph is {graph}, so that nothing else is needed.",
        "The graph is {graph}, nothing else is needed.",
    ),
)  # fmt: skip
