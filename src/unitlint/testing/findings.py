"""What a run found, as a list for tests, and as text that a person can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unitlint.base.finding import Finding
from unitlint.base.records import NamedTuple

if TYPE_CHECKING:
    from unitlint.engine.report import Report
    from unitlint.settings.model import Settings

MOST_SHOWN = 10


class Findings(list[Finding]):
    """The findings of a run; ``report`` is its whole outcome, with the texts that the findings are about."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.findings)
        self.report = report

    def __repr__(self) -> str:
        shown = [f"{one.path}:{one.line}: {one.code} {one.name}" for one in self]
        return f"[{', '.join(shown)}]"


class Outcome(NamedTuple):
    """A report, and the settings that led to it."""

    report: Report
    settings: Settings


def failing(outcome: Outcome, path: str | None = None) -> Report:
    """The report with what makes `unitlint check` fail alone: findings of `fail-on` or above, and errors.

    With ``path``, only what is said of that file.
    """
    report, settings = outcome
    bad = (one for one in report.findings if path in (None, one.path) and counts(one, settings.fail_on))
    errors = (one for one in report.errors if path is None or one.startswith(f"{path}: "))
    return report._replace(findings=tuple(bad), errors=tuple(errors))


def counts(finding: Finding, fail_on: str) -> bool:
    """True for a finding that makes the exit status 1."""
    from unitlint.base.finding import SEVERITIES
    from unitlint.settings.model import FAIL_ON

    return fail_on != "never" and SEVERITIES.index(finding.severity) >= FAIL_ON.index(fail_on)


def described(report: Report, *, color: bool = False) -> str:
    """The findings as `unitlint check` shows them, and what could not be read."""
    from unitlint.report import full

    text = full.render(report, color=color, quiet=True, verbose=True).rstrip("\n")
    return "\n".join([*report.errors, *([text] if text else [])])


def listed(findings: list[Finding]) -> str:
    """A line for each of the first findings."""
    from unitlint.base.foreign_text import safe

    if not findings:
        return "nothing was found"
    lines = [
        f"  {safe(one.path)}:{one.line}:{one.column}: {one.code} ({one.name}) {safe(one.message)}" for one in findings
    ]
    more = [f"  and {len(lines) - MOST_SHOWN} more"] if len(lines) > MOST_SHOWN else []
    return "\n".join(["found:", *lines[:MOST_SHOWN], *more])


def compared(found: Findings, other: object) -> list[str]:
    """What `assert found == other` shows where they differ."""
    if other == []:
        return ["no findings, but there are:", *described(found.report).splitlines()]
    return ["the findings are others:", *listed(found).splitlines()]
