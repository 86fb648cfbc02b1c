"""Predicates of the rules about memory, the OOM killer, CPU and tasks: code to ``module:function``."""

from __future__ import annotations

CHECKS = {
    "UL301": "no_memory_max:no_memory_max",
    "UL302": "memory_limit:memory_limit_directive",
    "UL303": "memory_high_above_max:memory_high_above_max",
    "UL305": "oom_score_negative_without_limit:oom_score_negative_without_limit",
    "UL307": "memory_protection_above_limit:check",
    "UL308": "limit_above_slice:check",
    "UL309": "memory_max_tiny:check",
    "UL310": "limit_rss:check",
    "UL312": "swap:unbounded",
    "UL313": "swap:zswap_without_swap",
    "UL314": "accounting_off_under_limit:check",
}
