"""The table of predicates: which function decides a rule that is not declarative."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

_HERE = "unitlint.checks"

_OWN = {
    "UL001": f"{_HERE}.syntax.reader_problems:not_utf8",
    "UL002": f"{_HERE}.syntax.reader_problems:missing_equals",
    "UL003": f"{_HERE}.syntax.reader_problems:invalid_section_header",
    "UL004": f"{_HERE}.syntax.reader_problems:assignment_outside_section",
    "UL005": f"{_HERE}.syntax.reader_problems:unknown_section",
    "UL006": f"{_HERE}.syntax.reader_problems:line_too_long",
    "UL007": f"{_HERE}.syntax.continuations:backslash_then_space",
    "UL008": f"{_HERE}.syntax.continuations:continuation_to_end_of_file",
    "UL009": f"{_HERE}.syntax.continuations:comment_in_continuation",
    "UL010": f"{_HERE}.syntax.trailing_comment:trailing_comment_in_value",
    "UL011": f"{_HERE}.syntax.line_ends:crlf",
    "UL012": f"{_HERE}.syntax.line_ends:nul",
    "UL013": f"{_HERE}.syntax.empty_file:empty_file_masks_unit",
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
