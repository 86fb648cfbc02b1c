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
    added: dict[int, tuple[Finding, Edit]] = {}
    used: list[Finding] = []
    for finding in findings:
        edits = finding.fix.edits if finding.fix is not None else ()
        if not edits or any(text[one.start : one.start + len(one.old)] != one.old for one in edits):
            continue
        fitting = [_fitting(edit, finding, taken, added) for edit in edits]
        if None not in fitting:
            for edit in filter(None, fitting):
                insort(taken, edit, key=_start)
                if not edit.old:
                    added.setdefault(edit.start, (finding, edit))
            used.append(finding)
    parts: list[str] = []
    at = 0
    for edit in taken:
        parts += [text[at : edit.start], edit.new]
        at = edit.start + len(edit.old)
    return Applied("".join([*parts, text[at:]]), tuple(used))


def _fitting(edit: Edit, finding: Finding, taken: list[Edit], added: Mapping[int, tuple[Finding, Edit]]) -> Edit | None:
    """The edit as it goes with those taken; None where it meets one, which only the next before and after it can be.

    Text that a fix of the same rule has ``added`` at the same place is no obstacle, as for lines moved to the end of
    one section: the new text goes behind it, without the section's header a second time.
    """
    at = bisect_left(taken, edit.start, key=_start)
    meeting = [other for other in taken[max(at - 1, 0) : at + 1] if _meet(edit, other)]
    if not meeting:
        return edit
    first, its_edit = added.get(edit.start, (None, edit))
    if first is None or edit.old or any(other.old for other in meeting) or not _is_like(finding, first):
        return None
    return _without_header(edit, its_edit)


def _is_like(finding: Finding, other: Finding) -> bool:
    says = [None if one.fix is None else one.fix.says for one in (finding, other)]
    return finding.code == other.code and says[0] == says[1]


def _without_header(edit: Edit, first: Edit) -> Edit:
    """The edit without the ``[Section]`` line that the first one of its place adds as well."""
    end = edit.new.find("]") + 1
    if not edit.new.lstrip("\r\n").startswith("[") or edit.new[:end] != first.new[:end]:
        return edit
    rest = edit.new[end:]
    return edit._replace(new=rest[2:] if rest.startswith("\r\n") else rest[1:])


def _start(edit: Edit) -> int:
    return edit.start


def _meet(one: Edit, other: Edit) -> bool:
    """True where the stretches share a character or touch each other; two that are taken away may touch."""
    if one.old and other.old and not one.new and not other.new:
        return one.start < other.start + len(other.old) and other.start < one.start + len(one.old)
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
