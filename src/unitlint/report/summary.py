"""The closing line of the formats that people read."""

from __future__ import annotations

from unitlint.engine.report import place_of_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.engine.report import Report

MANY = 200
FOR_MANY = (
    "Too many? --write-baseline, --diff-base and --add-ignore accept the findings of today: "
    "https://unitlint.readthedocs.io/integrations#an-easy-first-day-on-a-big-old-repository\n"
)


def summary_line(report: Report) -> str:
    """``Found 3 findings (1 error, 2 warnings) in 12 files.``"""
    files = counted(report.files, "file")
    if not report.findings:
        start = "Nothing was checked" if not report.files else f"No findings in {files}"
        if report.errors or not report.files:
            return f"{start}{_unchecked(report)}.\n{_left_out(report)}"
        return f"All clear: no findings in {files}.\n{_left_out(report)}"
    counts = count_severities(report)
    parts = [counted(counts[name], name) for name in ("error", "warning", "info") if counts[name]]
    found = f"Found {counted(len(report.findings), 'finding')} ({', '.join(parts)}) in {files}"
    line = f"{found}{_unchecked(report)}.\n{_left_out(report)}"
    return line + _fixes_line(report) + (FOR_MANY if len(report.findings) >= MANY else "")


def _unchecked(report: Report) -> str:
    """A clause on what errors say: a report that has some is no good news, however few findings it has."""
    paths = {place_of_error(message)[0] for message in report.errors}
    if paths - {""}:
        return f"; {counted(len(paths - {''}), 'file')} could not be checked"
    return "; not everything could be checked" if paths and report.files else ""


def _left_out(report: Report) -> str:
    """A line on what settings and ignore files took out, as whoever wrote these may not be who reads this."""
    from unitlint.files.discover import IGNORED_FILE, IGNORED_FOLDER

    notes = [note for _, note in report.skipped]
    paths = [(notes.count(IGNORED_FILE), "file"), (notes.count(IGNORED_FOLDER), "directory")]
    parts = [" and ".join(counted(number, noun) for number, noun in paths if number)]
    parts = [f"{parts[0]} by .gitignore or `exclude`"] if parts[0] else []
    for setting, noun in (("ignore", "rule"), ("per-file-ignores", "finding"), ("baseline", "finding")):
        number = report.taken_out.get(setting, 0)
        parts += [f"{counted(number, noun)} by `{setting}`"] if number else []
    return f"Left out: {', '.join(parts)}.\n" if parts else ""


def _fixes_line(report: Report) -> str:
    sure = sum(finding.fixable for finding in report.findings)
    others = sum(finding.fix is not None and not finding.fixable for finding in report.findings)
    more = f"{others} more with --unsafe-fixes" if sure else f"{others} fixable with --fix --unsafe-fixes"
    parts = [f"[*] {sure} fixable with --fix"] if sure else []
    if others:
        parts.append(more)
    return f"{'; '.join(parts)}.\n" if parts else ""


def count_severities(report: Report) -> dict[str, int]:
    """How many findings there are of each severity."""
    counts = {"error": 0, "warning": 0, "info": 0}
    for finding in report.findings:
        counts[finding.severity] += 1
    return counts


def counted(number: int, noun: str) -> str:
    """``1 file``, ``2 files``, ``2 directories``."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
