"""Fixes to the text of a file: those that do not touch each other, in one go."""

from __future__ import annotations

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
    taken: list[Edit] = []
    used: list[Finding] = []
    for finding in findings:
        edits = finding.fix.edits if finding.fix is not None else ()
        if not edits or any(text[one.start : one.start + len(one.old)] != one.old for one in edits):
            continue
        if not any(_meet(one, other) for one in edits for other in _near(taken, edits)):
            taken += edits
            used.append(finding)
    parts: list[str] = []
    at = 0
    for edit in sorted(taken):
        parts += [text[at : edit.start], edit.new]
        at = edit.start + len(edit.old)
    return Applied("".join([*parts, text[at:]]), tuple(used))


def _near(taken: list[Edit], edits: tuple[Edit, ...]) -> list[Edit]:
    """Those taken edits that could meet one of ``edits``."""
    first = min(one.start for one in edits)
    last = max(one.start + len(one.old) for one in edits)
    return [one for one in taken if one.start <= last and first <= one.start + len(one.old)]


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
