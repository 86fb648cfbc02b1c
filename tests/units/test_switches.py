"""Switches: every spelling that systemd knows (parse-util.c: parse_boolean) says the same to every rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from unitlint import check_text, load_unit
from unitlint.values.typed import parse_boolean

YES = ("1", "yes", "y", "true", "t", "on", "YES", "True", "oN")
NO = ("0", "no", "n", "false", "f", "off", "NO", "False", "oFF")

SERVICE = """\
[Unit]
Description=Sets the clock
DefaultDependencies={word}

[Service]
Type={type}
ExecStart=/usr/bin/set-clock --daemon
GuessMainPID={word}
"""


@pytest.mark.parametrize(("word", "truth"), [*((word, True) for word in YES), *((word, False) for word in NO)])
def test_a_switch_is_on_or_off(word: str, truth: bool, tmp_path: Path) -> None:
    path = tmp_path / "clock.service"
    path.write_text(SERVICE.format(word=word, type="simple"))
    unit = load_unit(path)
    assert (unit.is_on("Unit", "DefaultDependencies"), unit.is_off("Unit", "DefaultDependencies")) == (truth, not truth)


@pytest.mark.parametrize("word", ["", "maybe", "yess", "2", "strict", "on off"])
def test_another_word_is_neither(word: str) -> None:
    assert parse_boolean(word) is None


def test_what_is_not_assigned_is_what_the_caller_says(tmp_path: Path) -> None:
    path = tmp_path / "clock.service"
    path.write_text("[Service]\nExecStart=/usr/bin/a\nProtectSystem=strict\n")
    unit = load_unit(path)
    assert not unit.is_on("Service", "PrivateTmp")
    assert unit.is_on("Service", "SendSIGKILL", default=True)
    assert unit.is_off("Service", "PrivateTmp", default=True)
    assert not unit.is_on("Service", "ProtectSystem")
    assert not unit.is_off("Service", "ProtectSystem")


@pytest.mark.parametrize("word", NO)
def test_early_units_are_left_alone_by_rules_about_daemons(word: str) -> None:
    codes = {finding.code for finding in check_text(SERVICE.format(word=word, type="simple"), "clock.service")}
    assert not codes & {"UL401", "UL601"}


@pytest.mark.parametrize("word", NO)
def test_a_main_process_that_is_not_guessed(word: str) -> None:
    text = SERVICE.format(word=word, type="forking")
    assert "UL513" not in {finding.code for finding in check_text(text, "clock.service", profile="strict")}


@pytest.mark.parametrize("word", YES)
def test_an_isolating_unit_of_old(word: str) -> None:
    text = f"[Unit]\nOnFailure=a.target b.target\nOnFailureIsolate={word}\n[Service]\nExecStart=/usr/bin/a\n"
    assert "UL271" in {finding.code for finding in check_text(text, "a.service")}


@pytest.mark.parametrize("release", [239, 247, 252, 257, 262])
def test_what_is_no_unit_does_not_count_for_isolation(release: int) -> None:
    text = "[Unit]\nOnFailure=a.service\nOnFailure=%b\nOnFailureJobMode=isolate\n[Service]\nExecStart=/bin/true\n"
    found = check_text(text, "b.service", profile="conform", systemd_version=release)
    assert [(finding.line, finding.effect) for finding in found if finding.effect] == [(3, "ignored")]


@pytest.mark.parametrize("word", NO)
def test_a_directory_that_is_not_preserved(word: str) -> None:
    text = f"[Service]\nType=oneshot\nExecStart=/usr/bin/a\nRuntimeDirectory=a\nRuntimeDirectoryPreserve={word}\n"
    assert "UL629" in {finding.code for finding in check_text(text, "a.service", profile="strict")}
