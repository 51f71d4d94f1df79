"""The documents that ``make demo`` writes."""
