"""Predicates of the rules about dependencies, activation and [Install]: code to ``module:function``."""

from __future__ import annotations

CHECKS = {
    "UL701": "network_online:without_after",
    "UL702": "network_online:not_wanted",
    "UL703": "requires_without_after:check",
    "UL704": "depends_on_itself:check",
    "UL705": "ordering_cycle:RULE",
    "UL706": "early_with_default_dependencies:check",
    "UL707": "socket_accept_mismatch:check",
    "UL708": "activation:timer_and_boot",
    "UL709": "activation:pulls_its_unit",
    "UL710": "activation:fires_once",
    "UL711": "activation:never_begins",
    "UL712": "persistent_without_calendar:check",
    "UL713": "user_units:wanted_by_system_target",
    "UL714": "user_units:depends_on_system_unit",
    "UL715": "alias_refused:check",
    "UL716": "wanted_by:not_a_target",
    "UL717": "wanted_by:passive_target",
    "UL718": "misspelt_target:check",
    "UL719": "wanted_by:no_default_instance",
}
