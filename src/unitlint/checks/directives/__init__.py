"""Predicates of the rules about directives and their values."""
