"""What makes a finding the same one after lines have moved."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

from unitlint.base.plain_text import plain
from unitlint.syntax.lines import split_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Finding
    from unitlint.engine.report import Report


def fingerprints(report: Report, folder: str | None = None) -> Iterator[tuple[Finding, str]]:
    """Each finding with 64 hexadecimal digits made of its rule, its file, and the text of its line.

    The line's number is no part of it, so that it survives lines that move; of findings that are alike in all of
    this the second and third are told apart by their order.  With ``folder`` paths are taken as seen from there.
    """
    from hashlib import sha256

    seen: Counter[tuple[str, ...]] = Counter()
    lines: tuple[str, list[str]] = ("", [])
    for finding in report.findings:
        if lines[0] != finding.path:
            lines = (finding.path, split_lines(report.sources.get(finding.path, "")))
        text = lines[1][finding.line - 1].strip() if finding.line <= len(lines[1]) else ""
        path = finding.path if folder is None else os.path.relpath(os.path.abspath(finding.path), folder)
        key = (finding.code, path.replace("\\", "/"), finding.section or "", finding.directive or "", text)
        seen[key] += 1
        whole = "\0".join((*key, str(seen[key])))
        yield finding, sha256(plain(whole).encode()).hexdigest()
