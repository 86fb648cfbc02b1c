"""Which rules a run asks: profile, select, extend-select, ignore and per-file-ignores."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from unitlint.settings.model import PROFILES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Finding
    from unitlint.rules.model import Rule
    from unitlint.settings.model import Settings


def choose(
    rules: Iterable[Rule],
    *,
    profile: str = "default",
    select: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> tuple[Rule, ...]:
    """The rules that are on, with the severity that they have in the profile.

    ``select`` stands in place of the profile, ``extend_select`` adds to it.  Where a rule is both
    selected and ignored the longer selector wins, as in ruff; the same length counts as ignored.
    """
    if profile == "strict":
        rules = [_in_strict(rule) for rule in rules]
    if not (select or extend_select or ignore):
        return tuple(rule for rule in rules if in_profile(rule, profile))
    chosen = []
    for rule in rules:
        wanted = max(_strength(rule, select), _strength(rule, extend_select))
        if not select and in_profile(rule, profile):
            wanted = max(wanted, 1)
        if wanted > _strength(rule, ignore):
            chosen.append(rule)
    return tuple(chosen)


def _in_strict(rule: Rule) -> Rule:
    return rule if rule.strict_severity is None else rule._replace(severity=rule.strict_severity)


def in_profile(rule: Rule, profile: str) -> bool:
    """True where ``profile`` holds the rule: conform < default < strict."""
    return PROFILES.index(rule.profile) <= PROFILES.index(profile)


def matches(rule: Rule | Finding, selector: str) -> bool:
    """True where ``selector`` is the rule's code, name, a prefix of the code, or ``ALL``."""
    return _match(rule.code, rule.name, selector) > 0


def unknown_selectors(rules: Iterable[Rule], selectors: Iterable[str]) -> list[str]:
    """Those selectors that no rule answers to."""
    known = list(rules)
    return [one for one in selectors if not any(matches(rule, one) for rule in known)]


def _strength(rule: Rule, selectors: Sequence[str]) -> int:
    return max((_match(rule.code, rule.name, one) for one in selectors), default=0)


def _match(code: str, name: str, selector: str) -> int:
    if selector == "ALL":
        return 1
    if selector in (name, code):
        return 100
    if code.startswith(selector) and selector[:1].isalpha():
        return 1 + len(selector)
    return 0


def without_ignored(findings: Iterable[Finding], settings: Settings) -> tuple[Finding, ...]:
    """The findings that no pattern of ``per_file_ignores`` covers; patterns are git's."""
    from unitlint.files.git_patterns import git_spec

    specs = [(git_spec([pattern]), codes) for pattern, codes in settings.per_file_ignores.items()]
    base = os.path.abspath(settings.folder)

    def ignored(finding: Finding) -> bool:
        relative = os.path.relpath(os.path.abspath(finding.path), base)
        return any(spec.match_file(relative) and any(matches(finding, code) for code in codes) for spec, codes in specs)

    return tuple(finding for finding in findings if not ignored(finding))
