"""Phrases of German."""

from __future__ import annotations

from symcausal.notes.phrases.table import IdeaWords, Phrase

CLASSES = {
    "exercise": "aufgabe beispiel",
    "which": "welche welcher welches welchem welchen",
    "figure": "abb abbildung",
    "chain": "kette",
    "fork": "gabel gabelung",
    "goes on": "beweis l\u00f6sung loesung",
}

PHRASES = (
    Phrase(
        "refutes", "before after next paragraph",
        "falsch* / fehler* / irrtum / irrig* / widerleg* / stimmt nicht",
        "Der falsche Graph {graph}.",
        "Der Graph ist {graph}.",
    ),
    Phrase(
        "denies", "before after",
        "nicht / kein* / niemals",
        "Kein Graph ist die Kette {graph}.",
        "Ein Graph ist die Kette {graph}.",
    ),
    Phrase(
        "denies", "next",
        "^^ das|er|es|dies|dieser ~ nicht|kein*|niemals",
        "Der Graph ist {graph}. Das gilt hier nicht.",
        "Der Graph ist {graph}. Das gilt hier.",
    ),
    Phrase(
        "supposes", "before",
        "ob / wenn / w\u00e4re / waere / statt / anstatt",
        "Wenn der Graph {graph} ist:",
        "Der Graph ist {graph}. Wenn das so ist:",
    ),
    Phrase(
        "supposes", "after",
        "wenn",
        "Der Graph ist {graph}, wenn alles gut geht.",
        "Der Graph ist {graph}, und alles geht gut.",
    ),
    Phrase(
        "reports", "before",
        "vermut* / behaupt* / meint|glaubt|denkt dass",
        "Man behauptet den Graphen {graph}.",
        "Wir haben den Graphen {graph}.",
    ),
    Phrase(
        "defines", "before after",
        "genau dann / dann und nur dann",
        "A und C sind genau dann getrennt, wenn {claim}.",
        "A und C sind getrennt: {claim}.",
    ),
)  # fmt: skip

WORDINGS = (
    IdeaWords(
        "independent",
        "!nicht *unabh\u00e4ngig*",
        "unabh\u00e4ngige Ereignisse",
        "nicht unabh\u00e4ngig",
    ),
    IdeaWords(
        "yes",
        "ja",
        "Ja.",
        "Jahr.",
    ),
    IdeaWords(
        "no",
        "nein",
        "Nein.",
        "Neun.",
    ),
    IdeaWords(
        "exercise",
        "aufgabe|beispiel",
        "Aufgabe 2",
        "Abschnitt 2",
    ),
    IdeaWords(
        "per cent",
        "prozent",
        "Prozent",
        "Prozess",
    ),
    IdeaWords(
        "if",
        "[und|aber] wenn|falls|sofern",
        "und falls es gilt",
        "und es gilt",
    ),
    IdeaWords(
        "on condition",
        "wenn|falls|sofern",
        "falls es regnet",
        "und es regnet",
    ),
    IdeaWords(
        "turned",
        "nur|genau|sogar|nicht",
        "nur wenn es regnet",
        "wenn es regnet",
    ),
    IdeaWords(
        "denied",
        "[das|dies] gilt|stimmt [im_allgemeinen|hier]* nicht",
        "gilt im Allgemeinen nicht",
        "gilt im Allgemeinen",
    ),
    IdeaWords(
        "denied",
        "[das|was] ist [klar|einfach]* falsch|unwahr|ung\u00fcltig",
        "ist einfach falsch",
        "ist einfach richtig",
    ),
    IdeaWords(
        "denies next",
        "weder|noch_nicht|nicht_mehr",
        "aber nicht mehr",
        "aber mehr",
    ),
    IdeaWords(
        "not",
        "nicht",
        "aber nicht",
        "aber Nichten",
    ),
    IdeaWords(
        "contrasts",
        "aber|jedoch|und|doch|obwohl",
        "aber dann",
        "abermals",
    ),
    IdeaWords(
        "announces wrong",
        "[ein|der|die|das|ein|eine] falsch|falsche|falscher|falsches ..3",
        "Ein falscher Anfang",
        "Ein guter Anfang",
    ),
    IdeaWords(
        "announces wrong",
        "[ein|der] h\u00e4ufiger|typischer|klassischer fehler|irrtum",
        "Ein typischer Fehler",
        "Ein typischer Wert",
    ),
    IdeaWords(
        "open question",
        "was|warum|wieso|weshalb|wie",
        "Warum gilt das?",
        "Gilt das?",
    ),
    IdeaWords(
        "rule",
        "regel|regeln [nummer]",
        "nach Regel 2",
        "nach Teil 2",
    ),
    IdeaWords(
        "one",
        "eins",
        "Regel eins",
        "Regel einmal",
    ),
    IdeaWords(
        "two",
        "zwei",
        "Regel zwei",
        "Regel zweimal",
    ),
    IdeaWords(
        "three",
        "drei",
        "Regel drei",
        "Regel dreimal",
    ),
    IdeaWords(
        "first",
        "erste|ersten|erster",
        "die erste Regel",
        "die ernste Regel",
    ),
    IdeaWords(
        "second",
        "zweite|zweiten|zweiter",
        "die zweite Regel",
        "die zweifache Regel",
    ),
    IdeaWords(
        "third",
        "dritte|dritten|dritter",
        "die dritte Regel",
        "die Drittel",
    ),
)  # fmt: skip
