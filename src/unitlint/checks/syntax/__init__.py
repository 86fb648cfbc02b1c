"""Predicates of the rules about the file and its syntax."""
