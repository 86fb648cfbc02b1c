"""JUnit's XML, for servers that show test results."""

from __future__ import annotations

from itertools import groupby

from unitlint.report.xml_text import HEAD, attribute, element

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Finding
    from unitlint.engine.report import Report


def render(report: Report) -> str:
    """A test suite for each file with findings, a failed test a finding; one passed test where there are none."""
    suites = [_suite(path, list(findings)) for path, findings in groupby(report.findings, _path)]
    if not suites:
        passed = element("testcase", {"name": "no findings", "classname": "unitlint"}, indent="    ")
        suites = [element("testsuite", {"name": "unitlint", "tests": 1, "failures": 0, "errors": 0}, passed, "  ")]
    number = len(report.findings)
    whole = {"name": "unitlint", "tests": max(number, 1), "failures": number, "errors": 0}
    return HEAD + element("testsuites", dict(whole), "".join(suites))


def _path(finding: Finding) -> str:
    return finding.path


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
