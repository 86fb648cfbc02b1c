"""Predicates of the rules about directives."""
