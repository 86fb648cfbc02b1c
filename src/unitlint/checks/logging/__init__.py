"""Predicates of the rules about logging and the journal."""
