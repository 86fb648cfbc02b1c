"""Words joined by a hyphen and values are never broken at the end of a line, however wide the terminal is."""

from __future__ import annotations

import os
import re
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unitlint.api import load_unit
from unitlint.cli.argument_parser import HelpFormatter
from unitlint.cli.parser import COMMANDS, main
from unitlint.harden.plan import make_plan
from unitlint.report import hardening

BROKEN = re.compile(r"[A-Za-z0-9](?:-|=)$")
"""A line that ends in the first half of a word such as on-success, or before the value of an assignment."""


@pytest.mark.parametrize("command", ["", *COMMANDS])
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(width=st.integers(40, 120))
def test_the_help_of_commands(command: str, width: int, capsys: pytest.CaptureFixture[str]) -> None:
    def columns(_descriptor: int = 1) -> os.terminal_size:
        return os.terminal_size((width, 24))

    at_terminal = mock.patch("sys.stdout.fileno", return_value=1, create=True)
    with mock.patch("os.get_terminal_size", columns), at_terminal, pytest.raises(SystemExit):
        main([*filter(None, [command]), "--help"])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if re.search(r"[A-Za-z0-9]-$", line)] == []


@given(st.lists(st.from_regex(r"[a-z]{1,9}(-[a-z]{1,9}){0,3}=?", fullmatch=True), max_size=40), st.integers(40, 120))
def test_every_word_of_a_help_stays_whole(words: list[str], width: int) -> None:
    formatter = HelpFormatter("unitlint", width=width)
    lines = formatter._split_lines(" ".join(words), width - 20)
    assert " ".join(lines).split() == words
    assert all(len(line) <= width - 20 or " " not in line for line in lines)


@pytest.mark.parametrize("level", ["safe", "moderate", "strict"])
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(width=st.integers(40, 120))
def test_the_comments_of_a_hardening_drop_in(level: str, width: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    unit = tmp_path_factory.mktemp("units") / "app.service"
    unit.write_text("[Service]\nExecStart=/usr/bin/app\nUser=app\n", encoding="utf-8")
    with mock.patch.object(hardening, "WIDTH", width):
        text = hardening.render(make_plan(load_unit(unit), level, 257), "app.service.d/50-hardening.conf")
    comments = [line for line in text.splitlines() if line.startswith("#") and "systemd-run" not in line]
    assert [line for line in comments if BROKEN.search(line)] == []
