"""Predicates of the rules about dropins."""
