"""Comments that suppress findings: ``# unitlint: ignore[UL301, no-restart] reason``.

Such a comment counts for the line below it (a unit file has no trailing comments), and before the first section for
the whole file.  One that suppresses nothing is a finding itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice

from unitlint.base.finding import Finding, Suppressed
from unitlint.engine.capping import MOST, SHOWN
from unitlint.syntax.ignore_comments import Ignore, ignores_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Fix
    from unitlint.rules.model import Rule

UNUSED = "unused-ignore"
"""What the rule about comments without effect names as its objection."""


_Use = tuple[str, int, str]
"""(path, line of the comment, the code or name in it)."""


def apply(
    findings: Iterable[Finding], texts: Mapping[str, str], paths: Iterable[str], rules: tuple[Rule, ...]
) -> tuple[list[Finding], tuple[Suppressed, ...]]:
    """The findings that no comment in the files ``paths`` covers, with one for each comment without effect; the others.

    A comment about a rule that is not on is left alone: another run may have it on.
    """
    from unitlint.rules.select import categories_of

    categories = categories_of(rules)
    comments = {path: ignores_in(texts.get(path, "")) for path in paths}
    by_line = {path: _CommentsByLine(of_file, categories) for path, of_file in comments.items()}
    used: set[_Use] = set()
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in findings:
        of_file = by_line.get(finding.path)
        comment = None if of_file is None else of_file.comment_on(finding, used)
        if comment is None:
            kept.append(finding)
        else:
            suppressed.append(Suppressed(finding, "inSource", comment.reason))
    kept += _without_effect(comments, used, texts, rules)
    return kept, tuple(suppressed)


class _CommentsByLine:
    """The comments of a file, and which of them suppress the findings of a rule in a line."""

    def __init__(self, comments: list[Ignore], categories: Mapping[str, str]) -> None:
        self._categories = categories
        self._of_file = [comment for comment in comments if comment.in_head]
        self._of_lines = [comment for comment in comments if not comment.in_head]  # none ends before the one above it
        self._ends = [comment.last for comment in self._of_lines]
        self._known: dict[tuple[int, int, str], Ignore | None] = {}

    def comment_on(self, finding: Finding, used: set[_Use]) -> Ignore | None:
        """The first comment that suppresses a finding; what names it in any of them is added to ``used``."""
        from unitlint.rules.select import covers

        start = stop = bisect_left(self._ends, finding.line)
        while stop < len(self._of_lines) and self._of_lines[stop].first <= finding.line:
            stop += 1
        key = (start, stop, finding.code)
        if key not in self._known:
            first = None
            for comment in (*self._of_file, *self._of_lines[start:stop]):
                names = [name for name in comment.selectors if covers(name, finding, self._categories)]
                used.update((finding.path, comment.line, name) for name in names)
                if names and first is None:
                    first = comment
            self._known[key] = first
        return self._known[key]


def _without_effect(
    comments: Mapping[str, Iterable[Ignore]], used: set[_Use], texts: Mapping[str, str], rules: tuple[Rule, ...]
) -> Iterator[Finding]:
    """A finding for each word of a comment that suppresses nothing, if the rule about these is on."""
    from unitlint.fix.ignore_comments import without_selector

    rule = next((rule for rule in rules if UNUSED in rule.objections), None)
    if rule is None:
        return
    is_known = _known(rules)
    for path, of_file in comments.items():
        for comment in of_file:
            unused = [name for name in comment.selectors if (path, comment.line, name) not in used]
            reasons = list(islice(_reasons(comment, unused, rules, is_known), MOST + 1))
            if len(reasons) > MOST:
                del reasons[SHOWN:]
                name, reason = reasons[-1]
                reasons[-1] = name, f"{reason} (and there are more such names)"
            for name, reason in reasons:
                yield _finding(rule, path, comment, reason, without_selector(texts[path], comment, name))


def _reasons(
    comment: Ignore, unused: list[str], rules: tuple[Rule, ...], is_known: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    """(code or name, what is wrong with it)."""
    from unitlint.rules.select import matches

    if not comment.selectors:
        yield "", "names no rule, and suppresses nothing"
    for name in unused:
        if not is_known(name):
            yield name, f"names {name}, which is not a rule"
        elif any(matches(rule, name) for rule in rules):
            yield name, f"suppresses nothing: {name} finds nothing there"


def _known(rules: tuple[Rule, ...]) -> Callable[[str], bool]:
    """Whether any rule has a code or name; where custom rules are on, only built-in codes can be told from typos."""
    from unitlint.rules.rule_set import load_rules
    from unitlint.rules.select import matches

    built_in = load_rules()
    has_custom = any(rule.file for rule in rules)

    @cache
    def is_known(name: str) -> bool:
        return any(matches(rule, name) for rule in (*built_in, *rules)) or (has_custom and not name.startswith("UL"))

    return is_known


def _finding(rule: Rule, path: str, comment: Ignore, reason: str, fix: Fix) -> Finding:
    from unitlint.engine.dispatch import first_sentence, url_of

    return Finding(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        confidence=rule.confidence,
        effect=None,
        message=rule.details.message.format(reason=reason),
        path=path,
        line=comment.line,
        column=comment.column,
        end_line=comment.line,
        end_column=comment.end_column,
        unit=None,
        section=None,
        directive=None,
        related=(),
        fixable=fix.safe,
        url=url_of(rule),
        help=first_sentence(rule.details.how_to_fix),
        fix=fix,
    )
