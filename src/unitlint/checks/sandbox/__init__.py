"""Predicates of the rules about sandboxing and privileges."""
