"""Predicates of the rules about drop-ins: code to ``module:function``."""

from __future__ import annotations

CHECKS = {
    "UL901": "exec_start_without_reset:check",
    "UL902": "overrides:no_effect",
    "UL903": "overrides:weakened",
    "UL904": "lists_added_to:check",
    "UL905": "no_unit:check",
    "UL906": "strays:never_read",
    "UL907": "files:shadowed",
    "UL908": "install:check",
    "UL909": "files:executable",
    "UL910": "files:writable_by_all",
    "UL911": "strays:invalid_name",
    "UL912": "strays:unread_folder",
    "UL913": "files:unreadable",
}
