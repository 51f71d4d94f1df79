"""What users get back: derivations, comparisons, adjustment sets, tables; each knows how to show itself."""
