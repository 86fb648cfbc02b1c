"""Predicates of the rules about commands and what they run, users and files."""
