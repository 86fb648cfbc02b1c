"""Rules in the declarative form, such as people write for themselves."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

import unitlint
from unitlint.base.errors import UnitlintError

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
    rule = folder / code / f"{code}-own-rule"
    rule.mkdir(parents=True)
    (rule / "rule.yaml").write_text(HEAD.format(code=code) + lines)
    found = unitlint.check_text(body, name, rules=[str(folder / code)], select=[code])
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
        ("Service.Slice: {glob: team-*.slice}", "Slice=team-web.slice", True),
        ("Service.Slice: {glob: team-*.slice}", "Slice=my-team-web.slice", False),
        ("Service.Slice: {glob: ['a?.slice', 'b[0-9].slice']}", "Slice=b7.slice", True),
        ("not: {Service.Slice: {glob: team-*.slice}}", "Slice=%i.slice", False),
        ("Service.RestartSec: {at-least: 1min}", "RestartSec=60", True),
        ("Service.RestartSec: {at-most: 1min}", "RestartSec=60", True),
        ("Service.RestartSec: {at-most: 1min}", "RestartSec=infinity", False),
        ("Service.RestartSec: {greater-than: 1s, less-than: 3s}", "RestartSec=2", True),
        ("not: {Service.RestartSec: {at-most: 1min}}", "RestartSec=2 minits", False),
        ("Service.CPUQuota: {less-than: 20%}", "CPUQuota=5%", True),
        ("Service.MemoryMax: {greater-than: 50%}", "MemoryMax=infinity", True),
        ("Service.MemoryMax: {greater-than: 50%}", "MemoryMax=1G", False),
        ("Service.LimitNOFILE: {less-than: 4096}", "LimitNOFILE=1024:8192", True),
        ("Service.UMask: {equals: '0022'}", "UMask=22", True),
        (
            "Service.SupplementaryGroups: {in: [docker, disk]}",
            "SupplementaryGroups=audio\nSupplementaryGroups=disk",
            True,
        ),
        ("not: {Service.SupplementaryGroups: {in: [audio, video]}}", "SupplementaryGroups=audio disk", True),
        ("not: {Service.SupplementaryGroups: {in: [audio, video]}}", "SupplementaryGroups=audio video", False),
        ("Service.SupplementaryGroups: {contains: [docker, disk]}", "SupplementaryGroups=audio disk", True),
        ("not: {Service.ExecStartPre: {under: /opt}}", "ExecStartPre=/opt/a\nExecStartPre=-/usr/b /opt/c", True),
        ("not: {Service.ExecStartPre: {under: /opt}}", "ExecStartPre=/opt/a\nExecStartPre=-/opt/b /usr/c", False),
        ("Service.User: {equals: root, or-unset: true}", "Nice=5", True),
        ("unit-name: {glob: 'x.*'}", "Nice=5", True),
        ("unit-type: {in: [socket, timer]}", "Nice=5", False),
        ("unit-scope: {equals: system}", "Nice=5", True),
        ("Service.NoNewPrivileges: {equals: true}", "NoNewPrivileges=maybe", False),
        ("not: {Service.NoNewPrivileges: {equals: true}}", "NoNewPrivileges=maybe", False),
        ("Service.MemoryHigh: {at-least: {value-of: Service.MemoryMax}}", "MemoryHigh=2G", False),
        ("not: {Service.MemoryHigh: {at-least: {value-of: Service.MemoryMax}}}", "MemoryHigh=2G", False),
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


def test_nothing_is_known_of_what_only_the_fragment_says(tmp_path: Path) -> None:
    body = "[Service]\nNice=5\n"
    match = "match: {not: {Service.User: {equals: web}}}"
    assert not findings(tmp_path, match, body, "x.service.d/a.conf")
    assert findings(tmp_path, match, body)


def test_require_finds_what_is_not_so_each_at_its_place(tmp_path: Path) -> None:
    lines = """\
require:
  - Timer.Persistent: {equals: true}
  - Timer.RandomizedDelaySec: {at-least: 5min}
  - Timer.AccuracySec: {at-most: {option: most}, or-unset: true}
when: {Timer.OnCalendar: {set: true}}
options: {most: 1h}
message-when-unset: "{directive} has to be {wanted}"
"""
    body = "[Timer]\nOnCalendar=daily\nRandomizedDelaySec=10s\n"
    assert findings(tmp_path, lines, body, "x.timer") == [
        (1, "Persistent has to be yes"),
        (3, "RandomizedDelaySec=10s"),
    ]
    assert findings(tmp_path, lines, body + "Persistent=yes\nAccuracySec=1d\n", "x.timer") == [
        (3, "RandomizedDelaySec=10s"),
        (5, "AccuracySec=1d"),
    ]
    assert not findings(tmp_path, lines, "[Timer]\nOnBootSec=1h\n", "x.timer")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("match: {any: [Service.User: {equals: root}, Service.Group: {equals: root}]}", [3]),
        ("match: {any: [Service.Group: {equals: root}, Service.Nice: {equals: 5}]}", [3, 4]),
        ("match: {all: [not: {Service.User: {equals: root}}, Service.Nice: {equals: 5}]}", [4]),
        ("match: {all: [unit-name: {glob: '*'}, Service.Nice: {equals: 5}]}", [4]),
        ("match: {not: {all: [Service.User: {equals: a}, Service.Nice: {less-than: 5}]}}", [4]),
        ("require: [{all: [Service.User: {equals: a}, Service.Nice: {less-than: 5}]}]", [4]),
        ("require: [{any: [Service.Nice: {less-than: 5}, Service.User: {equals: b}]}]", [4]),
        ("match: {any: [Service.User: {equals: a}, Service.Nice: {equals: 5}]}\nat: Service.Group", [3]),
    ],
)
def test_the_part_that_decides_is_pointed_at(tmp_path: Path, lines: str, found: list[int]) -> None:
    body = "[Service]\nUser=a\nGroup=root\nNice=5\n"
    assert [line for line, _ in findings(tmp_path, lines, body)] == found


def test_each_item_at_fault_is_pointed_at(tmp_path: Path) -> None:
    lines = "require: [Service.ReadWritePaths: {under: [/srv, /var/lib], or-unset: true}]"
    rule = tmp_path / "XX900-own-rule"
    rule.mkdir()
    (rule / "rule.yaml").write_text(
        HEAD.format(code="XX900").replace("{directive}={value}", "{item}: {wanted}") + lines
    )
    body = "[Service]\nReadWritePaths=/srv/a /etc\nReadWritePaths=-/usr/x /var/lib/y\n"
    found = unitlint.check_text(body, "x.service", rules=[str(tmp_path)], select=["XX900"])
    assert [(one.line, one.column, one.end_column, one.message) for one in found] == [
        (2, 23, 27, "/etc: below /srv or /var/lib"),
        (3, 16, 23, "-/usr/x: below /srv or /var/lib"),
    ]


def test_options_are_given_by_code_or_name_and_keep_their_defaults(tmp_path: Path) -> None:
    rule = tmp_path / "XX901-limits"
    rule.mkdir()
    text = HEAD.format(code="XX901").replace("own-rule", "limits").replace("{directive}={value}", "{least} to {most}")
    options = "options: {least: 1s, most: 1min}\n"
    match = "match: {not: {Service.RestartSec: {at-least: {option: least}, at-most: {option: most}}}}"
    (rule / "rule.yaml").write_text(text + options + match)

    def messages(**options: dict[str, object]) -> list[str]:
        body = "[Service]\nRestartSec=2min\n"
        found = unitlint.check_text(body, rules=[str(tmp_path)], select=["XX901"], options=options)
        return [one.message for one in found]

    assert messages() == ["1s to 1min"]
    assert messages(limits={"least": "2s"}) == ["2s to 1min"]
    assert messages(XX901={"most": "5min"}) == []
    with pytest.raises(UnitlintError, match="`soon` is no time span"):
        messages(limits={"most": "soon"})


@pytest.mark.parametrize(
    ("lines", "line", "column", "words"),
    [
        ("match: {Service.User: {sett: true}}", 10, 24, "did you mean `set`"),
        ("match: {Service.MemoryMx: {set: true}}", 10, 9, "did you mean `MemoryMax`"),
        ("match: {Servic.User: {set: true}}", 10, 9, "did you mean `Service`"),
        ("match: {Unit.User: {set: true}}", 10, 9, "it stands in [Service]"),
        ("match:\n  al:\n    - Service.User: {set: true}", 11, 3, "did you mean `all`"),
        ("match: {Service.User: {matches: '(a)\\1'}}", 10, 33, "back-reference"),
        ("match: {Service.User: {matches: '('}}", 10, 33, "not a regular expression"),
        ("match: {Service.User: {at-least: 5}}", 10, 34, "are not more or less than one another"),
        ("match: {Service.RestartSec: {at-least: 5 minits}}", 10, 40, "`5 minits` is no time span"),
        ("match: {Service.Type: {equals: notfy}}", 10, 32, "did you mean `notify`"),
        ("match: {Service.UMask: {equals: 0022}}", 10, 33, "write it in quotes"),
        ("match: {Service.Nice: {in: 5}}", 10, 24, "`in` needs a list"),
        ("match: {Service.User: {equals: [a]}}", 10, 24, "use `in`"),
        ("match: {Service.User: {set: false, equals: a}}", 10, 24, "use `or-unset: true`"),
        ("match: {Service.User: {or-unset: true}}", 10, 24, "needs another word"),
        ("match: {Service.User: {in: {option: allowd}}}\noptions: {allowed: []}", 10, 37, "did you mean `allowed`"),
        ("match: {Service.User: {matches: {option: a}}}\noptions: {a: x}", 10, 24, "use `glob`"),
        ("match: {Service.RestartSec: {at-least: {option: a}}}\noptions: {a: x}", 10, 40, "`x` is no time span"),
        ("match: {Service.MemoryMax: {at-least: 5GB}}", 10, 39, "no size or percentage, such as 2G"),
        ("match: {User: {set: true}}", 10, 9, "did you mean `Service.User`"),
        ("match: {service.user: {set: true}}", 10, 9, "did you mean `Service.User`"),
        ("match: [{Service.User: {set: true}}]", 10, 8, "write `all:` or `any:` before a list"),
        ("match: {all: [{Service.User: {set: true}}, root]}", 10, 44, "a condition is a mapping"),
        ("match: root", 10, 8, "a condition is a mapping"),
        ("match: {unit-nam: {glob: x}}", 10, 9, "did you mean `unit-name`"),
        ("match: {unit-name: {at-least: 5}}", 10, 21, "cannot be asked of unit-name"),
        ("match: {unit-name: {glob: x}}\nrequire: [unit-name: {glob: x}]", 11, 1, "cannot stand together"),
        ("require: {Service.User: {set: true}}", 10, 1, "`require` needs a list"),
        ("require: [Service.User: {set: true}]\nat: Service.User", 11, 1, "has its own place"),
        ("when: {Service.User: {set: true}}", 10, 1, "goes with `require`"),
        ("match: {Service.User: {set: true}}\nmessage-when-unset: '{valu}'", 11, 21, "did you mean `value`"),
        ("match: {Service.User: {set: true}}\nmessage-when-unset: '{'", 11, 21, "not a message"),
        ("severty: error", 10, 1, "did you mean `severity`"),
        ("confidence: sure", 10, 13, "choose high, medium, low"),
        ("match: [", 10, 9, "not valid YAML"),
    ],
)
def test_mistakes_are_placed(tmp_path: Path, lines: str, line: int, column: int, words: str) -> None:
    with pytest.raises(UnitlintError) as caught:
        findings(tmp_path, lines, "")
    assert (caught.value.line, caught.value.column) == (line, column)
    assert words in str(caught.value)
