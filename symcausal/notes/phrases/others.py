"""Single words of languages that have no table of their own."""

from __future__ import annotations

from symcausal.notes.phrases.table import IdeaWords

WORDINGS = (
    # -- Italian, Spanish and Dutch ----------------------------------------------------------------
    IdeaWords(
        "independent",
        "*indipenden*",
        "eventi indipendenti",
        "due eventi",
    ),
    IdeaWords(
        "independent",
        "*independien*",
        "sucesos independientes",
        "dos sucesos",
    ),
    IdeaWords(
        "independent",
        "*onafhankelijk*",
        "onafhankelijke gebeurtenissen",
        "twee gebeurtenissen",
    ),
    IdeaWords(
        "yes",
        "si|s\u00ed",
        "S\u00ed.",
        "Sin.",
    ),
    # -- Chinese and Korean ------------------------------------------------------------------------
    IdeaWords(
        "independent",
        "*\u72ec\u7acb*",
        "A\u548cB\u76f8\u4e92\u72ec\u7acb",
        "A\u548cB",
    ),
    IdeaWords(
        "independent",
        "*\u7368\u7acb*",
        "A\u548cB\u76f8\u4e92\u7368\u7acb",
        "A\u548cB",
    ),
    IdeaWords(
        "independent",
        "*\ub3c5\ub9bd*",
        "A\uc640 B\ub294 \ub3c5\ub9bd",
        "A\uc640 B",
    ),
    # -- Russian -----------------------------------------------------------------------------------
    IdeaWords(
        "independent",
        "*\u043d\u0435\u0437\u0430\u0432*",
        "\u043d\u0435\u0437\u0430\u0432\u0438\u0441\u0438\u043c\u044b\u0435 \u0440\u0430\u0437",
        "\u0440\u0430\u0437",
    ),
)  # fmt: skip
