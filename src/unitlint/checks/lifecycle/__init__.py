"""Predicates of the rules about start, stop and restart."""
