"""Phrases of French."""

from __future__ import annotations

from symcausal.notes.phrases.table import IdeaWords, Phrase

CLASSES = {"exercise": "exercice exemple", "goes on": "preuve r\u00e9ponse reponse"}

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
        "pr\u00e9tend*",
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
)  # fmt: skip
