"""From characters to formulas and models: one grammar for plain text and LaTeX."""
