"""The trusted core: what a formula means, and when two formulas mean the same."""
