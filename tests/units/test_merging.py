"""What is left of repeated, empty and bad assignments."""

from __future__ import annotations

import pytest

from tests.units.trees import value
from unitlint.files.source import Source, UnitFiles
from unitlint.units.load import load
from unitlint.units.unit import Unit

CASES = {
    "the last scalar wins": ("Service.Nice", "Nice=1|Nice=2", ["2"]),
    "a list grows": ("Service.Environment", "Environment=A=1|Environment=B=2", ["A=1", "B=2"]),
    "a bad scalar overrides nothing": ("Service.Restart", "Restart=always|Restart=evr", ["always"]),
    "a bad scalar is no value": ("Service.MemoryMax", "MemoryMax=1GB", []),
    "a bad scalar, then a good one": ("Service.Nice", "Nice=x|Nice=3", ["3"]),
    "a value with a comment behind it": ("Service.PrivateTmp", "PrivateTmp=no|PrivateTmp=yes # safe", ["no"]),
    "good words of a list stay": ("Service.Environment", "Environment=A B=2", ["A B=2"]),
    "a list without a good word": ("Service.Environment", "Environment=A 1B=2", []),
    "an unbalanced quote ends a list": ("Service.Environment", 'Environment="A=1 B=2', []),
    "a whole value of a list is dropped": ("Service.EnvironmentFile", "EnvironmentFile=a|EnvironmentFile=/b", ["/b"]),
    "an optional command that is bad": ("Service.ExecStartPre", "ExecStartPre=-a/b|ExecStartPre=/c", ["/c"]),
    "commands before a bad one stay": ("Service.ExecStartPre", "ExecStartPre=/c ; -a/b", ["/c ; -a/b"]),
    "an empty value resets a list": ("Service.Environment", "Environment=A=1|Environment=|Environment=B=2", ["B=2"]),
    "an empty value resets commands": ("Service.ExecStartPre", "ExecStartPre=/a|ExecStartPre=", []),
    "and only those": ("Service.ExecStartPre", "ExecStartPre=/a|ExecStart=", ["/a"]),
    "an empty boolean changes nothing": ("Service.PrivateTmp", "PrivateTmp=yes|PrivateTmp=", ["yes"]),
    "dependencies cannot be taken back": ("Unit.After", "[Unit]|After=a.service|After=", ["a.service"]),
    "one empty condition clears all": ("Unit.ConditionHost", "[Unit]|ConditionHost=a|ConditionPathExists=", []),
    "but no assertion": ("Unit.AssertPathExists", "[Unit]|AssertPathExists=/a|ConditionHost=", ["/a"]),
    "a description that cannot be expanded": ("Unit.Description", "[Unit]|Description=a|Description=%Zb", ["a"]),
    "an unknown directive is none": ("Service.Frobnicate", "Frobnicate=1", []),
    "a directive in the wrong section": ("Service.After", "After=a.service", []),
    "a directive that is too new": ("Service.MemoryZSwapMax", "MemoryZSwapMax=1G", []),
    "deprecated, but taken": ("Service.CPUShares", "CPUShares=100", ["100"]),
    "gone": ("Service.SysVStartPriority", "SysVStartPriority=5", []),
    "a value that refuses the unit is judged as meant": ("Service.User", "User=-", ["-"]),
}


@pytest.mark.parametrize("case", CASES)
def test_case(case: str) -> None:
    name, lines, expected = CASES[case]
    assert value(unit_of(lines), name) == expected


def unit_of(*texts: str, release: int = 252) -> Unit:
    """A service of a fragment and drop-ins, written in lines parted by ``|``."""
    sources = []
    for number, text in enumerate(texts):
        body = "\n".join(text.split("|")) + "\n"
        path = f"a.service.d/{number}.conf" if number else "a.service"
        sources.append(Source(path, "unit", "a.service", f"[Service]\n{body}".encode()))
    return load(UnitFiles("a.service", "unit", "system", sources[0], tuple(sources[1:])), release)


def test_what_is_taken_depends_on_the_release() -> None:
    assert value(unit_of("MemoryZSwapMax=1G", release=253), "Service.MemoryZSwapMax") == ["1G"]
    assert value(unit_of("CPUShares=100", release=258), "Service.CPUShares") == []


def test_a_drop_in_overrides_adds_and_resets() -> None:
    unit = unit_of("Nice=1|ExecStart=/a|Environment=A=1", "Nice=2|ExecStart=|ExecStart=/b", "Environment=B=2")
    assert value(unit, "Service.Nice") == ["2"]
    assert value(unit, "Service.ExecStart") == ["/b"]
    assert [(one.path, one.line) for one in unit.all("Service", "Environment")] == [
        ("a.service", 4),
        ("a.service.d/2.conf", 2),
    ]


def test_a_value_that_refuses_loses_only_the_rest_of_a_drop_in() -> None:
    unit = unit_of("Nice=1", "PrivateTmp=yes|DynamicUser=maybe|Nice=2", "LimitNOFILE=5")
    assert value(unit, "Service.PrivateTmp") == ["yes"]
    assert value(unit, "Service.DynamicUser") == []
    assert value(unit, "Service.Nice") == ["1"]
    assert value(unit, "Service.LimitNOFILE") == ["5"]


def test_what_was_meant_is_kept_for_rules() -> None:
    unit = unit_of("MemoryMax=1GB|Nice=1|Nice=x")
    assert [one.value for one in unit.meant("Service", "MemoryMax")] == ["1GB"]
    assert [one.value for one in unit.meant("Service", "Nice")] == ["1"]
    assert unit.meant("Service", "User") == ()
