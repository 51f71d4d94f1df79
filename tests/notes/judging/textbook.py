# ruff: noqa: E501
r"""True equations as people write them, by graph; ``==`` stands between the two sides.

They are classroom identities: the chain rule, marginals, Bayes' rule with its denominator written out,
normalisation, adjustment, the front door, interventions that act like observations, differences. Each
was worked out on paper for its graph, and the tests recompute it by brute force.

Main definitions
----------------
TEXTBOOK : the models, each with its equations.
"""

from __future__ import annotations

TEXTBOOK: tuple[tuple[str, str], ...] = (
    # the student network, its grade with three states
    (
        "I -> S; I -> G; D -> G; G -> L; G: A, B, C",
        r"""
        P(D, I, G, S, L) == P(D) P(I) P(G \mid D, I) P(S \mid I) P(L \mid G)
        P(l) == \sum_{g} P(l \mid g) P(g)
        P(L) == \sum_{I, D, G} P(I) P(D) P(G \mid I, D) P(L \mid G)
        P(g) == \sum_i \sum_d P(i) P(d) P(g | i, d)
        P(i \mid g) == \frac{P(g \mid i) P(i)}{P(g)}
        P(i \mid g) == \frac{P(i) \sum_d P(d) P(g \mid i, d)}{\sum_{i'} P(i') \sum_d P(d) P(g \mid i', d)}
        P(l \mid do(g)) == P(l \mid g)
        P(l \mid \mathrm{do}(i)) == \sum_g P(l \mid g) P(g \mid i)
        P(S \mid do(G)) == P(S)
        P(i, d) == P(i)\,P(d)
        P(l \mid g, i, s) == P(l \mid g)
        P(s \mid g) == \sum_i P(s \mid i) P(i \mid g)
        P(L \mid I) == \sum_{D, G} P(D) P(G \mid I, D) P(L \mid G)
        P(g \mid i) == \sum_d P(g \mid i, d) P(d)
        P(i \mid l) == \frac{P(i) \sum_g P(g \mid i) P(l \mid g)}{\sum_g P(g) P(l \mid g)}
        P(l, s) == \sum_{i} P(i) P(s | i) \sum_{g} P(g | i) P(l | g)
        P(d \mid g, i) == \frac{P(d) P(g \mid i, d)}{P(g \mid i)}
        P(L \mid do(G=A)) - P(L \mid do(G=B)) == P(L \mid G=A) - P(L \mid G=B)
        P(G=A) + P(G=B) == 1 - P(G=C)
        """,
    ),
    # the student whose score reaches the letter by another road
    (
        "I -> S; I -> G; D -> G; G -> L; S -> L; G: A, B, C",
        r"""
        P(l \mid do(g)) == \sum_{i} P(l \mid g, i) P(i)
        P(L \mid do(G=A)) == \sum_{S} P(L \mid G=A, S) P(S)
        P(L \mid do(G)) == \sum_I \sum_S P(I) P(S \mid I) P(L \mid G, S)
        P(l \mid g) == \sum_s P(l \mid g, s) P(s \mid g)
        P(s \mid g) == \sum_i P(s \mid i) P(i \mid g)
        P(l \mid g) == \sum_{i} P(i \mid g) \sum_s P(s \mid i) P(l \mid g, s)
        P(l \mid do(s)) == \sum_i P(i) P(l \mid s, i)
        P(l | do(g), s) == P(l | g, s)
        P(l | do(g), do(s)) == P(l | g, s)
        P(d, i, g) == P(d) P(i) P(g \mid d, i)
        P(l) == \sum_{g, s} P(l \mid g, s) P(g, s)
        P(l \mid do(d)) == P(l \mid d)
        P(i \mid s, d) == P(i \mid s)
        P(l \mid g, s, i, d) == P(l \mid g, s)
        """,
    ),
    # a chain of four
    (
        "A -> B -> C -> D",
        r"""
        p(a,b,c,d) == p(a)\,p(b \mid a)\,p(c \mid b)\,p(d \mid c)
        p(d) == \sum_{a,b,c} p(a) p(b|a) p(c|b) p(d|c)
        p(d) == \sum_c p(d|c) \sum_b p(c|b) \sum_a p(b|a) p(a)
        p(c \mid a) == \sum_b p(c \mid b) p(b \mid a)
        p(d \mid a, c) == p(d \mid c)
        p(a \mid c) == \frac{\sum_b p(a) p(b \mid a) p(c \mid b)}{p(c)}
        p(a \mid d) == \frac{p(d \mid a) p(a)}{\sum_{a'} p(d \mid a') p(a')}
        p(d \mid do(b)) == p(d \mid b)
        p(d \mid do(b)) == \sum_c p(c \mid b) p(d \mid c)
        p(a \mid do(c)) == p(a)
        p(b, c \mid a) == p(b \mid a) p(c \mid b)
        p(a, c \mid b) == p(a \mid b) p(c \mid b)
        p(b \mid a, c) == \frac{p(b \mid a) p(c \mid b)}{\sum_{b'} p(b' \mid a) p(c \mid b')}
        p(a, b) == p(a \mid b) p(b)
        p(a, d) == \sum_{b} p(a, b) p(d \mid b)
        """,
    ),
    # a fork
    (
        "Z -> X; Z -> Y",
        r"""
        P(x, y \mid z) == P(x \mid z) P(y \mid z)
        P(x, y) == \sum_z P(z) P(x | z) P(y | z)
        P(y \mid x) == \sum_z P(y \mid z) P(z \mid x)
        P(y \mid x) == \frac{\sum_z P(x \mid z) P(y \mid z) P(z)}{\sum_z P(x \mid z) P(z)}
        P(y \mid do(x)) == P(y)
        P(y \mid \operatorname{do}(X = x)) == \sum_{z} P(y \mid z) P(z)
        P(z \mid x, y) == \frac{P(z) P(x|z) P(y|z)}{P(x, y)}
        P(y \mid do(z)) == P(y \mid z)
        P(y | x, z) == P(y | z)
        P(x, y, z) == P(x) P(z \mid x) P(y \mid z)
        """,
    ),
    # a collider
    (
        "X -> Z <- Y",
        r"""
        P(x, y) == P(x) P(y)
        P(x \mid y) == P(x)
        P(z) == \sum_{x,y} P(z \mid x, y) P(x) P(y)
        P(x, y \mid z) == \frac{P(z \mid x, y) P(x) P(y)}{P(z)}
        P(z \mid x) == \sum_y P(z \mid x, y) P(y)
        P(z | do(x)) == \sum_{y} P(z | x, y) P(y)
        P(x \mid z) == \sum_y P(x, y \mid z)
        P(x \mid y, z) == \frac{P(x) P(z \mid x, y)}{\sum_{x'} P(x') P(z \mid x', y)}
        P(z \mid do(x), y) == P(z \mid x, y)
        P(x \mid z, y) == \frac{P(x, y, z)}{P(y) P(z | y)}
        """,
    ),
    # a diamond
    (
        "A -> B; A -> C; B -> D; C -> D",
        r"""
        P(a,b,c,d) == P(a) P(b|a) P(c|a) P(d|b,c)
        P(d \mid a) == \sum_{b,c} P(b \mid a) P(c \mid a) P(d \mid b, c)
        P(d \mid do(b)) == \sum_{a} P(d \mid b, a) P(a)
        P(d \mid do(b)) == \sum_c P(c) P(d \mid b, c)
        P(d | do(b)) == \sum_a P(a) \sum_c P(c | a) P(d | b, c)
        P(d \mid do(b), do(c)) == P(d \mid b, c)
        P(b \mid c) == \sum_a P(b \mid a) P(a \mid c)
        P(c \mid do(b)) == P(c)
        P(d \mid b) == \sum_c P(d \mid b, c) P(c \mid b)
        P(d \mid a, b, c) == P(d \mid b, c)
        P(d) == \sum_b \sum_c P(b, c) P(d \mid b, c)
        P(b, c \mid a) == P(b \mid a) P(c \mid a)
        P(a \mid b, c) == \frac{P(a) P(b|a) P(c|a)}{\sum_{a'} P(a') P(b|a') P(c|a')}
        """,
    ),
    # M-bias
    (
        "A -> X; A -> Z; B -> Z; B -> Y; X -> Y",
        r"""
        P(y \mid do(x)) == P(y \mid x)
        P(y | do(x)) == \sum_b P(y | x, b) P(b)
        P(y | do(x)) == \sum_{z} \sum_{a} P(y | x, z, a) P(z, a)
        P(a, b) == P(a) P(b)
        P(x, b) == P(x) P(b)
        P(z \mid x) == \sum_{a} P(a \mid x) \sum_b P(b) P(z \mid a, b)
        P(b | z) == \frac{P(b) \sum_a P(a) P(z | a, b)}{P(z)}
        P(z \mid do(x)) == P(z)
        P(y \mid x, b, z) == P(y \mid x, b)
        P(b \mid x) == P(b)
        P(y \mid x, z) == \sum_b P(y \mid x, b) P(b \mid x, z)
        """,
    ),
    # kidney stones
    (
        "Z -> X; Z -> Y; X -> Y; Z: small, large; X: a, b",
        r"""
        P(Y=1 \mid do(X=a)) == \sum_z P(Y=1 \mid X=a, z) P(z)
        P(Y=1 \mid do(X=a)) == P(Y=1 \mid X=a, Z=small) P(Z=small) + P(Y=1 \mid X=a, Z=large) P(Z=large)
        P(y \mid do(x)) == \sum_z P(y \mid x, z) P(z)
        P(y \mid x) == \sum_z P(y \mid x, z) P(z \mid x)
        P(y | do(x)) == \sum_z \frac{P(x, y, z)}{P(x | z)}
        P(Y=1|do(X=a)) - P(Y=1|do(X=b)) == \sum_z (P(Y=1|X=a,z) - P(Y=1|X=b,z)) P(z)
        P(y \mid do(z)) == P(y \mid z)
        P(y \mid z) == \sum_x P(x \mid z) P(y \mid x, z)
        E[Y \mid do(X=a)] == \sum_z E[Y \mid X=a, z] P(z)
        P(z \mid x) == \frac{P(x \mid z) P(z)}{\sum_{z'} P(x \mid z') P(z')}
        P(Y=0 \mid x) == 1 - P(Y=1 \mid x)
        P(Z=small) == 1 - P(Z=large)
        P(y, z \mid do(x)) == P(z) P(y \mid x, z)
        P(z \mid do(x)) == P(z)
        """,
    ),
    # the chest clinic
    (
        "A -> T; S -> L; S -> B; T -> E; L -> E; E -> X; E -> D; B -> D",
        r"""
        P(t) == \sum_a P(a) P(t \mid a)
        P(x) == \sum_{e} P(x \mid e) P(e)
        P(e) == \sum_{t, l} P(t) P(l) P(e \mid t, l)
        P(l, b) == \sum_s P(s) P(l | s) P(b | s)
        P(a \mid t) == \frac{P(a) P(t \mid a)}{P(t)}
        P(x \mid s) == \sum_{l} P(l \mid s) \sum_t P(t) \sum_e P(e \mid t, l) P(x \mid e)
        P(d \mid e, s) == \sum_b P(d \mid e, b) P(b \mid s)
        P(d \mid do(e)) == \sum_b P(d \mid e, b) P(b)
        P(d \mid do(b)) == \sum_{s} P(d \mid b, s) P(s)
        P(t, l) == P(t) P(l)
        P(x \mid do(l)) == P(x \mid l)
        P(x | a, e) == P(x | e)
        P(d | t, s) == \sum_b P(b | s) \sum_l P(l | s) \sum_e P(e | t, l) P(d | e, b)
        P(l \mid b) == \sum_s P(l \mid s) P(s \mid b)
        """,
    ),
    # the back door with a path of its own
    (
        "W -> Z; Z -> X; W -> Y; X -> Y",
        r"""
        P(y \mid do(x)) == \sum_w P(y \mid x, w) P(w)
        P(y \mid do(x)) == \sum_z P(y \mid x, z) P(z)
        P(Y \mid do(X)) == \sum_{Z} P(Y \mid X, Z) P(Z)
        P(y \mid do(x)) == \sum_{w,z} P(y \mid x, w, z) P(w, z)
        P(y \mid x) == \sum_w P(y \mid x, w) P(w \mid x)
        P(y \mid x, z) == \sum_w P(y \mid x, w) P(w \mid z)
        P(w | x) == \sum_z P(w | z) P(z | x)
        P(y, w | do(x)) == P(w) P(y | x, w)
        P(y \mid do(x), w) == P(y \mid x, w)
        P(x \mid w) == \sum_z P(z \mid w) P(x \mid z)
        P(y \mid do(z)) == \sum_x P(x \mid z) \sum_w P(w) P(y \mid x, w)
        P(w, z, x, y) == P(w) P(z \mid w) P(x \mid z) P(y \mid x, w)
        """,
    ),
    # the front door
    (
        "X -> M -> Y; X <-> Y",
        r"""
        P(y \mid do(x)) == \sum_m P(m \mid x) \sum_{x'} P(y \mid m, x') P(x')
        P(Y \mid do(X)) == \sum_M P(M \mid X) \sum_{X'} P(Y \mid M, X') P(X')
        P(m \mid do(x)) == P(m \mid x)
        P(y \mid do(m)) == \sum_x P(y \mid m, x) P(x)
        P(y \mid do(x)) == \sum_m P(y \mid do(m)) P(m \mid do(x))
        P(y | do(x)) == \sum_m \sum_{x'} P(m | x) P(x') P(y | x', m)
        P(y \mid do(x), do(m)) == P(y \mid do(m))
        P(x \mid do(m)) == P(x)
        P(y \mid x) == \sum_m P(y \mid m, x) P(m \mid x)
        P(Y=1 \mid do(X=1)) - P(Y=1 \mid do(X=0)) == \sum_m (P(m \mid X=1) - P(m \mid X=0)) \sum_x P(Y=1 \mid m, x) P(x)
        P(y, m \mid do(x)) == P(m \mid x) \sum_{x'} P(y \mid m, x') P(x')
        P(x, m, y) == P(x) P(m \mid x) P(y \mid x, m)
        """,
    ),
    # the napkin
    (
        "W -> Z -> X -> Y; W <-> X; W <-> Y",
        r"""
        P(y \mid do(x)) == \frac{\sum_w P(x, y \mid w, z) P(w)}{\sum_w P(x \mid w, z) P(w)}
        P(y | do(x)) == \frac{\sum_w P(y | w, z, x) P(x | w, z) P(w)}{\sum_w P(x | w, z) P(w)}
        P(x \mid do(z)) == \sum_w P(x \mid w, z) P(w)
        P(x, y \mid do(z)) == \sum_{w} P(x, y \mid w, z) P(w)
        P(y \mid do(x)) == \frac{P(x, y \mid do(z))}{P(x \mid do(z))}
        P(y \mid do(x)) == P(y \mid do(x), do(z))
        P(y \mid do(x), do(z)) == P(y \mid x, do(z))
        P(z \mid do(w)) == P(z \mid w)
        P(w \mid do(z)) == P(w)
        P(w, z, x, y) == P(w) P(z | w) P(x | w, z) P(y | w, z, x)
        """,
    ),
    # an instrument
    (
        "Z -> X -> Y; X <-> Y",
        r"""
        P(y \mid do(z)) == P(y \mid z)
        P(x \mid do(z)) == P(x \mid z)
        P(y \mid z) == \sum_x P(x, y \mid z)
        P(y \mid do(x), do(z)) == P(y \mid do(x))
        P(y | z) == \sum_x P(y | x, z) P(x | z)
        P(z \mid do(x)) == P(z)
        P(z, x, y) == P(z) P(x \mid z) P(y \mid x, z)
        P(z \mid do(x), y) == P(z)
        P(z \mid x) == \frac{P(x \mid z) P(z)}{\sum_{z'} P(x \mid z') P(z')}
        E[Y \mid do(Z=1)] - E[Y \mid do(Z=0)] == E[Y \mid Z=1] - E[Y \mid Z=0]
        """,
    ),
    # Verma's graph
    (
        "A -> B -> C -> D; B <-> D",
        r"""
        P(d \mid do(c)) == \sum_b P(d \mid a, b, c) P(b \mid a)
        P(d | do(c)) == \sum_{b} P(b) P(d | b, c)
        P(c \mid do(b)) == P(c \mid b)
        P(d \mid do(b)) == \sum_c P(c \mid b) \sum_{b'} P(d \mid b', c, a) P(b' \mid a)
        P(d \mid do(a)) == P(d \mid a)
        P(c \mid a, b) == P(c \mid b)
        P(a, b, c, d) == P(a) P(b|a) P(c|b) P(d|a,b,c)
        P(d \mid a) == \sum_{b, c} P(b \mid a) P(c \mid b) P(d \mid a, b, c)
        P(b \mid do(c)) == P(b)
        P(d \mid do(b), do(c)) == P(d \mid do(c))
        """,
    ),
    # two treatments in a row
    (
        "X -> Z; X -> Y; Z -> W; W -> Y; Z -> Y",
        r"""
        P(y \mid do(x), do(w)) == \sum_z P(y \mid x, z, w) P(z \mid x)
        P(y \mid do(x)) == P(y \mid x)
        P(y | do(w)) == \sum_{x,z} P(y | w, x, z) P(x, z)
        P(y \mid do(w)) == \sum_x P(x) \sum_z P(z \mid x) P(y \mid x, z, w)
        P(w \mid x) == \sum_z P(w \mid z) P(z \mid x)
        P(y \mid do(z)) == \sum_x P(x) P(y \mid x, z)
        P(y \mid x, z) == \sum_w P(w \mid z) P(y \mid x, z, w)
        P(z \mid do(x), do(w)) == P(z \mid x)
        P(x, w \mid z) == P(x \mid z) P(w \mid z)
        P(w \mid x, z) == P(w \mid z)
        """,
    ),
    # rain, sprinkler, wet grass
    (
        "Rain -> Sprinkler; Rain -> Wet; Sprinkler -> Wet; Rain: no, yes; Sprinkler: off, on; Wet: dry, wet",
        r"""
        P(Rain=yes \mid Wet=wet) == \frac{P(Wet=wet \mid Rain=yes) P(Rain=yes)}{P(Wet=wet)}
        P(Wet) == \sum_{Rain, Sprinkler} P(Wet \mid Rain, Sprinkler) P(Sprinkler \mid Rain) P(Rain)
        P(Wet \mid do(Sprinkler)) == \sum_{Rain} P(Wet \mid Sprinkler, Rain) P(Rain)
        P(Wet=wet \mid Rain) == P(Wet=wet, Sprinkler=on \mid Rain) + P(Wet=wet, Sprinkler=off \mid Rain)
        P(Rain \mid do(Sprinkler)) == P(Rain)
        P(Wet \mid do(Rain)) == P(Wet \mid Rain)
        P(Rain, Sprinkler, Wet) == P(Rain) P(Sprinkler \mid Rain) P(Wet \mid Rain, Sprinkler)
        P(Rain \mid Sprinkler, Wet) == \frac{P(Rain) P(Sprinkler \mid Rain) P(Wet \mid Sprinkler, Rain)}{P(Sprinkler, Wet)}
        P(Wet=dry) == 1 - P(Wet=wet)
        """,
    ),
    # burglary, earthquake, alarm
    (
        "B -> A; E -> A; A -> J; A -> M; B: no, yes; E: no, yes",
        r"""
        P(b \mid j, m) == \frac{\sum_{e,a} P(b) P(e) P(a \mid b, e) P(j \mid a) P(m \mid a)}{P(j, m)}
        P(j, m) == \sum_a P(a) P(j \mid a) P(m \mid a)
        P(a \mid b) == \sum_e P(e) P(a \mid b, e)
        P(m \mid j) == \sum_a P(m \mid a) P(a \mid j)
        P(b, e) == P(b) P(e)
        P(b, e \mid a) == \frac{P(b) P(e) P(a \mid b, e)}{P(a)}
        P(j \mid do(a)) == P(j \mid a)
        P(j \mid do(b)) == \sum_a P(j \mid a) \sum_e P(e) P(a \mid b, e)
        P(m \mid do(j)) == P(m)
        P(b \mid a, j) == P(b \mid a)
        P(B=yes \mid a) == \frac{P(a \mid B=yes) P(B=yes)}{P(a \mid B=yes) P(B=yes) + P(a \mid B=no) P(B=no)}
        P(j) == \sum_{b} P(b) P(j \mid b)
        """,
    ),
    # a disease and its test
    (
        "D -> T",
        r"""
        P(d \mid t) == \frac{P(t \mid d) P(d)}{P(t)}
        P(d \mid t) == \frac{P(t | d) P(d)}{\sum_{d'} P(t | d') P(d')}
        P(D=1 \mid T=1) == \frac{P(T=1 | D=1) P(D=1)}{P(T=1 | D=1) P(D=1) + P(T=1 | D=0) P(D=0)}
        P(t) == \sum_d P(t, d)
        P(t) == \sum_d P(t \mid d) P(d)
        P(d) P(t \mid d) == P(t) P(d \mid t)
        P(t \mid do(d)) == P(t \mid d)
        P(d \mid do(t)) == P(d)
        P(T=0 | d) == 1 - P(T=1 | d)
        \sum_t P(t \mid d) == 1
        """,
    ),
    # a mediator with a confounder of both its arrows' ends
    (
        "X -> M; M -> Y; X -> Y; C -> X; C -> Y",
        r"""
        P(y \mid do(x)) == \sum_c P(y \mid x, c) P(c)
        P(y \mid do(x)) == \sum_c P(c) \sum_m P(m \mid x) P(y \mid x, m, c)
        P(y \mid do(x), do(m)) == \sum_c P(y \mid x, m, c) P(c)
        P(m \mid do(x)) == P(m \mid x)
        P(y \mid do(m)) == \sum_x P(y \mid m, x) P(x)
        P(y \mid do(m)) == \sum_{x,c} P(x, c) P(y \mid m, x, c)
        P(m \mid x, c) == P(m \mid x)
        P(c, m \mid x) == P(c \mid x) P(m \mid x)
        P(y \mid x) == \sum_{c} P(c \mid x) \sum_m P(m \mid x) P(y \mid x, m, c)
        P(y | x, m) == \sum_c P(y | x, m, c) P(c | x)
        P(c \mid do(x)) == P(c)
        """,
    ),
    # naive Bayes
    (
        "C -> X; C -> Y; C -> Z; C: ham, spam, other",
        r"""
        P(c \mid x, y, z) == \frac{P(c) P(x \mid c) P(y \mid c) P(z \mid c)}{\sum_{c'} P(c') P(x \mid c') P(y \mid c') P(z \mid c')}
        P(x, y, z) == \sum_c P(c) P(x|c) P(y|c) P(z|c)
        P(x, y, z \mid c) == P(x \mid c) P(y \mid c) P(z \mid c)
        P(z \mid x, y) == \sum_c P(z \mid c) P(c \mid x, y)
        P(c \mid x) == \frac{P(c) P(x \mid c)}{P(x)}
        P(c \mid x, y) == \frac{P(c \mid x) P(y \mid c)}{P(y \mid x)}
        P(x | C=spam, y) == P(x | C=spam)
        P(z \mid do(c)) == P(z \mid c)
        P(C=ham) + P(C=spam) + P(C=other) == 1
        """,
    ),
    # a hidden Markov model of three steps
    (
        "H1 -> H2 -> H3; H1 -> O1; H2 -> O2; H3 -> O3",
        r"""
        P(h3) == \sum_{h2} P(h3 \mid h2) \sum_{h1} P(h2 \mid h1) P(h1)
        P(h2 \mid o1) == \sum_{h1} P(h2 \mid h1) P(h1 \mid o1)
        P(h1 \mid o1) == \frac{P(h1) P(o1 \mid h1)}{\sum_{h1} P(h1) P(o1 \mid h1)}
        P(o1, o2) == \sum_{h1} P(h1) P(o1 | h1) \sum_{h2} P(h2 | h1) P(o2 | h2)
        P(h2 \mid o1, o2) == \frac{P(o2 \mid h2) P(h2 \mid o1)}{P(o2 \mid o1)}
        P(o3 \mid h2, o2) == P(o3 \mid h2)
        P(o3 \mid h2) == \sum_{h3} P(h3 \mid h2) P(o3 \mid h3)
        P(h3 \mid o1, h2) == P(h3 \mid h2)
        P(h1, o2 \mid h2) == P(h1 \mid h2) P(o2 \mid h2)
        P(o2) == \sum_{h2} P(h2) P(o2 | h2)
        """,
    ),
    # a confounder that shows through a proxy
    (
        "U -> W; U -> X; U -> Y; X -> Y",
        r"""
        P(y \mid do(x)) == \sum_u P(y \mid x, u) P(u)
        P(w \mid x) == \sum_u P(w \mid u) P(u \mid x)
        P(y, w \mid do(x)) == \sum_u P(u) P(w \mid u) P(y \mid x, u)
        P(w \mid do(x)) == P(w)
        P(y \mid w, do(x)) == \sum_u P(y \mid x, u) P(u \mid w)
        P(y \mid x, w) == \sum_u P(y \mid x, u) P(u \mid x, w)
        P(x, w \mid u) == P(x \mid u) P(w \mid u)
        P(u \mid x, w) == \frac{P(u) P(x|u) P(w|u)}{P(x, w)}
        P(y \mid x, u, w) == P(y \mid x, u)
        """,
    ),
    # selection
    (
        "X -> Y; X -> S; Y -> S",
        r"""
        P(y \mid x, s) == \frac{P(y \mid x) P(s \mid x, y)}{P(s \mid x)}
        P(s \mid x) == \sum_y P(s \mid x, y) P(y \mid x)
        P(s) == \sum_{x, y} P(x) P(y | x) P(s | x, y)
        P(y \mid do(x)) == P(y \mid x)
        P(s \mid do(y)) == \sum_x P(x) P(s \mid x, y)
        P(s \mid do(x), do(y)) == P(s \mid x, y)
        P(x \mid s) == \frac{P(x) P(s \mid x)}{P(s)}
        P(x, y) == P(x \mid s) P(s) P(y \mid x) / P(s \mid x)
        P(y \mid s) == \sum_x P(y \mid x, s) P(x \mid s)
        """,
    ),
    # confounding on both sides of a mediator
    (
        "X -> Z; Z -> Y; W -> X; W -> Z; V -> Z; V -> Y",
        r"""
        P(z \mid do(x)) == \sum_w P(z \mid x, w) P(w)
        P(y \mid do(z)) == \sum_v P(y \mid z, v) P(v)
        P(y \mid do(x)) == \sum_w P(w) P(y \mid x, w)
        P(y | do(x)) == \sum_{w, v} P(w) P(v) \sum_z P(z | x, w, v) P(y | z, v)
        P(w, v) == P(w) P(v)
        P(x, v) == P(x) P(v)
        P(z \mid x, w) == \sum_v P(v) P(z \mid x, w, v)
        P(x \mid w, v) == P(x \mid w)
        P(y \mid do(z)) == \sum_{x} P(y \mid do(z), x) P(x)
        P(y | z, x) == \sum_v P(y | z, v) P(v | z, x)
        P(y \mid z, v, w, x) == P(y \mid z, v)
        """,
    ),
    # the front door beside a back door
    (
        "C -> X; C -> Y; X -> M -> Y; X <-> Y",
        r"""
        P(y \mid do(x), c) == \sum_m P(m \mid x) \sum_{x'} P(y \mid m, x', c) P(x' \mid c)
        P(y \mid do(x)) == \sum_c P(c) \sum_m P(m \mid x) \sum_{x'} P(y \mid m, x', c) P(x' \mid c)
        P(y \mid do(x)) == \sum_m P(m \mid x) \sum_{x'} P(y \mid m, x') P(x')
        P(y \mid do(m)) == \sum_{x} P(y \mid m, x) P(x)
        P(m \mid do(x)) == P(m \mid x)
        P(y \mid do(m), c) == \sum_x P(y \mid m, x, c) P(x \mid c)
        P(m \mid x, c) == P(m \mid x)
        P(c \mid do(x)) == P(c)
        P(x \mid do(c)) == P(x \mid c)
        """,
    ),
    # a treatment confounded with an outcome that nothing else reaches
    (
        "X -> Y; Y -> Z; X <-> Y",
        r"""
        P(z \mid do(y)) == P(z \mid y)
        P(z \mid do(x)) == \sum_y P(z \mid y) P(y \mid do(x))
        P(z \mid x, y) == P(z \mid y)
        P(y, z) == P(y) P(z \mid y)
        P(z \mid do(x), y) == P(z \mid y)
        P(x \mid do(y)) == P(x)
        P(x, y, z) == P(x) P(y \mid x) P(z \mid y)
        P(z \mid x) == \sum_y P(z \mid y) P(y \mid x)
        """,
    ),
    # a confounder hidden by the notes' author
    (
        "hidden U; U -> X; U -> Y; X -> M; M -> Y",
        r"""
        P(y \mid do(x)) == \sum_m P(m \mid x) \sum_{x'} P(y \mid x', m) P(x')
        P(y \mid do(x)) == \sum_{m} P(m \mid x) P(y \mid do(m))
        P(y \mid do(m)) == \sum_x P(x) P(y \mid x, m)
        P(m \mid do(x), y) == \frac{P(m | x) P(y | do(m))}{\sum_{m'} P(m' | x) P(y | do(m'))}
        P(x, m) == P(x) P(m \mid x)
        P(x \mid do(m)) == P(x)
        """,
    ),
    # the graph of a known misprint, corrected
    (
        "W1 -> X -> Y1; W2 -> Y2; W1 <-> W2; W1 <-> Y1; W1 <-> Y2; X <-> W2",
        r"""
        P(y1, y2 \mid do(x)) == \sum_{w2} P(y2, w2) \sum_{w1} P(y1 \mid x, w1) P(w1)
        P(y1 \mid do(x)) == \sum_{w1} P(y1 \mid x, w1) P(w1)
        P(y2 \mid do(x)) == P(y2)
        P(y1, y2 \mid do(x)) == P(y2) \sum_{w1} P(y1 \mid x, w1) P(w1)
        P(x \mid do(w1)) == P(x \mid w1)
        """,
    ),
)
