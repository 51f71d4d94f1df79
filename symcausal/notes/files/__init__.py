"""Notes as people write them: files become formulas, words, models and directives with places."""
