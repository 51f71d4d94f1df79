"""Derivations: strategies choose rules, every step is checked, lines are grouped for reading.

``worksheet`` applies rules, ``observe`` and ``intervene`` are the strategies, ``derivation`` runs
them, ``verify`` replays the result.
"""
