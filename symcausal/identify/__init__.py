"""Identification: what of a causal query is left in data, and what stands in the way.

``question`` says what is asked and what is given, ``verdict`` answers yes or no on bit masks,
``resolve`` finds the derivation, ``identification`` puts it together and has it verified.
"""
