"""Identification against brute force and published graphs."""
