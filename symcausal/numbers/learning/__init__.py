"""Tables from data: exact counts, and what they make of the entries that a model leaves open."""
