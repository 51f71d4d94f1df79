"""Formulas on paper and on screen: readers, printers, the model language, documents."""
