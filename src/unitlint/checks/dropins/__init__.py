"""Predicates of the rules about drop-ins."""
