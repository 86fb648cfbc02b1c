"""Predicates of the rules about dependencies, activation and [Install]."""
