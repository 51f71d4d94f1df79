"""English words that say what arrows are, and where another graph begins."""

from __future__ import annotations

from symcausal.notes.phrases.table import Phrase

# -- what arrows are ------------------------------------------------------------------------------
GRAPHS = (
    Phrase(
        "of no variables", "before",
        "transition|transitions|transitioning / state_space|state_diagram|state_machine|state_sequence"
        "|state_spaces|state_diagrams|state_machines|state_sequences / automaton|automata"
        " / the|between|of|three|hidden|with|its states / states of ..1 chain|process|machine|system"
        " / markov_chain|markov_chains move|moves|visit|visits|jump|jumps|goes|start|starts",
        "The transitions of a machine: {graph}.",
        "The causes of a fault: {graph}.",
    ),
    Phrase(
        "of no variables", "before",
        "neural / tensor|tensors / layer|layers / data_flow|data_flows|dataflow|dataflows|control_flow"
        "|control_flows / encoder / decoder / pipeline|pipelines / workflow|workflows",
        "A neural network: {graph}.",
        "A Bayesian network: {graph}.",
    ),
    Phrase(
        "of no variables", "before",
        "bus / stops / git / repositor* / shortest path|paths / train|tram stop|stops|line|lines"
        " / web_site|web_sites|website|websites|web_page|web_pages|webpage|webpages"
        " / hyperlink|hyperlinks / road|roads / city|cities / street|streets",
        "The roads are {graph}.",
        "The arrows are {graph}.",
    ),
    Phrase(
        "of no variables", "before",
        "exact sequence / morphism|morphisms|homomorphism|homomorphisms|isomorphism|isomorphisms"
        "|endomorphism|endomorphisms / functor|functors / function|functions !of / map|maps|mapping"
        "|mappings|mapped / commut* / category|categories / type|types of / signature|signatures",
        "The functions {graph} commute.",
        "The causes {graph} act.",
    ),
    Phrase(
        "of no variables", "before",
        "reaction|reactions / react|reacts / reactant|reactants / compound|compounds / molecul*",
        "The reactions {graph} are fast.",
        "The graph {graph} is small.",
    ),
    Phrase(
        "of no variables", "before",
        "undirected / moral* / junction tree / factor graph / flow_chart|flowchart"
        " / implication|implications / proposition|propositions / translat* / algorithm|algorithms"
        " / procedure|procedures / dependency graph / call graph",
        "The implications {graph} are clear.",
        "The arrows of the graph {graph} are clear.",
    ),
    Phrase(
        "of something else", "before",
        "limit|limits|limiting / converg* / tend|tends / type|types / sequence|sequences / path|paths"
        " / trail|trails / route|routes / walk|walks / via / along / path_way|path_ways|pathway|pathways",
        "The path {graph} is open.",
        "The graph {graph} is a chain.",
    ),
    Phrase(
        "of something else", "before",
        "is|are|be|being|gets [now|not|always] blocked|unblocked",
        "What is blocked here is {graph}.",
        "What is drawn here is {graph}.",
    ),
    Phrase(
        "of something else", "before",
        "contain* / includ* / subgraph* / substructure* / sub-structure* / triple|triples / segment*"
        " / portion / besides / indirect / direct effect|effects / mediator part / comes from"
        " / in addition to / complement|skeleton|closure|transpose|reverse|reversal|dual of ..2 <graph>",
        "The graph contains {graph}.",
        "The graph is {graph}.",
    ),
    Phrase(
        "of something else", "before",
        "step|steps / stage|stages / click* / menu / order|orders / ordering* / premis* / ladder"
        " / stack / commit* / version* / message|messages / modus",
        "The menu is {graph}.",
        "The DAG is {graph}.",
    ),
    Phrase(
        "no mechanism", "before",
        "define|defines|defined|defining / definition|definitions / algorithm* / code"
        " / pseudocode / program* / procedure / loop / initialis*|initializ* / transform* / abbreviat*"
        " / write|writing / denote",
        "We initialise",
        "Nature draws",
    ),
    Phrase(
        "of graphs", "before",
        "graph|subgraph / dag|dags / network / chain / fork / collider / v-structure|vstructure / mediat*"
        " / confound* / caus* / structure / model / diagram / markov / bayes* / common cause|effect"
        " / instrument* / arrows / edges",
        "The causal arrows are these.",
        "Here is a list.",
    ),
    # -- where another graph begins -------------------------------------------------------------------
    Phrase(
        "names another graph", "section",
        "another ..3 <kind> / different|second|new|other <kind>",
        "In another graph, {claim}.",
        "In another of these sentences, {claim}.",
    ),
    Phrase(
        "names another graph", "section",
        "a|an ..2 different|second|third|new|modified|altered|alternative|simpler|richer|other"
        " ..3 <kind>",
        "Here is a slightly modified version of the model. {claim}",
        "Here is a second proof. {claim}",
    ),
    Phrase(
        "names another graph", "section",
        "the other|second|third|next|following|new|modified|reversed ..3 <kind>"
        " / this other|second|new ..3 <kind>",
        "In the reversed graph, {claim}.",
        "In the same graph, {claim}.",
    ),
    Phrase(
        "names another graph", "section",
        "now|next|instead [let] [us] suppose|consider|assume|take|look_at|imagine ..3 <kind>",
        "Now consider the world of old. {claim}",
        "Now consider the claim that {claim}.",
    ),
    Phrase(
        "names another graph", "section",
        "add|adds|added|adding|insert|inserts|inserted|inserting|flip|flips|flipped|flipping"
        "|turn|turns|turned|turning|revers* ..3 <edge>",
        "We turn one of the arrows. {claim}",
        "We turn the page. {claim}",
    ),
    Phrase(
        "names another graph", "section",
        "consider|take|give|gives|yields|obtain|obtains|becomes|is_now [now] the|a|an ..2 graph|dag|model"
        "|network|structure|chain|fork|collider",
        "This yields a larger graph. {claim}",
        "This yields a larger number. {claim}",
    ),
    Phrase(
        "names another graph", "section",
        "remov*|delet*|eras*|omit*|drop|drops|dropping|dropped|add|adds|adding|added|revers* ..3 <edge>"
        " !into|entering|pointing|out|leaving|incoming",
        "We erase the first arrow. {claim}",
        "Deleting all arrows into the treated variable, {claim}.",
    ),
    Phrase(
        "names another graph", "section",
        "drop|dropping|relax|relaxing|give_up|abandon|without this|that|these|the ..1"
        " assumption|assumptions",
        "We now relax this assumption. {claim}",
        "By this assumption, {claim}.",
    ),
    Phrase(
        "names another graph", "section",
        "no longer ..1 assum*|suppos*|hold*|valid*|true*|appl*|impose*|require*",
        "It is no longer assumed. {claim}",
        "Once all is known they are no longer independent. {claim}",
    ),
    Phrase(
        "names another graph", "section",
        "^ in general|practice|reality|truth / for any|arbitrary|all|every|other distribution"
        "|distributions|joint_distribution|joint_distributions / general case / be|is|are arbitrary"
        " / under the alternative|null",
        "In practice all is confounded. {claim}",
        "We see by practice that {claim}.",
    ),
    Phrase(
        "names another graph", "section",
        "there_is_also_a|there_is_also_an|an_extra|an_additional|a_further ..1 edge|arrow|arc|link"
        " / suppose it is not|n't / suppose there is a|an ..1 edge|arrow",
        "There is also an arrow from A to C. {claim}",
        "There is an arrow from A to B. {claim}",
    ),
    Phrase(
        "names another graph", "section",
        "suppose|assume|imagine|consider instead / instead let|suppose|assume|consider|imagine",
        "Suppose instead that all is confounded. {claim}",
        "Suppose that we know all. {claim}",
    ),
    Phrase(
        "names another graph", "section",
        "also [directly] affect*|cause*|influence*|depend*|act*|driv*"
        " / affect|affects|cause|causes|influence|influences ..1-3 directly|as_well|too"
        " / is|are confounded by a|an",
        "Here A also affects C. {claim}",
        "Here A affects B. {claim}",
    ),
    Phrase(
        "names another graph", "section",
        "now let !us|'s / let ..2-9 denote|be|stand_for|represent",
        "Let A, B, C denote three coins. {claim}",
        "Now let's compute. {claim}",
    ),
    Phrase(
        "leaves the graph", "before after",
        "if ... instead / instead ... if|suppos*|assum* / in general|reality|practice|truth"
        " / for any|arbitrary|all|every|other distribution|distributions|joint_distribution"
        "|joint_distributions",
        "As we see in reality {claim}.",
        "As we see in the graph {claim}.",
    ),
    Phrase(
        "leaves the graph", "before after",
        "without this|that|these|those|the|any|such assumption*|model*|graph*|structure*|independenc*",
        "Without such independences {claim}.",
        "With such independences {claim}.",
    ),
    Phrase(
        "leaves the graph", "before after",
        "if|when|suppos*|assum*|were|had ...!remov*|delet*|cut* <edge>"
        "|confounder|confounders|confounded|common_cause|common_causes",
        "If the two were confounded, {claim}.",
        "If the first is known, {claim}.",
    ),
    Phrase(
        "leaves the graph", "before",
        "in|for|under both|neither|either / in|for|under all|each|none|some of|two|three|four"
        " / in|for|under all|each|every|most|some ..1 <kind>",
        "In all three, {claim}.",
        "In all, {claim}.",
    ),
    Phrase(
        "leaves the graph", "before",
        "in|for|under|by the [other|first|last] two|three|four / in|for|under the former|latter|others",
        "In the first two, {claim}.",
        "In the first place, {claim}.",
    ),
    Phrase(
        "names another graph", "section",
        "back|return|returns|returning|returned to the ..1 chain|fork|collider|first|second|third",
        "We return to the fork. {claim}",
        "We return to the road. {claim}",
    ),
    Phrase(
        "in another graph", "before after paragraph",
        "modified|mutilated|manipulated|altered|truncated|surgery|surgical|interventional"
        "|post-intervention|post-surgery|reversed ..4 <graph>",
        "In the mutilated graph A has no parents. Hence {claim}.",
        "In the graph above A has no parents. Hence {claim}.",
    ),
    Phrase(
        "defines", "before after",
        "iff / if_and_only_if / just|exactly|precisely when|if",
        "A and C are separated by B iff {claim}.",
        "A and C are separated by B, and {claim}.",
    ),
    Phrase(
        "defines", "after",
        "^ ..2 means|denotes|signifies|stands_for",
        "{claim} means the following.",
        "We say {claim}, and mean it.",
    ),
    # -- what adds an edge to arrows, or ties noises --------------------------------------------------
    Phrase(
        "hidden cause", "before after",
        "latent|latents|hidden|unobserved|unmeasured|unseen|unrecorded|omitted|lurking|bidirected"
        "|bi-directed|double-headed|two-headed|exogenous|correlat*"
        " / share|shares|shared|sharing ... cause*|parent*|noise*|ancestor*",
        "The graph is {graph} with an unseen cause of A and C.",
        "The graph is {graph} with no unseen causes.",
    ),
    Phrase(
        "shared cause", "before after",
        "confound* / common ..1 cause|causes|parent|parents|ancestor|ancestors|driver|drivers"
        " / third variable|variables",
        "The graph is {graph}, and A and C have a common driver.",
        "The graph is {graph} without common drivers.",
    ),
    Phrase(
        "direct effect", "before after",
        "directly / direct ..1 effect|effects|influence|influences|cause|causes|link|links|path|paths"
        "|dependenc*",
        "The graph is {graph}. A has a direct effect on C.",
        "The graph is {graph}. There is no direct effect of A on C.",
    ),
    Phrase(
        "direct effect", "before after",
        "also|additionally|furthermore|moreover|itself ..1"
        " affect*|influenc*|caus*|depend*|driv*|determin*|point*|has*|have*|act*"
        " / affect*|influenc*|caus*|driv*|determin* ... too|as_well",
        "The graph is {graph}. Moreover A affects C.",
        "The graph is {graph}. A affects B.",
    ),
    Phrase(
        "direct effect", "before after",
        "plus|add*|extra|additional|another|further|second|missing ..1 <edge>"
        " / <edge> ..1 from|between|into|joining|connecting / <edge> more|extra",
        "The graph has {graph} and an edge from A to C.",
        "The graph has {graph} and no edge from A to C.",
    ),
    Phrase(
        "acts", "before after",
        "affect|affects|affected|affecting / influence|influences|influenced|influencing"
        " / cause|causes|caused|causing / drive|drives|drived|driving / determine|determines"
        "|determined|determining / impact|impacts|impacted|impacting / shape|shapes|shaped|shaping"
        " / depend|depends|depending on|also_on / parent|parents",
        "The graph is {graph}, where A shapes C.",
        "The graph is {graph}, where A shapes B.",
    ),
    Phrase(
        "none of", "before",
        "no|without|any|never|neither|nor|lack|lacks|lacking|absent|free_of|remov*|delet*|cut|cuts|cutting"
        " ..2 $ / not|n't !only|just|merely ..2 $",
        "There is no such",
        "There is one such",
    ),
    Phrase(
        "ties noises", "before after",
        "correlat*|interrelat*|relat* / dependent|dependence|dependency|dependencies"
        " / not|n't|never|nor ..2 independent / share|shares|shared|sharing / confound* / common"
        " / joint|jointly !distribution|independent / covarian* / coupled / same / multivariate",
        "The noises are correlated.",
        "The noises are independent.",
    ),
)  # fmt: skip
