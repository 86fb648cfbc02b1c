"""Assertions about findings; what they print is what `unitlint check` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from unitlint.finding import Finding, Report

MOST_SHOWN = 10


def assert_clean(path: str | os.PathLike[str], **settings: Any) -> None:
    """Fails where `unitlint check PATH` would: for findings of the severity ``fail_on`` (default: warning) or above.

    ``settings`` come before the nearest settings file: ``assert_clean("units", profile="strict", ignore=["UL301"])``.
    A file that cannot be read fails as well.  Raises UnitlintError for a path that is not there.
    """
    __tracebackhide__ = True
    from unitlint.config import from_keywords
    from unitlint.config_files import find
    from unitlint.testing.linter import Linter

    report = Linter().report(path, **settings)
    fail_on = from_keywords(find(_folder_of(path)), settings).fail_on
    bad = [finding for finding in report.findings if counts(finding, fail_on)]
    if bad or report.errors:
        raise AssertionError(described(report._replace(findings=tuple(bad))))


def assert_finding(
    result: Report | Iterable[Finding],
    rule: str,
    *,
    line: int | None = None,
    path: str | None = None,
    directive: str | None = None,
) -> Finding:
    """Fails where no finding of the rule (a code or a name) stands on that line, in that file, about that directive.

    ``path`` may be the end of a finding's path, such as the file's name.  Gives the first such finding back.
    """
    __tracebackhide__ = True
    found = _findings(result)
    for one in _of(rule, found):
        if line in (None, one.line) and _ends(one.path, path) and directive in (None, one.directive):
            return one
    places = {"line": line, "path": path, "directive": directive}
    wanted = ", ".join(f"{name} {value}" for name, value in places.items() if value is not None)
    raise AssertionError(f"no finding {rule}{f' ({wanted})' if wanted else ''}; {_listed(found)}")


def assert_no_finding(result: Report | Iterable[Finding], rule: str) -> None:
    """Fails where there is a finding of the rule, a code or a name."""
    __tracebackhide__ = True
    found = list(_of(rule, _findings(result)))
    if found:
        raise AssertionError(f"there is {rule}; {_listed(found)}")


def counts(finding: Finding, fail_on: str) -> bool:
    """True for a finding that makes the exit status 1."""
    from unitlint.config import FAIL_ON
    from unitlint.finding import SEVERITIES

    return fail_on != "never" and SEVERITIES.index(finding.severity) >= FAIL_ON.index(fail_on)


def described(report: Report, *, color: bool = False) -> str:
    """The findings as `unitlint check` shows them, and what could not be read."""
    from unitlint.report import full

    text = full.render(report, color=color, quiet=True).rstrip("\n")
    return "\n".join(["", *report.errors, *([text] if text else [])])


def _findings(result: Report | Iterable[Finding]) -> list[Finding]:
    return list(getattr(result, "findings", result))


def _of(rule: str, findings: Iterable[Finding]) -> Iterable[Finding]:
    return (one for one in findings if rule in (one.code, one.name))


def _ends(path: str, end: str | None) -> bool:
    return end is None or path == end or path.endswith(f"/{end}")


def _listed(findings: list[Finding]) -> str:
    if not findings:
        return "nothing was found"
    lines = [f"  {one.path}:{one.line}:{one.column}: {one.code} ({one.name}) {one.message}" for one in findings]
    more = [f"  and {len(lines) - MOST_SHOWN} more"] if len(lines) > MOST_SHOWN else []
    return "\n".join(["found:", *lines[:MOST_SHOWN], *more])


def _folder_of(path: str | os.PathLike[str]) -> str:
    import os

    where = os.path.abspath(os.fspath(path))
    return where if os.path.isdir(where) else os.path.dirname(where)
