"""The formats for programs: each is read back by a parser, with names and values that try to break out of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from unitlint.api import check_paths
from unitlint.base.finding import Finding, Related
from unitlint.engine.fingerprint import fingerprints
from unitlint.engine.report import Report
from unitlint.report.formats import FOR_PEOPLE, FORMATS, HOMES, render, resolved

HOSTILE_PATH = 'a b,%0A:;]]&<"é\udcff\n.service'
HOSTILE_TEXT = "1\n::error::2 % ; ] ]]> <b> & \" ' \x1b[31m \x00 \udcfe é \u2028 \ufffe"


def finding(path: str = "web.service", **fields: object) -> Finding:
    values: dict[str, object] = {
        "code": "UL103", "name": "invalid-value", "severity": "error", "confidence": "high", "effect": "ignored",
        "message": "something is wrong", "line": 2, "column": 6, "end_line": 2, "end_column": 8,
        "unit": "web.service", "section": "Service", "directive": "Nice", "related": (), "fixable": False,
        "url": "https://unitlint.readthedocs.io/rules/UL103-invalid-value", "help": "Write another.",
    }  # fmt: skip
    return Finding(path=path, **{**values, **fields})  # type: ignore[arg-type]


def hostile() -> Report:
    related = (Related(HOSTILE_PATH, 1, 1, HOSTILE_TEXT),)
    found = finding(HOSTILE_PATH, message=HOSTILE_TEXT, help=HOSTILE_TEXT, related=related, severity="info")
    return Report((found,), 1, 1, (HOSTILE_TEXT,), (), {HOSTILE_PATH: "[Service]\nNice=é1\n"})


@pytest.mark.parametrize("name", ["github", "azure"])
def test_commands_are_one_line_each(name: str) -> None:
    text = render(hostile(), name)
    assert [line[:2] for line in text.split("\n")] == [*(["::"] * 4 if name == "github" else ["##"] * 2), ""]
    assert "\r" not in text
    text.encode("utf-8")


def test_github_escapes_properties_and_messages() -> None:
    group, line, *_ = render(hostile(), "github").split("\n")
    assert group.startswith("::group::a b,%250A:;]]")
    command, _, message = line.removeprefix("::").partition("::")
    assert command.startswith("notice title=unitlint UL103,file=a b%2C%250A%3A;]]")
    assert "%0A::error::2 %25" in message


def test_github_says_where_and_what_to_do() -> None:
    line = "::error title=unitlint UL103,file=web.service,line=2,endLine=2,col=6,endColumn=8::"
    said = "web.service:2:6: UL103 something is wrong"
    assert f"\n{line}{said} (Write another.)\n" in render(Report((finding(),), 1, 1), "github")
    assert f"\n{line}{said}\n" in render(Report((finding(help=""),), 1, 1), "github")


def test_github_folds_the_findings_of_a_file() -> None:
    found = tuple(finding(path=path) for path in ("a.service", "b.service", "b.service"))
    lines = render(Report(found, 2, 2, errors=("c.service: cannot be read",)), "github").splitlines()
    assert [line for line in lines if "group::" in line] == [
        "::group::a.service: 1 finding", "::endgroup::", "::group::b.service: 2 findings", "::endgroup::",
    ]  # fmt: skip
    assert [line.partition(" ")[0] for line in lines[3:]] == [
        "::group::b.service:", "::error", "::error", "::endgroup::", "::error",
    ]  # fmt: skip


def test_github_takes_no_columns_of_several_lines() -> None:
    text = render(Report((finding(end_line=3),), 1, 1), "github")
    assert "line=2,endLine=3::" in text
    assert "col=" not in text


def test_azure_keeps_inside_its_brackets() -> None:
    text = render(hostile(), "azure")
    head, _, _ = text.partition("]1%0A")
    assert "]" not in head
    assert "sourcepath=a b,%AZP250A:%3B%5D%5D&" in head


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml_is_read_back(name: str) -> None:
    root = ET.fromstring(render(hostile(), name).encode())  # noqa: S314  # our own output
    assert any("1\n::error::2 % ; ] ]]> <b>" in value for one in root.iter() for value in one.attrib.values())


def test_junit_of_nothing_is_one_passed_test() -> None:
    root = ET.fromstring(render(Report((), 1, 1), "junit").encode())  # noqa: S314
    assert [element.tag for element in root.iter()] == ["testsuites", "testsuite", "testcase"]
    assert {(element.get("tests"), element.get("failures")) for element in list(root.iter())[:2]} == {("1", "0")}


def test_junit_counts_the_findings_of_each_file() -> None:
    findings = (finding("a.service"), finding("a.service", line=3, help=""), finding("b.service"))
    root = ET.fromstring(render(Report(findings, 2, 2), "junit").encode())  # noqa: S314
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root] == [
        ("a.service", "2", "2"),
        ("b.service", "1", "1"),
    ]
    assert (root.get("tests"), root.get("failures")) == ("3", "3")
    place = "a.service:{}:6: something is wrong"
    assert [failure.text for failure in root[0].iter("failure")] == [
        f"{place.format(2)}\nWrite another.",
        place.format(3),
    ]


@pytest.mark.parametrize("name", ["json", "gitlab", "rdjson", "sarif"])
def test_json_is_read_back(name: str) -> None:
    text = render(hostile(), name)
    text.encode("utf-8")
    assert json.loads(text)


def test_json_lines() -> None:
    lines = render(Report((finding(), finding(line=3)), 1, 1), "json-lines").splitlines()
    assert [json.loads(line)["line"] for line in lines] == [2, 3]


def test_rdjson_counts_bytes() -> None:
    report = Report((finding(line=2, column=6, end_column=7),), 1, 1, (), (), {"web.service": "[Service]\nNice=é1\n"})
    place = json.loads(render(report, "rdjson"))["diagnostics"][0]["location"]["range"]
    assert place == {"start": {"line": 2, "column": 6}, "end": {"line": 2, "column": 8}}


def test_rdjson_names_other_places_where_there_are_some() -> None:
    texts = {"web.service": "[Service]\nNice=1\n", "more.conf": "[Service]\n# é\n"}
    related = (Related("more.conf", 2, 3, "because of this line"),)
    report = Report((finding(), finding(related=related)), 2, 1, (), (), texts)
    alone, with_others = json.loads(render(report, "rdjson"))["diagnostics"]
    assert "related_locations" not in alone
    place = {"path": "more.conf", "range": {"start": {"line": 2, "column": 3}}}
    assert with_others["related_locations"] == [{"message": "because of this line", "location": place}]


def test_rdjson_suggests_a_fix_of_one_stretch(tmp_path: Path) -> None:
    (tmp_path / "a.service").write_text("[Service]\nExecStart=/bin/a\nSyslogIdentifier=é %Q\nRestart=on-fail\n")
    report = check_paths([tmp_path], select=["UL103"])
    (diagnostic,) = json.loads(render(report, "rdjson"))["diagnostics"]
    expected = {"start": {"line": 4, "column": 9}, "end": {"line": 4, "column": 16}}
    assert diagnostic["suggestions"] == [{"range": expected, "text": "on-failure"}]


def test_gitlab() -> None:
    (issue,) = json.loads(render(Report((finding("./web.service", effect="refused"),), 1, 1), "gitlab"))
    assert issue["location"] == {"path": "web.service", "lines": {"begin": 2, "end": 2}}
    assert issue["severity"] == "blocker"


def test_sarif_run() -> None:
    """What the schema requires of a run, and what code scanning services make use of."""
    report = hostile()
    run = json.loads(render(report, "sarif"))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    (rule,) = run["tool"]["driver"]["rules"]
    (result,) = run["results"]
    assert rule["id"] == result["ruleId"] == "UL103"
    assert result["ruleIndex"] == 0
    assert result["level"] == "note"
    place = result["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 8}
    assert unquote(place["artifactLocation"]["uri"], errors="surrogateescape") == HOSTILE_PATH
    assert result["relatedLocations"][0]["id"] == 1
    assert run["invocations"][0]["executionSuccessful"] is False


def test_sarif_describes_rules(tmp_path: Path) -> None:
    (tmp_path / "a.service").write_text("[Service]\nExecStart=/bin/a\nNice=loud\n")
    report = check_paths([tmp_path], select=["UL103"])
    document = json.loads(render(report, "sarif"))
    (rule,) = document["runs"][0]["tool"]["driver"]["rules"]
    assert "**How to fix:**" in rule["help"]["markdown"]
    assert rule["helpUri"].endswith("UL103-invalid-value")
    uri = document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.startswith("file:///")


def test_fingerprints_survive_moved_lines() -> None:
    def marks(text: str, *lines: int) -> list[str]:
        findings = tuple(finding(line=line) for line in lines)
        return [mark for _, mark in fingerprints(Report(findings, 1, 1, (), (), {"web.service": text}))]

    before = marks("[Service]\nNice=x\n", 2)
    assert marks("# new\n\n[Service]\n  Nice=x\n", 4) == before
    assert marks("[Service]\nNice=y\n", 2) != before
    twice = marks("[Service]\nNice=x\nNice=x\n", 2, 3)
    assert twice[0] == before[0] != twice[1]


def test_auto(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    assert resolved("auto") == "full"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert resolved("auto") == "github"
    assert set(HOMES) | {"auto"} == set(FORMATS)


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "unitlint", "check", "--isolated", "a.service", *words]
    environment = {**os.environ, "NO_COLOR": "1"}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


def test_several_outputs(tmp_path: Path) -> None:
    (tmp_path / "a.service").write_text("[Service]\nExecStart=/bin/a\nNice=loud\n")
    done = run(
        tmp_path, "--output-format", "sarif", "--output-file", "a.sarif",
        "--output-format", "junit", "--output-file=a.xml", "--output-format", "concise",
    )  # fmt: skip
    assert done.returncode == 1
    assert "a.service:3:6: error[UL103] ignored: " in done.stdout
    assert json.loads((tmp_path / "a.sarif").read_text())["version"] == "2.1.0"
    assert (tmp_path / "a.xml").read_text().startswith("<?xml")


def test_mistakes_about_outputs(tmp_path: Path) -> None:
    (tmp_path / "a.service").write_text("[Service]\nExecStart=/bin/a\n")
    misspelt = run(tmp_path, "--output-format", "sariff")
    assert misspelt.returncode == 2
    assert "no format `sariff`; did you mean `sarif`?" in misspelt.stderr
    twice = run(tmp_path, "--output-format", "json", "--output-format", "full")
    assert twice.returncode == 2
    assert "only one report can go to standard output" in twice.stderr
    nowhere = run(tmp_path, "--output-file", "no/such/folder.txt")
    assert nowhere.returncode == 2
    assert "cannot write the report" in nowhere.stderr


UNREADABLE = Report((), 0, 0, ("units/a b.service: cannot read: Permission denied",))
EMPTY = Report((), 0, 0)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"auto", "json-lines"}))  # which has findings alone
def test_a_file_that_could_not_be_checked_is_never_green(name: str) -> None:
    text = render(UNREADABLE, name)
    assert text != render(EMPTY, name)
    assert "All clear" not in text
    if name not in FOR_PEOPLE:
        assert "Permission denied" in text
        assert "a b.service" in text.replace("%20", " ")


def test_junit_counts_what_could_not_be_checked_as_an_error() -> None:
    root = ET.fromstring(render(UNREADABLE._replace(findings=(finding(),), files=1), "junit"))  # noqa: S314  # our own
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("2", "1", "1")
    (error,) = root.iter("error")
    assert error.get("message") == "cannot read: Permission denied"
    assert [case.get("classname") for case in root.iter("testcase")] == ["web.service", "units/a b.service"]


def test_junit_skips_its_test_where_nothing_was_checked() -> None:
    assert render(EMPTY, "junit").count("<skipped ") == 1
    assert "<skipped " not in render(EMPTY._replace(files=1), "junit")


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_the_closing_line_tells_what_was_not_checked(name: str) -> None:
    assert render(EMPTY, name) == "Nothing was checked.\n"
    assert render(EMPTY._replace(files=2), name) == "All clear: no findings in 2 files.\n"
    assert render(UNREADABLE, name) == "Nothing was checked; 1 file could not be checked.\n"
    some = UNREADABLE._replace(files=2, errors=("a: x", "a: y", "b: x"))
    assert render(some, name) == "No findings in 2 files; 2 files could not be checked.\n"
