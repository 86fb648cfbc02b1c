"""One cause, one finding: what follows from another finding becomes a note of it.

A rule.yaml says what its findings stand for (``supersedes``), and which directives have to be right for its findings to
mean anything (``follows-from``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from unitlint.base.finding import Finding, Related

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.rules.model import Rule

MISSPELT, MISPLACED, MISSPELT_SECTION = "unknown-directive", "wrong-section", "unknown-section"
"""What rules object to, by which those about names are known."""
MANY_WORDS = 4
ANYWHERE = "*"
"""In place of the section, for a directive that stands in a section where systemd does not know it."""


def one_cause_each(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    """The findings of one unit without those that another one explains; these are notes of that one."""
    found = list(findings)
    if len(found) < 2 or not _may_be_explained(found, rules):
        return found
    causes = _Causes(found, rules)
    notes: dict[int, list[Finding]] = {}
    gone: set[int] = set()
    for position, finding in enumerate(found):
        cause = causes.of(finding)
        if cause is not None:
            notes.setdefault(cause, []).append(finding)
            gone.add(position)
    return [
        _with_notes(finding, notes.get(position, ())) for position, finding in enumerate(found) if position not in gone
    ]


def _may_be_explained(found: list[Finding], rules: Mapping[str, Rule]) -> bool:
    """Whether one of the findings may follow from another one, as none does in most units."""
    codes = {finding.code for finding in found}
    if len(found) - len(codes) >= MANY_WORDS - 1:
        return True
    for code in codes & rules.keys():
        details = rules[code].details
        explained = (*details.supersedes_on_line, *details.supersedes_below, *details.supersedes_in_unit)
        if rules[code].about == "line" or not codes.isdisjoint(explained):
            return True
    return False


class _Causes:
    """The findings by what they may explain: one a line and rule, which is enough and keeps the work linear."""

    def __init__(self, found: list[Finding], rules: Mapping[str, Rule]) -> None:
        self._found = found
        self._rules = rules
        self._on_line: dict[tuple[str, int], dict[str, int]] = {}
        self._same: dict[tuple[str, int, str], int] = {}
        """How often a rule speaks of a line."""
        self._in_unit: dict[str, int] = {}
        self._bad_values: dict[str, int] = {}
        self._below: dict[tuple[str, int, str], int] = {}
        for position, finding in sorted(enumerate(found), key=_place):
            rule = rules.get(finding.code)
            if rule is None:
                continue
            self._note_below(position, finding, rule)
            self._on_line.setdefault((finding.path, finding.line), {}).setdefault(finding.code, position)
            same = (finding.path, finding.line, finding.code)
            self._same[same] = self._same.get(same, 0) + 1
            if rule.details.supersedes_in_unit:
                self._in_unit.setdefault(finding.code, position)
            for name in _lost_directives(rule, finding):
                self._bad_values.setdefault(name, position)

    def _note_below(self, position: int, finding: Finding, rule: Rule) -> None:
        """What this one explains on the next line: what it was explained by itself, if a line goes on above it."""
        cause = self._below.get((finding.path, finding.line, finding.code), position)
        for code in rule.details.supersedes_below:
            self._below.setdefault((finding.path, finding.end_line + 1, code), cause)

    def of(self, finding: Finding) -> int | None:
        """The place of the finding that explains this one; None where it stands for itself."""
        rule = self._rules.get(finding.code)
        if rule is None:
            return None
        for code, position in self._on_line[finding.path, finding.line].items():
            other = self._rules[code]
            if code != finding.code and (
                finding.code in other.details.supersedes_on_line or self._is_about_lost_value(finding, rule, position)
            ):
                return position
        if self._is_one_of_many(finding):
            first = self._on_line[finding.path, finding.line][finding.code]
            return None if self._found[first] is finding else first
        for code, position in self._in_unit.items():
            if code != finding.code and finding.code in self._rules[code].details.supersedes_in_unit:
                return position
        above = self._below.get((finding.path, finding.line, finding.code))
        if above is not None and self._found[above] is not finding:
            return above
        return next((self._bad_values[name] for name in _names(rule) if name in self._bad_values), None)

    def _is_one_of_many(self, finding: Finding) -> bool:
        """Whether it is about a word of a text that has no place there at all, as prose in Documentation=."""
        same = self._same[finding.path, finding.line, finding.code]
        return same >= MANY_WORDS and finding.fix is None and finding.suggests is None

    def _is_about_lost_value(self, finding: Finding, rule: Rule, position: int) -> bool:
        """Whether the finding speaks of the effect of a value that systemd does not take."""
        other = self._found[position]
        is_same = (other.section, other.directive) == (finding.section, finding.directive)
        return (
            is_same
            and rule.about == "unit"
            and finding.effect is None
            and _is_lost_value(self._rules[other.code], other)
        )


def _place(numbered: tuple[int, Finding]) -> tuple[str, int]:
    return numbered[1].path, numbered[1].line


def _is_lost_value(rule: Rule, finding: Finding) -> bool:
    return rule.about == "line" and finding.effect in ("ignored", "refused") and finding.directive is not None


def _lost_directives(rule: Rule, finding: Finding) -> Iterator[str]:
    """What a line was to set and does not: its directive, in whatever section, the one that it misspells, a section."""
    if MISSPELT_SECTION in rule.objections and finding.suggests:
        yield finding.suggests.strip("[]")
    if not _is_lost_value(rule, finding):
        return
    yield f"{finding.section}.{finding.directive}"
    if MISSPELT in rule.objections and finding.suggests:
        yield f"{finding.section}.{finding.suggests}"
    elif MISPLACED in rule.objections:
        yield f"{ANYWHERE}.{finding.directive}"


def _names(rule: Rule) -> Iterator[str]:
    for name in rule.details.follows_from:
        yield name
        yield f"{ANYWHERE}.{name.partition('.')[2]}"


def _with_notes(finding: Finding, explained: Iterable[Finding]) -> Finding:
    known = {(note.path, note.line) for note in finding.related}
    notes = {
        (other.path, other.line): Related(other.path, other.line, other.column, other.message)
        for other in explained
        if (other.path, other.line) not in known
    }
    return finding._replace(related=(*finding.related, *notes.values())) if notes else finding
