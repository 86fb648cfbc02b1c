"""The table of predicates: which function decides a rule that is not declarative."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

_HERE = "unitlint.checks"

_OWN = {
    "UL101": f"{_HERE}.directives.unknown_directive:check",
    "UL301": f"{_HERE}.memory.no_memory_max:no_memory_max",
    "UL302": f"{_HERE}.memory.memory_limit:memory_limit_directive",
    "UL303": f"{_HERE}.memory.memory_high_above_max:memory_high_above_max",
    "UL305": f"{_HERE}.memory.oom_score_negative_without_limit:oom_score_negative_without_limit",
    "UL801": f"{_HERE}.logging.unit_rate_limit_off:check",
    "UL802": f"{_HERE}.logging.journald_rate_limit_off:check",
    "UL901": f"{_HERE}.dropins.exec_start_without_reset:check",
}


def _collected(tables: tuple[str, ...]) -> dict[str, str]:
    checks = dict(_OWN)
    for table in tables:
        try:
            checks.update(getattr(import_module(table), "CHECKS", {}))
        except ModuleNotFoundError as error:
            if error.name != table:
                raise
    return checks


CHECKS: Mapping[str, str] = _collected((f"{_HERE}.directives", f"{_HERE}.load"))
"""Rule code → ``module:function``; the module is imported when the rule is first asked."""
