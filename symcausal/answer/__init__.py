"""What users get back: derivations, comparisons, adjustment sets and tables that print themselves."""
