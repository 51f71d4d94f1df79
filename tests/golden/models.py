"""The student network in the model language, in two namings, and a few small models."""

from __future__ import annotations

STUDENT = """
# the student network of Koller & Friedman 2009, Figure 3.4
I "Intelligence": low, high
D "Difficulty" alias C, Course: easy, hard
S "SAT": low, high
G "Grade": A, B, C
L "Letter": weak, strong
I -> S;  I, D -> G;  G -> L
P(I) = 0.7, 0.3
P(D) = 0.6, 0.4
P(S | I=low)  = 0.95, 0.05
P(S | I=high) = 0.2, 0.8
P(G | I=low, D=easy)  = 0.3, 0.4, 0.3
P(G | I=low, D=hard)  = 0.05, 0.25, 0.7
P(G | I=high, D=easy) = 0.9, 0.08, 0.02
P(G | I=high, D=hard) = 0.5, 0.3, 0.2
P(L | G=A) = 0.1, 0.9
P(L | G=B) = 0.4, 0.6
P(L | G=C) = 0.99, 0.01
"""

SUPERSCRIPTS = """
I: i0, i1
D: d0, d1
S: s0, s1
G: g1, g2, g3
L: l0, l1
I -> S
I, D -> G
G -> L
P(I) = 0.7, 0.3
P(D) = 0.6, 0.4
P(S | I=i0) = 0.95, 0.05
P(S | I=i1) = 0.2, 0.8
P(G | I=i0, D=d0) = 0.3, 0.4, 0.3
P(G | I=i0, D=d1) = 0.05, 0.25, 0.7
P(G | I=i1, D=d0) = 0.9, 0.08, 0.02
P(G | I=i1, D=d1) = 0.5, 0.3, 0.2
P(L | G=g1) = 0.1, 0.9
P(L | G=g2) = 0.4, 0.6
P(L | G=g3) = 0.99, 0.01
"""

G1 = "I -> G <- D; I -> S; G -> L; G: A, B, C"
G2 = f"{G1}; S -> L"
