"""What stands below an unclosed quote belongs to it."""

from __future__ import annotations

import pytest

from unitlint.api import check_text

HEAD = "[Service]\nRestart=on-failure\nExecStart=/bin/sh -c "


def _codes(body: str, **settings: object) -> list[tuple[int, str]]:
    found = check_text(HEAD + body, "app.service", **settings)
    return [(finding.line, finding.code) for finding in found if finding.severity != "info"]


@pytest.mark.parametrize(
    "script",
    [
        '"\nCOUNT=1\nsystemctl stop app\n"',
        "'first\n\n  [ -e /run/app ] || exit\n  A=b'\nNice=5",
        '"say \\"\nA=1\nend"',
    ],
)
def test_the_rest_of_a_value_is_no_line_of_its_own(script: str) -> None:
    assert _codes(script) == [(3, "UL103")]


def test_what_stands_behind_the_quote_is_checked() -> None:
    assert _codes('"\nCOUNT=1\n"\nRestarts=always') == [(3, "UL103"), (6, "UL101")]


def test_without_a_second_quote_every_line_counts() -> None:
    assert _codes("'first\nCOUNT=1\n[Install]\nWantedBy=multi-user.target") == [(3, "UL103"), (4, "UL101")]


def test_of_a_value_that_is_ignored_too() -> None:
    text = "[Service]\nExecStart=/bin/app\nEnvironment='A=1\nCOUNT=2'\nRestarts=always"
    found = [(finding.line, finding.code) for finding in check_text(text, "app.service") if finding.severity != "info"]
    assert found == [(3, "UL103"), (5, "UL101")]


def test_in_conform_each_line_is_what_systemd_makes_of_it() -> None:
    text = "[Service]\nExecStart=/bin/app\nEnvironment='A=1\nCOUNT=2'"
    assert [finding.code for finding in check_text(text, "app.service", profile="conform")] == ["UL103", "UL101"]


def test_the_rest_of_a_command_behind_a_backslash_and_a_blank() -> None:
    command = "/bin/docker run \\\n  --rm \\ \n  --env A=1 \\\n  --env B=2 \\\n  image"
    text = f"[Service]\nExecStart={command}\nRestarts=always\n"
    found = [(finding.line, finding.code) for finding in check_text(text, "app.service") if finding.severity != "info"]
    assert found == [(2, "UL007"), (7, "UL101")]
