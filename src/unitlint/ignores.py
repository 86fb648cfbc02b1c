"""Comments that suppress findings: ``# unitlint: ignore[UL301, no-restart] reason``.

Such a comment counts for the line below it (a unit file has no trailing comments), and before the first section for
the whole file.  One that suppresses nothing is a finding itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from unitlint.finding import Finding, Suppressed
from unitlint.record import NamedTuple
from unitlint.syntax.document import WHITESPACE, split_lines
from unitlint.syntax.reader import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.finding import Fix
    from unitlint.rules.model import Rule

MARK = "unitlint:"
"""What every such comment holds."""
UNUSED = "UL014"
_COMMENT = re.compile(r"[ \t]*[#;][ \t]*(unitlint:[ \t]*ignore[ \t]*(?:\[([^\]]*)\])?)")


class Ignore(NamedTuple):
    """One comment: where its words stand, the selectors it names, and the lines that it counts for.

    ``in_head`` tells that it stands before the first section.
    """

    line: int
    column: int
    end_column: int
    selectors: tuple[str, ...]
    first: int
    last: int
    in_head: bool = False
    reason: str = ""

    def covers(self, line: int) -> bool:
        """True for the lines that it counts for."""
        return self.first <= line <= self.last


def ignores_in(text: str) -> list[Ignore]:
    """The comments of a file, in order."""
    document = read(text, "")
    lines = [line.rstrip("\r\n\0") for line in document.lines]
    ends = _ends_below(lines, document.continuations)
    found = []
    head = head_of(lines)
    for number, line in enumerate(lines, 1):
        in_head = number < head
        match = _COMMENT.match(line) if MARK in line else None
        if match is not None:
            selectors = tuple(filter(None, (one.strip() for one in (match[2] or "").split(","))))
            first, last = (1, len(lines)) if in_head else (number + 1, ends[number])
            reason = line[match.end() :].strip()
            found.append(Ignore(number, match.start(1) + 1, match.end(1) + 1, selectors, first, last, in_head, reason))
    return found


def head_of(lines: Iterable[str]) -> int:
    """The number of the first section's line, above which a comment counts for the whole file."""
    number = 0
    for number, line in enumerate(lines, 1):
        if line.removeprefix("\ufeff").lstrip(WHITESPACE).startswith("["):
            return number
    return number + 1


def _ends_below(lines: list[str], continuations: Iterable[tuple[int, int]]) -> list[int]:
    """For each line, where the logical line below it ends, comments and empty lines in between left out."""
    end_of = {line: last for first, last in continuations for line in range(first, last + 1)}
    ends = [len(lines) + 1] * (len(lines) + 1)
    for number in range(len(lines), 0, -1):
        ends[number - 1] = ends[number] if _is_passed(lines[number - 1]) else end_of.get(number, number)
    return ends


def _is_passed(line: str) -> bool:
    stripped = line.strip(WHITESPACE)
    return not stripped or stripped[0] in "#;"


def apply(
    findings: Iterable[Finding], texts: Mapping[str, str], paths: Iterable[str], rules: tuple[Rule, ...]
) -> tuple[list[Finding], tuple[Suppressed, ...]]:
    """The findings that no comment in the files ``paths`` covers, with one for each comment without effect; the others.

    A comment about a rule that is not on is left alone: another run may have it on.
    """
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
    report = next((rule for rule in rules if rule.code == UNUSED), None)
    if report is not None:
        is_known = _known(rules)
        for path, ignores in by_path.items():
            for one in ignores:
                unused = [name for name in one.selectors if (path, one.line, name) not in used]
                for name, reason in _faults(one, unused, rules, is_known):
                    kept.append(_finding(report, path, one, reason, _fix(texts[path], one, name)))
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


def _fix(text: str, one: Ignore, name: str) -> Fix:
    """The comment without the selector; the last one takes its line along."""
    from unitlint.finding import Edit, Fix

    lines = split_lines(text)
    start = sum(map(len, lines[: one.line - 1]))
    whole = lines[one.line - 1]
    rest = [other for other in one.selectors if other != name]
    if not rest:
        return Fix((Edit(start, whole, ""),), safe=True, says="take the comment away")
    old = whole[one.column - 1 : one.end_column - 1]
    new = f"{old[: old.index('[')]}[{', '.join(rest)}]"
    return Fix((Edit(start + one.column - 1, old, new),), safe=True, says=f"take {name} out of it")


def _known(rules: tuple[Rule, ...]) -> Callable[[str], bool]:
    """Whether any rule answers to a name; with rules of one's own at work only our own codes can be told."""
    from unitlint.rules.load import load_rules
    from unitlint.rules.select import matches

    built_in = load_rules()
    has_own = any(rule.file for rule in rules)

    def is_known(name: str) -> bool:
        return any(matches(rule, name) for rule in (*built_in, *rules)) or (has_own and not name.startswith("UL"))

    return is_known


def _finding(rule: Rule, path: str, one: Ignore, reason: str, fix: Fix) -> Finding:
    from unitlint.engine import first_sentence, url_of

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
