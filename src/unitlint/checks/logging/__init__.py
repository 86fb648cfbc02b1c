"""Predicates of the rules about logging and the journal: code to ``module:function``."""

from __future__ import annotations

CHECKS = {
    "UL801": "unit_rate_limit_off:check",
    "UL802": "journald_rate_limit_off:check",
    "UL803": "rate_limit_nonsensical:check",
    "UL804": "journal_storage:check",
    "UL805": "output:to_file",
}
