"""Predicates of the rules about logging."""
