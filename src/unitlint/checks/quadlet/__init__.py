"""Predicates of the rules about Podman Quadlet."""
