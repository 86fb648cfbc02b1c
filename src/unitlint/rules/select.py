"""Which rules a run asks: profile, select, extend-select, ignore and per-file-ignores."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from unitlint.settings.model import PROFILES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Finding, Severity
    from unitlint.rules.model import Rule
    from unitlint.settings.model import Settings


def choose(
    rules: Iterable[Rule],
    *,
    profile: str = "default",
    select: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severity: Mapping[str, Severity] = {},
) -> tuple[Rule, ...]:
    """The rules that are on, with the severity that they have in the profile, or that ``severity`` gives them.

    ``select`` stands in place of the profile, ``extend_select`` adds to it.  Where a rule is both
    selected and ignored the longer selector wins, as in ruff; the same length counts as ignored.
    """
    if profile == "strict":
        rules = [_in_strict(rule) for rule in rules]
    if severity:
        rules = [_at_severity(rule, severity) for rule in rules]
    if not (select or extend_select or ignore):
        held = PROFILES[: PROFILES.index(profile) + 1]
        return tuple([rule for rule in rules if rule.profile in held])
    wanted_words, ignored_words = _words((*select, *extend_select)), _words(ignore)
    chosen = []
    for rule in rules:
        wanted = _strength(rule, wanted_words)
        if not select and in_profile(rule, profile):
            wanted = max(wanted, 1)
        if wanted > _strength(rule, ignored_words):
            chosen.append(rule)
    return tuple(chosen)


def _in_strict(rule: Rule) -> Rule:
    return rule if rule.strict_severity is None else rule._replace(severity=rule.strict_severity)


def _at_severity(rule: Rule, severity: Mapping[str, Severity]) -> Rule:
    """The rule with the severity of the selector that names it most closely; of equals the last one counts."""
    named = [(strength, level) for word, level in severity.items() if (strength := _strength(rule, _words([word])))]
    if not named:
        return rule
    most = max(strength for strength, _ in named)
    return rule._replace(severity=[level for strength, level in named if strength == most][-1])


def in_profile(rule: Rule, profile: str) -> bool:
    """True where ``profile`` holds the rule: conform < default < strict."""
    return PROFILES.index(rule.profile) <= PROFILES.index(profile)


def matches(rule: Rule, selector: str) -> bool:
    """True where ``selector`` is the rule's code, name or category, a prefix of the code, or ``ALL``."""
    return _strength(rule, _words([selector])) > 0


def covers(selector: str, finding: Finding, categories: Mapping[str, str]) -> bool:
    """The same for the rule of a finding; ``categories`` tells them by code."""
    return _closeness(finding.code, finding.name, categories.get(finding.code, ""), _words([selector])) > 0


def categories_of(rules: Iterable[Rule]) -> dict[str, str]:
    """The categories of rules by code."""
    return {rule.code: rule.category for rule in rules}


def unknown_selectors(rules: Iterable[Rule], selectors: Iterable[str]) -> list[str]:
    """Those selectors that no rule answers to."""
    answered = {"ALL"}
    for rule in rules:
        answered.update((*_beginnings(rule.code), rule.name.upper(), rule.category.upper()))
    return [one for one in selectors if one.upper() not in answered]


def _words(selectors: Iterable[str]) -> frozenset[str]:
    return frozenset([selector.upper() for selector in selectors])


def _strength(rule: Rule, words: frozenset[str]) -> int:
    return _closeness(rule.code, rule.name, rule.category, words) if words else 0


AS_LONG_AS_A_PREFIX = 1 + len("UL3")
"""How closely a category names a rule: as the first digit of its code does."""


def _closeness(code: str, name: str, category: str, words: frozenset[str]) -> int:
    """How closely the closest of the selectors, which are in capitals, names a rule; 0 where none does."""
    if code in words or name.upper() in words:
        return 100
    found = [1 + len(beginning) for beginning in _beginnings(code) if beginning in words]
    if category.upper() in words:
        found.append(AS_LONG_AS_A_PREFIX)
    if "ALL" in words:
        found.append(1)
    return max(found, default=0)


def _beginnings(code: str) -> list[str]:
    return [code[:end] for end in range(1, len(code) + 1)]


def without_ignored(
    findings: Iterable[Finding], settings: Settings, categories: Mapping[str, str]
) -> tuple[Finding, ...]:
    """The findings that no pattern of ``per_file_ignores`` covers; patterns are git's."""
    from unitlint.files.git_patterns import git_spec

    specs = [(git_spec([pattern]), codes) for pattern, codes in settings.per_file_ignores.items()]
    base = os.path.abspath(settings.folder)

    def ignored(finding: Finding) -> bool:
        relative = os.path.relpath(os.path.abspath(finding.path), base)
        return any(
            spec.match_file(relative) and any(covers(code, finding, categories) for code in codes)
            for spec, codes in specs
        )

    return tuple(finding for finding in findings if not ignored(finding))
