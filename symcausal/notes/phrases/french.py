"""Phrases of French."""

from __future__ import annotations

from symcausal.notes.phrases.table import IdeaWords, Phrase

CLASSES = {
    "exercise": "exercice exemple",
    "goes on": "preuve r\u00e9ponse reponse",
    "which": "quel quelle quels quelles lequel laquelle",
}

PHRASES = (
    Phrase(
        "refutes", "before after next paragraph",
        "erreur / erreurs / fausse* / faux / erron\u00e9* / errone*",
        "Le graphe {graph} est faux.",
        "Le graphe est {graph}.",
    ),
    Phrase(
        "denies", "before after",
        "pas / aucun / aucune / jamais",
        "Aucun graphe n'est {graph}.",
        "Un graphe est {graph}.",
    ),
    Phrase(
        "denies", "after",
        "ne / n'",
        "Le graphe {graph} ne convient gu\u00e8re.",
        "Le graphe {graph} convient.",
    ),
    Phrase(
        "denies", "next",
        "^^ il|elle|ce|c' ~ pas|aucun|aucune|jamais",
        "Le graphe est {graph}. Il ne convient pas.",
        "Le graphe est {graph}. Il convient.",
    ),
    Phrase(
        "supposes", "before",
        "serait / plut\u00f4t",
        "Le graphe serait {graph}.",
        "Le graphe est {graph}.",
    ),
    Phrase(
        "reports", "before",
        "pr\u00e9tend* / pense|croit|affirme|soutient que",
        "On pr\u00e9tend que le graphe est {graph}.",
        "On sait que le graphe est {graph}.",
    ),
    Phrase(
        "concludes", "after",
        "alors / donc",
        "Le graphe est {graph}, donc c'est bien.",
        "Le graphe est {graph}, et c'est bien.",
    ),
    Phrase(
        "defines", "before after",
        "si et seulement si",
        "A et C sont s\u00e9par\u00e9s si et seulement si {claim}.",
        "A et C sont s\u00e9par\u00e9s, et {claim}.",
    ),
)  # fmt: skip

WORDINGS = (
    IdeaWords(
        "independent",
        "*ind\u00e9pendan*",
        "une paire ind\u00e9pendante",
        "une paire",
    ),
    IdeaWords(
        "yes",
        "oui",
        "Oui.",
        "Ou.",
    ),
    IdeaWords(
        "no",
        "non",
        "Non.",
        "Nom.",
    ),
    IdeaWords(
        "exercise",
        "exercice|exemple",
        "Exemple 2",
        "Chapitre 2",
    ),
    IdeaWords(
        "if",
        "[et|mais] si|lorsque",
        "et si elle tient",
        "et elle tient",
    ),
    IdeaWords(
        "on condition",
        "si|lorsque",
        "lorsque le soleil brille",
        "le soleil brille",
    ),
    IdeaWords(
        "turned",
        "seulement|m\u00eame|meme|pas",
        "seulement si elle tient",
        "si elle tient",
    ),
    IdeaWords(
        "denied",
        "est [donc|clairement]* faux|fausse|incorrect|incorrecte",
        "est donc faux",
        "est donc vrai",
    ),
    IdeaWords(
        "denied",
        "n'est pas vrai|vraie|correct|correcte",
        "n'est pas vrai",
        "n'est pas vu",
    ),
    IdeaWords(
        "not",
        "pas",
        "mais pas",
        "mais passons",
    ),
    IdeaWords(
        "contrasts",
        "mais|et",
        "mais ceci",
        "jamais",
    ),
    IdeaWords(
        "announces wrong",
        "[un|une|le|la] faux|fausse ..3",
        "Une fausse piste",
        "Une bonne piste",
    ),
    IdeaWords(
        "announces wrong",
        "[une] erreur fr\u00e9quente|typique|classique|courante",
        "Une erreur fr\u00e9quente",
        "Une valeur fr\u00e9quente",
    ),
    IdeaWords(
        "open question",
        "pourquoi|comment|que|quoi",
        "Pourquoi est-ce vrai ?",
        "Est-ce vrai ?",
    ),
    IdeaWords(
        "rule",
        "r\u00e8gle|r\u00e8gles [num\u00e9ro]",
        "par la r\u00e8gle 2",
        "par la partie 2",
    ),
    IdeaWords(
        "one",
        "un",
        "r\u00e8gle un",
        "r\u00e8gle une",
    ),
    IdeaWords(
        "two",
        "deux",
        "r\u00e8gle deux",
        "r\u00e8gle douce",
    ),
    IdeaWords(
        "three",
        "trois",
        "r\u00e8gle trois",
        "r\u00e8gle troisi\u00e8me",
    ),
    IdeaWords(
        "first",
        "premi\u00e8re",
        "la premi\u00e8re r\u00e8gle",
        "la prime r\u00e8gle",
    ),
    IdeaWords(
        "second",
        "deuxi\u00e8me|seconde",
        "la deuxi\u00e8me r\u00e8gle",
        "la r\u00e8gle des deux",
    ),
    IdeaWords(
        "third",
        "troisi\u00e8me",
        "la troisi\u00e8me r\u00e8gle",
        "la r\u00e8gle des trois",
    ),
)  # fmt: skip
