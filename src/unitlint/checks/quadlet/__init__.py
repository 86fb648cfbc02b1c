"""Predicates of the rules about Podman Quadlet: code to ``module:function``."""

from __future__ import annotations

CHECKS = {
    "UL280": "needed_keys:key_missing",
    "UL281": "needed_keys:keys_at_odds",
    "UL282": "other_files:reference_missing",
    "UL283": "service_section:type_or_kill_mode_refused",
    "UL284": "service_section:second_command",
    "UL285": "service_section:user",
    "UL286": "service_section:confines_podman",
    "UL287": "ports:without_effect",
    "UL288": "images:short_name",
    "UL289": "images:never_updated",
    "UL290": "images:pulled_while_starting",
    "UL291": "secrets:in_environment",
    "UL292": "other_files:service_twice",
}
