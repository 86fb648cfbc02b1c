"""Rules in the declarative form, such as people write for themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

import unitlint
from tests.rules.own_rule import HEAD, findings, numbers
from unitlint.base.errors import UnitlintError


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
    with pytest.raises(UnitlintError, match="`soon` is not a valid time span"):
        messages(limits={"most": "soon"})


@pytest.mark.parametrize(
    ("name", "body", "lines"),
    [
        ("x.service", "[Service]\nMemoryMax=1M", [2]),
        ("x.slice", "[Slice]\nMemoryMax=1M", [2]),
        ("x.slice", "[Service]\nMemoryMax=1M", []),
        ("x.timer", "[Timer]\nOnBootSec=1", []),
        ("x.container", "[Container]\nImage=docker.io/a/b:1\n[Service]\nMemoryMax=1M", [4]),
    ],
)
def test_own_is_the_section_of_the_units_type(tmp_path: Path, name: str, body: str, lines: list[int]) -> None:
    found = findings(tmp_path, "match: {Own.MemoryMax: {less-than: 2M}}", body, name)
    assert [line for line, _ in found] == lines


def test_each_of_several_directives_is_a_finding_of_its_own(tmp_path: Path) -> None:
    rule = "match: {any-of: {directives: [Service.User, Service.Group], in: [root, 0]}}"
    assert [line for line, _ in findings(tmp_path, rule, "[Service]\nGroup=0\nUser=root")] == [2, 3]
    assert [line for line, _ in findings(tmp_path, f"once: true\n{rule}", "[Service]\nGroup=0\nUser=root")] == [3]


def test_none_of_several_directives(tmp_path: Path) -> None:
    rule = "match: {not: {any-of: {directives: [Service.User, Service.DynamicUser], set: true}}}"
    assert findings(tmp_path, rule, "[Service]\nGroup=0")
    assert not findings(tmp_path, rule, "[Service]\nUser=0")


@pytest.mark.parametrize(
    ("words", "value", "holds"),
    [
        ("program: java", "ExecStart=/usr/bin/java -jar x", True),
        ("program: java", "ExecStart=/usr/bin/javac java", False),
        ("program: [a, 'docker*']", "ExecStart=-docker-compose up", True),
        ("program: docker, argument: [run, start]", "ExecStart=/bin/docker --rm start x", True),
        ("program: docker, argument: run", "Type=oneshot\nExecStart=/bin/docker ps ; /bin/podman run", False),
        ("prefix: '!'", "ExecStart=!/bin/a", True),
        ("prefix: '!'", "ExecStart=!!/bin/a", False),
        ("prefix: ['-', '+']", "ExecStart=+/bin/a", True),
        ("argument: '--debug*'", 'ExecStart=/bin/a "--debug=1 2"', True),
        ("argument: '--debug*'", "ExecStart=/bin/a $ARGS", False),
        ("argument: x, or-unset: true", "Nice=5", True),
    ],
)
def test_commands(tmp_path: Path, words: str, value: str, holds: bool) -> None:
    body = f"[Service]\n{value}\n"
    assert bool(findings(tmp_path, f"match: {{Service.ExecStart: {{{words}}}}}", body)) is holds


def test_any_command_is_of_any_exec_directive(tmp_path: Path) -> None:
    body = "[Service]\nExecStart=/bin/a\nExecStop=/bin/sh -c b\nExecReload=-sudo b"
    assert [line for line, _ in findings(tmp_path, "match: {any-command: {program: sudo}}", body)] == [4]


def test_an_unknown_program_proves_nothing(tmp_path: Path) -> None:
    rule = "match: {not: {Service.ExecStart: {program: java}}}"
    assert not findings(tmp_path, rule, "[Service]\nExecStart=/usr/bin/%i")
    assert findings(tmp_path, rule, "[Service]\nExecStart=/usr/bin/a")


@pytest.mark.parametrize(
    ("condition", "body", "holds"),
    [
        ("Service.ProtectHome: {enabled: true}", "ProtectHome=read-only", True),
        ("Service.ProtectHome: {enabled: true}", "ProtectHome=off", False),
        ("Service.ProtectHome: {enabled: false}", "ProtectHome=N", True),
        ("Service.ProtectHome: {enabled: false}", "Nice=1", False),
        ("Service.MemoryMax: {other-than: infinity}", "MemoryMax=1G", True),
        ("Service.MemoryMax: {other-than: infinity}", "Nice=1", False),
        ("Service.MemoryMax: {other-than: [1G, 2G]}", "MemoryMax=2048M", False),
        ("Service.User: {other-than: root}", "User=%i", False),
        ("service-type: {equals: oneshot}", "ExecStop=/bin/a", True),
        ("service-type: {equals: dbus}", "BusName=a.b\nExecStart=/bin/a", True),
        ("service-type: {equals: simple}", "ExecStart=/bin/a", True),
        ("runs-as: {equals: root}", "ExecStart=/bin/a", True),
        ("runs-as: {equals: root}", "DynamicUser=yes", False),
        ("runs-as: {other-than: root}", "DynamicUser=on", True),
        ("runs-as: {other-than: root}", "User=0", False),
        ("unit-fragment: {set: true}", "Nice=1", True),
        ("release: {at-least: 100}", "Nice=1", True),
        ("release: {less-than: 100}", "Nice=1", False),
    ],
)
def test_facts_and_switches(tmp_path: Path, condition: str, body: str, holds: bool) -> None:
    assert bool(findings(tmp_path, f"match: {{{condition}}}", f"[Service]\n{body}\n")) is holds


def test_facts_of_a_drop_in_alone_are_unknown(tmp_path: Path) -> None:
    for rule in (
        "service-type: {equals: oneshot}",
        "not: {service-type: {equals: oneshot}}",
        "runs-as: {equals: root}",
    ):
        assert not findings(tmp_path, f"match: {{{rule}}}", "[Service]\nNice=1", "x.service.d/y.conf")


def test_what_a_finding_shows_and_says(tmp_path: Path) -> None:
    code = f"XX{next(numbers)}"
    rule = tmp_path / f"{code}-own-rule"
    rule.mkdir()
    head = HEAD.format(code=code).replace('"{directive}={value}"', '"{directive}=no leaves {limit}, {reason}"')
    (rule / "rule.yaml").write_text(
        head + "caret: name\nmatch:\n  all:\n    - Own.MemoryAccounting: {enabled: false}\n"
        "    - any-of: {directives: [Own.MemoryMax, Own.MemoryHigh], other-than: infinity, as: limit,\n"
        "               note: the limit, reason: 'which is {limit.value}'}\n"
    )
    body = "[Service]\nMemoryMax=infinity\nMemoryHigh=1G\nMemoryAccounting=off"
    (found,) = unitlint.check_text(body, rules=[str(tmp_path)], select=[code])
    assert found.message == "MemoryAccounting=no leaves MemoryHigh=1G, which is 1G"
    assert [(one.line, one.message) for one in found.related] == [(3, "the limit")]
    assert (found.line, found.column, found.end_column) == (4, 1, 17)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("Service.ProtectHome: {enabled: true}", False),
        ("not: {Service.ProtectHome: {enabled: true}}", False),
        ("Service.ProtectHome: {other-than: tmpfs}", False),
        ("Service.ProtectHome: {equals: true, or-unset: true}", False),
        ("Service.ProtectHome: {set: true}", False),
        ("Service.ProtectHome: {set: false}", False),
        ("not: {Service.ProtectHome: {set: true}}", False),
        ("Service.MemoryHigh: {less-than: {value-of: Service.MemoryMax}}", False),
    ],
)
def test_a_value_that_systemd_ignores_is_unknown(tmp_path: Path, condition: str, holds: bool) -> None:
    body = "[Service]\nProtectHome=maybe\nMemoryHigh=1G\nMemoryMax=lots"
    assert bool(findings(tmp_path, f"match: {{{condition}}}", body)) is holds


def test_a_directive_that_the_release_does_not_have_is_not_set(tmp_path: Path) -> None:
    rule = tmp_path / "XX002-own-rule"
    rule.mkdir()
    (rule / "rule.yaml").write_text(HEAD.format(code="XX002") + "match: {Service.PrivatePIDs: {set: false}}")
    for release, times in ((252, 1), (257, 0)):
        found = unitlint.check_text(
            "[Service]\nPrivatePIDs=yes", rules=[str(tmp_path)], select=["XX002"], systemd_version=release
        )
        assert len(found) == times, release
