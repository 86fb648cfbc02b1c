"""Fixes to the text of a file: those that do not touch each other, in one go."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping

from unitlint.base.finding import Edit, Finding
from unitlint.base.records import NamedTuple


class Applied(NamedTuple):
    """The new text of a file, and the findings whose fixes went into it."""

    text: str
    findings: tuple[Finding, ...]


def by_file(findings: Iterable[Finding], *, unsafe: bool) -> dict[str, list[Finding]]:
    """The findings that have a fix to be applied, by the path of their file."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.fix is not None and (finding.fix.safe or unsafe):
            found.setdefault(finding.path, []).append(finding)
    return found


def apply(text: str, findings: Iterable[Finding]) -> Applied:
    """The text with every fix that fits: one whose edits meet those of an earlier fix waits for another run.

    An edit whose old text does not stand where it should changes nothing, nor does its fix.
    """
    taken: list[Edit] = []  # in the order of the text
    used: list[Finding] = []
    for finding in findings:
        edits = finding.fix.edits if finding.fix is not None else ()
        if not edits or any(text[one.start : one.start + len(one.old)] != one.old for one in edits):
            continue
        if not any(_meets_one(edit, taken) for edit in edits):
            for edit in edits:
                insort(taken, edit)
            used.append(finding)
    parts: list[str] = []
    at = 0
    for edit in taken:
        parts += [text[at : edit.start], edit.new]
        at = edit.start + len(edit.old)
    return Applied("".join([*parts, text[at:]]), tuple(used))


def _meets_one(edit: Edit, taken: list[Edit]) -> bool:
    """True where the edit meets one of those taken, of which only the next ones before and after it can be."""
    at = bisect_left(taken, edit.start, key=_start)
    return any(_meet(edit, other) for other in taken[max(at - 1, 0) : at + 1])


def _start(edit: Edit) -> int:
    return edit.start


def _meet(one: Edit, other: Edit) -> bool:
    """True where the stretches share a character, or one adds text where the other begins or ends."""
    return one.start <= other.start + len(other.old) and other.start <= one.start + len(one.old)


def changed(texts: Mapping[str, str], findings: Iterable[Finding], *, unsafe: bool) -> dict[str, Applied]:
    """What the fixes make of each file that they change, by path."""
    found = {}
    for path, mends in by_file(findings, unsafe=unsafe).items():
        text = texts.get(path)
        applied = None if text is None else apply(text, mends)
        if applied is not None and applied.text != text:
            found[path] = applied
    return found
