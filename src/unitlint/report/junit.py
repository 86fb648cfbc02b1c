"""JUnit's XML, for servers that show test results."""

from __future__ import annotations

from itertools import groupby

from unitlint.engine.report import place_of_error
from unitlint.report.xml_text import HEAD, attribute, element

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Finding
    from unitlint.engine.report import Report


def render(report: Report) -> str:
    """A test suite for each file with findings, a failed test a finding, and a test with an error for each file that
    could not be checked; else one test, which passed, or was skipped where nothing was checked."""
    suites = [_suite(path, list(findings)) for path, findings in groupby(report.findings, _path)]
    suites += [_suite_of_error(message) for message in report.errors]
    if not suites:
        skipped = None if report.files else element("skipped", {"message": "nothing was checked"}, indent="      ")
        only = element("testcase", {"name": "no findings", "classname": "unitlint"}, skipped, "    ")
        counts = {"tests": 1, "failures": 0, "errors": 0, "skipped": int(not report.files)}
        suites = [element("testsuite", {"name": "unitlint", **counts}, only, "  ")]
    number, errors = len(report.findings), len(report.errors)
    whole = {"name": "unitlint", "tests": max(number + errors, 1), "failures": number, "errors": errors}
    return HEAD + element("testsuites", dict(whole), "".join(suites))


def _path(finding: Finding) -> str:
    return finding.path


def _suite_of_error(message: str) -> str:
    path, note = place_of_error(message)
    error = f'      <error type="unchecked" message="{attribute(note)}">{attribute(message)}</error>\n'
    case = element("testcase", {"name": "can be checked", "classname": path or "unitlint", "file": path}, error, "    ")
    return element("testsuite", {"name": path or "unitlint", "tests": 1, "failures": 0, "errors": 1}, case, "  ")


def _suite(path: str, findings: list[Finding]) -> str:
    attributes: dict[str, object] = {"name": path, "tests": len(findings), "failures": len(findings), "errors": 0}
    return element("testsuite", attributes, "".join(map(_case, findings)), "  ")


def _case(finding: Finding) -> str:
    name = f"{finding.code} {finding.name} at {finding.line}:{finding.column}"
    place = f"{finding.path}:{finding.line}:{finding.column}: {finding.message}"
    text = attribute(place if not finding.help else f"{place}\n{finding.help}")
    failure = f'      <failure type="{finding.severity}" message="{attribute(finding.message)}">{text}</failure>\n'
    attributes: dict[str, object] = {
        "name": name,
        "classname": finding.path,
        "file": finding.path,
        "line": finding.line,
    }
    return element("testcase", attributes, failure, "    ")
