"""Tests of graphs against plain enumeration, networkx and exact models."""
