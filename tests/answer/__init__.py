"""Tests of symcausal.answer and the facade."""
