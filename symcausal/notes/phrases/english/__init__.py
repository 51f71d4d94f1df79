"""Phrases of English."""

from __future__ import annotations

from symcausal.notes.phrases.english.claims import CLAIMS
from symcausal.notes.phrases.english.graphs import GRAPHS
from symcausal.notes.phrases.english.moods import MOODS

CLASSES = {
    "graph": "graph dag model network structure diagram figure",
    "kind": "graph graphs dag dags model models network networks structure structures diagram diagrams"
    " figure figures picture pictures scm scms system systems scenario scenarios example examples case"
    " cases world worlds setting settings situation situations population populations study studies"
    " panel panels",
    "which": "which",
    "edge": "edge edges arrow arrows arc arcs link links",
    "exercise": "exercise example problem question task",
    "figure": "fig figure",
    "goes on": "proof solution solutions answer answers derivation hint hints result conclusion"
    " calculation check note notes remark step claim",
    "no": "not n't never no_longer nor neither cannot nobody hardly unless none_of",
    "false": "wrong* false incorrect* invalid* untrue impossible nonsense absurd mistaken violated",
    # three variables in a row, by their shape
    "chain": "chain chains",
    "fork": "fork forks",
    "collider": "collider colliders",
    # words that judge by their form, and words of this form that do not
    "negated": "mis* pseudo* *less un*able un*ible un*ed un*ic un*al un*ant un*ent un*ing im*able im*ible"
    " im*ect im*ise in*ate in*able in*ible in*ent in*ant in*ete in*ect ir*al ir*ant ir*able il*ate"
    " il*al",
    "judging": "<negated> *ed *ous *able *ible *ful *ish bad poor weak crude worse worst",
    "neutral": "mixed missing unobserved unmeasured unconditional unconstrained unrestricted undirected"
    " unified unrolled unweighted unlabelled unlabeled unshaded underlying impossible intermediate"
    " independent instrumental individual important influential initial internal international inferred"
    " intervention interested interesting informed intended indirect instant instrumented intelligent"
    " irregular illegal directed weighted detailed estimated learned fitted assumed labelled labeled"
    " shaded induced implied depicted described displayed presented mentioned discussed stated specified"
    " rooted connected augmented extended combined nested structured oriented ordered based used"
    " considered encoded fixed related simplified named numbered coloured colored repeated so_called"
    " called desired required expected predicted seed speed need feed bed red indeed famous previous"
    " obvious simultaneous continuous various endogenous exogenous homogeneous heterogeneous autonomous"
    " useful helpful powerful beautiful faithful careful full successful suitable reasonable plausible"
    " possible acceptable identifiable variable multivariable stable table able testable british spanish"
    " english danish swedish turkish irish polish finnish fish wireless unless nonetheless",
    # words that may stand between "is" and a graph, or between a graph and what is said of it
    "surely": "only simply exactly precisely clearly actually really obviously certainly surely namely"
    " evidently fully entirely plainly usually typically family assembly",
    "affirming": "is are has have holds hold implies imply says say tells tell shows show describes"
    " describe represents represent encodes encode gives give fits fit generates generate underlies"
    " yields yield means mean makes make lets let entails entail states state factorises factorizes"
    " captures applies induces satisfies suffices explains helps predicts asserts expresses corresponds"
    " illustrates reflects admits respects consists belongs summarises summarizes determines defines"
    " specifies models allows leads provides produces will can and or we i you it its this that which"
    " where with without in of on for over from as at to by so then thus hence therefore because since"
    " after before when while here above below there the a an our",
    "verb": "is was are were be would could should can does do did will has have need may might"
    " fail fails hold holds ca wo sha",
}

PHRASES = (*MOODS, *GRAPHS)
WORDINGS = CLAIMS
