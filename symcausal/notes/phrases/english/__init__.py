"""Phrases of English."""

from __future__ import annotations

from symcausal.notes.phrases.english.graphs import GRAPHS
from symcausal.notes.phrases.english.moods import MOODS

CLASSES = {
    "graph": "graph dag model network structure diagram figure",
    "kind": "graph graphs dag dags model models network networks structure structures diagram diagrams"
    " figure figures picture pictures scm scms system systems scenario scenarios example examples case"
    " cases world worlds setting settings situation situations population populations study studies"
    " panel panels",
    "edge": "edge edges arrow arrows arc arcs link links",
    "exercise": "exercise example problem question task",
    "figure": "fig figure",
    "goes on": "proof solution answer derivation hint result conclusion calculation check note notes"
    " remark step claim",
    "no": "not n't never no_longer nor neither cannot nobody hardly unless none_of",
    "false": "wrong* false incorrect* invalid* untrue impossible nonsense absurd mistaken violated",
    "verb": "is was are were be would could should can does do did will has have need may might"
    " fail fails hold holds ca wo sha",
}

PHRASES = (*MOODS, *GRAPHS)
