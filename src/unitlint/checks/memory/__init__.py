"""Predicates of the rules about memory, the OOM killer, CPU and tasks."""
