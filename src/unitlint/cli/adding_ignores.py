"""`unitlint check --add-ignore`."""

from __future__ import annotations

import os
import sys

from unitlint.base.foreign_text import say
from unitlint.engine.suppress import UNUSED
from unitlint.files.classify import is_host
from unitlint.fix.ignore_comments import with_ignores
from unitlint.fix.write import NotWrittenError, replace_text
from unitlint.report.summary import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from unitlint.base.finding import Finding
    from unitlint.engine.report import Report

IN_OTHER_FILES = "it is inside another file; write the comment there yourself"
NO_PLACE = "no comment is possible there; use `per-file-ignores` in the settings"
UNUSED_STAYS = "this comment suppresses nothing; --fix takes it out"


def add_ignores(report: Report, paths: Iterable[str], root: str | None = None, *, quiet: bool = False) -> Report:
    """Writes a comment for each finding, says so, and gives back the findings for which it could not.

    ``paths`` are those that were asked for: no symlink out of them is followed, nor out of the root directory ``root``.
    """
    by_file: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_file.setdefault(os.path.realpath(finding.path), []).append(finding)
    left: list[Finding] = []
    written = files = 0
    for findings in by_file.values():
        reason, some = (
            (IN_OTHER_FILES, findings)
            if is_host(findings[0].path)
            else _add(findings, report.sources.get(findings[0].path, ""), paths, root)
        )
        left += some
        written += len(findings) - len(some)
        files += len(findings) > len(some)
        for finding in some:
            why = UNUSED_STAYS if finding.name == UNUSED else reason
            say(f"{finding.path}:{finding.line}: {finding.code} stays: {why}")
    if not quiet:
        print(f"Added comments for {counted(written, 'finding')} to {counted(files, 'file')}.", file=sys.stderr)
    return report._replace(findings=tuple(left))


def _add(findings: list[Finding], before: str, paths: Iterable[str], root: str | None) -> tuple[str, list[Finding]]:
    """The findings of one file that are left, and why."""
    unused = [finding for finding in findings if finding.name == UNUSED]
    wanted: dict[int, set[str]] = {}
    for finding in findings:
        if finding.name != UNUSED:
            wanted.setdefault(finding.line, set()).add(finding.code)
    if not wanted:
        return "", unused
    after = with_ignores(before, wanted)
    if after is None:
        return NO_PLACE, findings
    try:
        replace_text(findings[0].path, before, after, paths, root)
    except NotWrittenError as reason:
        return str(reason), findings
    return "", unused
