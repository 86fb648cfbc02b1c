"""Predicates of the rules about logging and the journal: code to ``module:function``."""

from __future__ import annotations

CHECKS = {
    "UL801": "unit_rate_limit_off:check",
    "UL802": "journald_rate_limit_off:check",
    "UL803": "rate_limit_nonsensical:check",
    "UL804": "journal_storage:check",
    "UL805": "output:to_file",
    "UL806": "core_dumps:unlimited",
    "UL807": "core_dumps:without_effect",
    "UL808": "journal_sizes:level_above_journal",
    "UL809": "journal_sizes:kept_nowhere",
    "UL810": "journal_sizes:raised",
}
