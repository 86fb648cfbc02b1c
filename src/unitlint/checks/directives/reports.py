"""The rules about directives and values: each reports the objections of one kind."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.catalogue import OLDEST, known, lookup, parser_of
from unitlint.rules.model import Context, Hit, Predicate
from unitlint.syntax.document import Assignment
from unitlint.units.judged import judged
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
_removed = _report_of("removed-directive")
too_new_directive = _report_of("too-new-directive")
other_architecture = _report_of("other-architecture")
_deprecated_value = _report_of("deprecated-value")


def _is_without_loss(unit: Unit, hit: Hit) -> bool:
    """Of accounting, or with the directive that takes its place set in the same section."""
    if not isinstance(hit.at, Assignment):
        return False
    is_replaced = hit.replacement is not None and unit.last(hit.at.section, hit.replacement) is not None
    return is_replaced or hit.at.directive.endswith("Accounting")


def removed_directive(unit: Unit, context: Context) -> Iterator[Hit]:
    """Directives without which something is lost, a limit in most cases."""
    return (hit for hit in _removed(unit, context) if not _is_without_loss(unit, hit))


def removed_without_loss(unit: Unit, context: Context) -> Iterator[Hit]:
    """CPUAccounting= and its like, as the kernel counts anyway (cgroup v2), and lines kept for older releases."""
    return (hit for hit in _removed(unit, context) if _is_without_loss(unit, hit))


def deprecated_value(unit: Unit, context: Context) -> Iterator[Hit]:
    """Values that systemd speaks of, but not those that merely do nothing any more, or that keep their meaning."""
    return (hit for hit in _deprecated_value(unit, context) if hit.fields["word"] not in ("!!", *SYSLOG))


def double_exclamation(unit: Unit, context: Context) -> Iterator[Hit]:
    """The prefix !! of a command, which did something on kernels without ambient capabilities."""
    return (hit for hit in _deprecated_value(unit, context) if hit.fields["word"] == "!!")


SYSLOG = ("syslog", "syslog+console")
"""Outputs that systemd takes for the journal, which passes every line on to a syslog daemon that asks for it."""


def syslog_output(unit: Unit, context: Context) -> Iterator[Hit]:
    """The outputs of old, which nothing is lost by (load-fragment.c: config_parse_exec_output)."""
    return (hit for hit in _deprecated_value(unit, context) if hit.fields["word"] in SYSLOG)


OLD_NAMES = frozenset((
    "BindTo", "CrashChVT", "DefaultStartLimitInterval",
    "InaccessibleDirectories", "PropagateReloadFrom", "PropagateReloadTo", "RateLimitInterval", "ReadOnlyDirectories",
    "ReadWriteDirectories", "Servers", "ShutdownWatchdogSec", "StartLimitInterval",
))  # fmt: skip
"""Those that set the very same property as their new name does (load-fragment-gperf.gperf.in and its kin)."""


def renamed(unit: Unit, context: Context) -> Iterator[Hit]:
    """Where the release knows the new name in the same section, and reads its value alike."""
    kind = unit.catalogue_kind
    for (section, directive), lines in unit.assignments.items():
        if directive not in OLD_NAMES:
            continue
        old = lookup(kind, section, directive)
        new = old and lookup(kind, section, str(old.get("replaced_by")))
        if not old or not new or not known(old, context.release) or not known(new, OLDEST):
            continue  # a name of late is not known to releases in use
        if parser_of(old, context.release) == parser_of(new, context.release):
            name = str(new["name"])
            for line in lines:
                advice = f"Write {name}=; the value stays the same."
                yield Hit(line, {"new": name}, suggestion=advice, replacement=name, on_name=True)
