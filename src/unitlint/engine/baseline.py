"""Findings that are known and put up with, so that an old repository can start with the new ones.

They are kept as fingerprints, made of the rule, the file and the text of the line (engine/fingerprint.py): these
survive lines that move, and end with the line that they were about.
"""

from __future__ import annotations

import os

from unitlint.base.errors import UnitlintError
from unitlint.base.finding import Suppressed
from unitlint.base.json_text import read_json
from unitlint.base.plain_text import plain
from unitlint.base.whole_file import write_whole
from unitlint.engine.fingerprint import fingerprints

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.engine.report import Report

VERSION = 1


def read(path: str) -> frozenset[str]:
    """The fingerprints in a baseline; raises UnitlintError where it is none or cannot be read."""
    whole = read_json(path, "baseline", "write one with --write-baseline")
    if not isinstance(whole, dict) or whole.get("version") != VERSION or not isinstance(whole.get("findings"), dict):
        raise UnitlintError(
            f"this is not a baseline of version {VERSION}", path, hint="write it again with --write-baseline"
        )
    return frozenset(whole["findings"])


def without_known(report: Report, known: frozenset[str], path: str) -> Report:
    """The report without the findings of the baseline at ``path``."""
    marked = list(fingerprints(report, os.path.dirname(os.path.abspath(path))))
    left = tuple(finding for finding, mark in marked if mark not in known)
    out = tuple(Suppressed(finding, "external") for finding, mark in marked if mark in known)
    return report._replace(findings=left, suppressed=(*report.suppressed, *out))


def write(report: Report, path: str) -> int:
    """Writes all findings of a report as a baseline, whole or not at all; returns their number.

    The file names each finding for those who read it; lines and columns are left out, as they move.
    Raises UnitlintError where it cannot be written.
    """
    from json import dumps

    folder = os.path.dirname(os.path.abspath(path))
    found = {
        mark: plain(f"{finding.code} {relative(finding.path, folder)}: {finding.message}")
        for finding, mark in fingerprints(report, folder)
    }
    ordered = dict(sorted(found.items(), key=lambda item: (item[1], item[0])))
    text = dumps({"version": VERSION, "findings": ordered}, indent=1, ensure_ascii=False) + "\n"
    try:
        write_whole(path, text.encode())
    except OSError as error:
        raise UnitlintError(f"cannot write the baseline: {error.strerror}", path) from None
    return len(ordered)


def relative(path: str, folder: str) -> str:
    """The path as it is seen from the baseline, so that it holds from wherever the program is started."""
    return os.path.relpath(os.path.abspath(path), folder).replace(os.sep, "/")
