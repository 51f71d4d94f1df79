"""What words around formulas and graphs mean: a table for each language, and one reader of all."""
