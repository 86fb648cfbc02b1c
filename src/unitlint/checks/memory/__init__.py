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
    "UL315": "managed_oom:without_kill",
    "UL316": "managed_oom:without_swap",
    "UL317": "managed_oom:against_oom_score",
    "UL318": "oom_kill_without_restart:check",
    "UL320": "confs:oomd_limits",
    "UL321": "confs:accounting_off",
    "UL322": "default_limits:check",
    "UL325": "cpu:real_time",
    "UL326": "cpu:old_beside_new",
    "UL327": "cpu:quota_starves",
    "UL328": "cpu:quota_above_cpus",
    "UL330": "container_client:check",
}
