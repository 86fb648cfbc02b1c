"""Predicates of the rules about commands, users and files: code to ``module:function``."""

from __future__ import annotations

CHECKS = {
    "UL501": "user_unknown:check",
    "UL502": "group_unknown:check",
    "UL503": "command_missing:check",
    "UL504": "command_not_executable_by_user:check",
    "UL505": "working_directory_unreachable:check",
    "UL506": "environment_file:missing",
    "UL507": "interpreters:missing",
    "UL508": "interpreters:line_end",
    "UL509": "writable_by_all:check",
    "UL510": "shell_syntax:shell_syntax",
    "UL511": "shell_syntax:detached",
    "UL512": "shell_syntax:other_user",
    "UL513": "daemons:no_pid_file",
    "UL514": "daemons:goes_to_background",
    "UL515": "daemons:stays_in_foreground",
    "UL516": "daemons:failure_forgiven",
    "UL517": "interpreters:none_named",
}
