"""Formulas, derivations, tables and pictures on paper and on screen."""
