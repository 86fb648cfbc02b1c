"""Predicates of the rules about sandboxing and privileges: code to ``module:function``."""

from __future__ import annotations

CHECKS = {
    "UL402": "write_path_hidden:check",
    "UL403": "command_hidden:check",
    "UL404": "working_directory_hidden:check",
    "UL405": "file_hidden:check",
    "UL490": "exposure_above_threshold:check",
    "UL406": "read_write_paths_without_effect:check",
}
