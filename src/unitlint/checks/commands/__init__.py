"""Predicates of the rules about commands, users and files: code to ``module:function``."""

from __future__ import annotations

CHECKS = {
    "UL501": "user_unknown:check",
    "UL502": "group_unknown:check",
    "UL503": "command_missing:check",
    "UL504": "command_not_executable_by_user:check",
    "UL505": "working_directory_unreachable:check",
}
