"""The rules about directives and values: each reports the objections of one kind."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.directives.judged import judged
from unitlint.rules.model import Context, Hit, Predicate
from unitlint.units.unit import Unit


def _report_of(rule: str) -> Predicate:
    def check(unit: Unit, context: Context) -> Iterator[Hit]:
        for one in judged(unit, context.release).by_rule.get(rule, ()):
            yield Hit(
                one.assignment,
                one.fields,
                effect=one.effect,
                span=one.span,
                suggestion=one.suggestion,
                replacement=one.replacement,
                on_name=one.span is None,
            )

    return check


unknown_directive = _report_of("unknown-directive")
wrong_section = _report_of("wrong-section")
invalid_value = _report_of("invalid-value")
out_of_range = _report_of("out-of-range")
bad_specifier = _report_of("bad-specifier")
relative_path = _report_of("relative-path")
legacy_path = _report_of("legacy-path")
deprecated_directive = _report_of("deprecated-directive")
removed_directive = _report_of("removed-directive")
too_new_directive = _report_of("too-new-directive")
deprecated_value = _report_of("deprecated-value")
