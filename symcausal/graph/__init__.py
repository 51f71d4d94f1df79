"""Causal graphs: arrows, surgery, separation, paths, adjustment."""
