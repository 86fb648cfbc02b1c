"""Rules in the declarative form, such as people write for themselves."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

import unitlint
from unitlint.errors import UnitlintError
from unitlint.rules.patterns import fault

numbers = count(100)
HEAD = """\
code: {code}
name: own-rule
category: own
severity: warning
profile: default
applies-to: [all]
message: "{{directive}}={{value}}"
why: because
how-to-fix: change it
"""


def findings(folder: Path, lines: str, body: str, name: str = "x.service") -> list[tuple[int, str]]:
    code = f"XX{next(numbers)}"
    rule = folder / f"{code}-own-rule"
    rule.mkdir()
    (rule / "rule.yaml").write_text(HEAD.format(code=code) + lines)
    found = unitlint.check_text(body, name, rules=[str(folder)], select=[code])
    return [(one.line, one.message) for one in found]


@pytest.mark.parametrize(
    ("condition", "value", "holds"),
    [
        ("Service.MemoryMax: {equals: 1G}", "MemoryMax=1024M", True),
        ("Service.MemoryMax: {less-than: 1G}", "MemoryMax=1023M", True),
        ("Service.MemoryMax: {less-than: 1G}", "MemoryMax=infinity", False),
        ("Service.MemoryMax: {less-than: 1G}", "MemoryMax=10%", False),
        ("Service.RestartSec: {greater-than: 1min}", "RestartSec=61", True),
        ("Service.RestartSec: {greater-than: 1min}", "RestartSec=60000ms", False),
        ("Service.NoNewPrivileges: {equals: true}", "NoNewPrivileges=on", True),
        ("Service.ProtectSystem: {equals: true}", "ProtectSystem=1", True),
        ("Service.ProtectSystem: {in: [full, strict]}", "ProtectSystem=yes", False),
        ("Service.User: {matches: '^www-'}", "User=www-data", True),
        ("Service.SupplementaryGroups: {contains: docker}", "SupplementaryGroups=audio docker", True),
        ("Service.ExecStart: {under: /home}", "ExecStart=-/home/x/run now", True),
        ("Service.ExecStart: {under: [/home, /srv]}", "ExecStart=/srvx/run", False),
        ("Service.MemoryHigh: {greater-than: {value-of: Service.MemoryMax}}", "MemoryMax=1G\nMemoryHigh=2G", True),
        ("not: {Service.User: {equals: root}}", "User=root", False),
        ("any: [Service.User: {set: true}, Service.Group: {set: true}]", "Group=x", True),
    ],
)
def test_words(tmp_path: Path, condition: str, value: str, holds: bool) -> None:
    assert bool(findings(tmp_path, f"match: {{{condition}}}", f"[Service]\n{value}\n")) is holds


def test_place_and_message(tmp_path: Path) -> None:
    body = "[Service]\nUser=a\nUser=b\n"
    assert findings(tmp_path, "match: {Service.User: {set: true}}", body) == [(3, "User=b")]


def test_missing_directive_points_at_the_header(tmp_path: Path) -> None:
    match = "match: {Service.User: {set: false}}"
    body = "[Unit]\n\n[Service]\nExecStart=/bin/x\n"
    assert [line for line, _ in findings(tmp_path, match, body)] == [3]


def test_nothing_is_missing_in_a_drop_in(tmp_path: Path) -> None:
    body = "[Service]\nExecStart=/bin/x\n"
    assert not findings(tmp_path, "match: {Service.User: {set: false}}", body, "x.service.d/a.conf")


def test_conf(tmp_path: Path) -> None:
    match = "match: {Journal.SystemMaxUse: {greater-than: 1G}}"
    assert findings(tmp_path, match, "[Journal]\nSystemMaxUse=2G\n", "journald.conf") == [(2, "SystemMaxUse=2G")]


@pytest.mark.parametrize(
    ("lines", "line", "column", "words"),
    [
        ("match: {Service.User: {sett: true}}", 10, 24, "did you mean `set`"),
        ("match: {Service.MemoryMx: {set: true}}", 10, 9, "did you mean `MemoryMax`"),
        ("match: {Servic.User: {set: true}}", 10, 9, "did you mean `Service`"),
        ("match: {Unit.User: {set: true}}", 10, 9, "it stands in [Service]"),
        ("match:\n  al:\n    - Service.User: {set: true}", 11, 3, "did you mean `all`"),
        ("match: {Service.User: {matches: '(a+)+'}}", 10, 24, "too long"),
        ("match: {Service.User: {matches: '('}}", 10, 24, "not a regular expression"),
        ("severty: error", 10, 1, "did you mean `severity`"),
        ("confidence: sure", 10, 1, "choose high, medium, low"),
        ("match: [", 10, 9, "not valid YAML"),
    ],
)
def test_mistakes_are_placed(tmp_path: Path, lines: str, line: int, column: int, words: str) -> None:
    with pytest.raises(UnitlintError) as caught:
        findings(tmp_path, lines, "")
    assert (caught.value.line, caught.value.column) == (line, column)
    assert words in str(caught.value)


@pytest.mark.parametrize("pattern", ["^/opt/.*\\.sh$", "a{2,5}b+", "[a-z]+@\\w+", "(foo|bar)baz", "(?i)x"])
def test_quick_patterns(pattern: str) -> None:
    assert fault(pattern) is None


@pytest.mark.parametrize("pattern", ["(a+)+", "(a|aa)*", "(a)\\1", ".*.*.*x", "(a?){25}a{25}", "a?" * 20])
def test_slow_patterns(pattern: str) -> None:
    assert fault(pattern) is not None
