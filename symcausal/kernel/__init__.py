"""The kernel: what a formula means in a concrete model, and when two formulas mean the same.

Everything that a user is told is decided here, by another road than the one that produced it.
Read in this order: ``factor`` (tables over letters), ``interpretation`` (a model with numbers),
``meaning`` (formula to table), ``identity`` (are two formulas equal in every positive model?);
``quick`` is a first look, which only ever says no.
"""
