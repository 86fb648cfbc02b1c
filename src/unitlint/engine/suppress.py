"""Comments that suppress findings: ``# unitlint: ignore[UL301, no-restart] reason``.

Such a comment counts for the line below it (a unit file has no trailing comments), and before the first section for
the whole file.  One that suppresses nothing is a finding itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from unitlint.base.finding import Finding, Suppressed
from unitlint.syntax.ignore_comments import Ignore, ignores_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Fix
    from unitlint.rules.model import Rule

UNUSED = "unused-ignore"
"""What the rule about comments without effect names as its objection."""


def apply(
    findings: Iterable[Finding], texts: Mapping[str, str], paths: Iterable[str], rules: tuple[Rule, ...]
) -> tuple[list[Finding], tuple[Suppressed, ...]]:
    """The findings that no comment in the files ``paths`` covers, with one for each comment without effect; the others.

    A comment about a rule that is not on is left alone: another run may have it on.
    """
    from unitlint.fix.ignore_comments import without_selector
    from unitlint.rules.select import matches

    by_path = {path: ignores_in(texts.get(path, "")) for path in paths}
    used: set[tuple[str, int, str]] = set()
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in findings:
        covering = None
        for one in by_path.get(finding.path, ()):
            hits = [name for name in one.selectors if one.covers(finding.line) and matches(finding, name)]
            used.update((finding.path, one.line, name) for name in hits)
            covering = covering or (one if hits else None)
        if covering is None:
            kept.append(finding)
        else:
            suppressed.append(Suppressed(finding, "inSource", covering.reason))
    report = next((rule for rule in rules if UNUSED in rule.objections), None)
    if report is not None:
        is_known = _known(rules)
        for path, ignores in by_path.items():
            for one in ignores:
                unused = [name for name in one.selectors if (path, one.line, name) not in used]
                for name, reason in _faults(one, unused, rules, is_known):
                    kept.append(_finding(report, path, one, reason, without_selector(texts[path], one, name)))
    return kept, tuple(suppressed)


def _faults(
    one: Ignore, unused: list[str], rules: tuple[Rule, ...], is_known: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    """(selector, what is wrong with it)."""
    from unitlint.rules.select import matches

    if not one.selectors:
        yield "", "names no rule, and suppresses nothing"
    for name in unused:
        if not is_known(name):
            yield name, f"names {name}, which is no rule"
        elif any(matches(rule, name) for rule in rules):
            yield name, f"suppresses nothing: {name} finds nothing there"


def _known(rules: tuple[Rule, ...]) -> Callable[[str], bool]:
    """Whether any rule answers to a name; with rules of one's own at work only our own codes can be told."""
    from unitlint.rules.rule_set import load_rules
    from unitlint.rules.select import matches

    built_in = load_rules()
    has_own = any(rule.file for rule in rules)

    def is_known(name: str) -> bool:
        return any(matches(rule, name) for rule in (*built_in, *rules)) or (has_own and not name.startswith("UL"))

    return is_known


def _finding(rule: Rule, path: str, one: Ignore, reason: str, fix: Fix) -> Finding:
    from unitlint.engine.dispatch import first_sentence, url_of

    return Finding(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        confidence=rule.confidence,
        effect=None,
        message=rule.message.format(reason=reason),
        path=path,
        line=one.line,
        column=one.column,
        end_line=one.line,
        end_column=one.end_column,
        unit=None,
        section=None,
        directive=None,
        related=(),
        fixable=fix.safe,
        url=url_of(rule),
        help=first_sentence(rule.how_to_fix),
        fix=fix,
    )
