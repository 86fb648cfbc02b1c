"""What a run of the linter gives back."""

from __future__ import annotations

from unitlint.base.finding import Finding, Suppressed
from unitlint.base.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unitlint.rules.model import Rule


class Report(NamedTuple):
    """The outcome of a run: findings in the order of path and line, and what could not be read."""

    findings: tuple[Finding, ...]
    files: int
    units: int
    errors: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    sources: Mapping[str, str] = {}  # the texts of the files, for rendering
    rules: tuple[Rule, ...] = ()
    """The rules that were on."""
    suppressed: tuple[Suppressed, ...] = ()
    """What comments and the baseline keep from the findings."""
    taken_out: Mapping[str, int] = {}  # never written to
    """What settings take out: the number of rules that `ignore` turns off, of findings that `per-file-ignores` and the
    baseline leave out, by the name of the setting."""


def place_of_error(message: str) -> tuple[str, str]:
    """The file that one of the report's errors is about, and what is wrong with it; no file where it names none."""
    path, colon, note = message.partition(": ")
    return (path, note) if colon else ("", message)


def joined(reports: Sequence[Report]) -> Report:
    """One report out of several, those of paths that have settings of their own."""
    if len(reports) == 1:
        return reports[0]
    from collections import ChainMap

    from unitlint.engine.dispatch import in_order

    return Report(
        tuple(sorted((finding for report in reports for finding in report.findings), key=in_order)),
        sum(report.files for report in reports),
        sum(report.units for report in reports),
        tuple(error for report in reports for error in report.errors),
        tuple(skipped for report in reports for skipped in report.skipped),
        ChainMap(*[report.sources for report in reports]),  # type: ignore[arg-type]  # it is only read from
        tuple({rule.code: rule for report in reports for rule in report.rules}.values()),
        tuple(suppressed for report in reports for suppressed in report.suppressed),
        {
            setting: (max if setting == "ignore" else sum)(report.taken_out.get(setting, 0) for report in reports)
            for setting in dict.fromkeys(setting for report in reports for setting in report.taken_out)
        },
    )


def renamed(report: Report, names: Mapping[str, str]) -> Report:
    """The report with these paths called otherwise, in findings, texts, errors and what was skipped."""
    if not names:
        return report

    from collections import ChainMap

    from unitlint.engine.dispatch import in_order

    def called(path: str) -> str:
        return names.get(path, path)

    def found(finding: Finding) -> Finding:
        related = tuple([place._replace(path=called(place.path)) for place in finding.related])
        return finding._replace(path=called(finding.path), related=related)

    def error(message: str) -> str:
        path, note = place_of_error(message)
        return f"{called(path)}: {note}" if path in names else message

    texts = {path: text for checked, path in names.items() if (text := report.sources.get(checked)) is not None}
    return report._replace(
        findings=tuple(sorted(map(found, report.findings), key=in_order)),
        errors=tuple(sorted(map(error, report.errors))),
        skipped=tuple(sorted((called(path), note) for path, note in report.skipped)),
        sources=ChainMap(texts, report.sources),  # type: ignore[arg-type]  # it is only read from
        suppressed=tuple([entry._replace(finding=found(entry.finding)) for entry in report.suppressed]),
    )
