"""Predicates of the rules about dependencies, activation and [Install]: code to ``module:function``."""

from __future__ import annotations

CHECKS = {
    "UL701": "waiting:without_after",
    "UL702": "waiting:not_wanted",
    "UL703": "waiting:requires_without_after",
    "UL704": "waiting:depends_on_itself",
    "UL705": "ordering_cycle:RULE",
    "UL706": "waiting:early_with_default_dependencies",
    "UL707": "activation:socket_accept_mismatch",
    "UL708": "activation:timer_and_boot",
    "UL709": "activation:pulls_its_unit",
    "UL710": "activation:fires_once",
    "UL711": "activation:never_begins",
    "UL712": "activation:persistent_without_calendar",
    "UL713": "user_units:wanted_by_system_target",
    "UL714": "user_units:depends_on_system_unit",
    "UL715": "install:alias_refused",
    "UL716": "install:not_a_target",
    "UL717": "install:passive_target",
    "UL718": "misspelt_target:check",
    "UL719": "install:no_default_instance",
    "UL730": "started_units:check",
    "UL731": "shutdown:check",
    "UL732": "obsolete:check",
    "UL733": "nothing_starts_it:RULE",
    "UL734": "unknown_target:check",
}
