"""What is said of a directive that systemd does not know where it stands, and that has a meaning elsewhere."""

from __future__ import annotations

import pytest

from unitlint.api import check_text

CASES = {
    "[Unit]\nPathExists=/srv\n[Mount]\nWhat=/dev/sda1\nWhere=/x\n": "did you mean `ConditionPathExists`?",
    "[Mount]\nWhat=/dev/sda1\nWhere=/x\nTimeoutIdleSec=10\n": "belongs in [Automount] of a unit",
    "[Mount]\nWhat=/dev/sda1\nWhere=/x\nPublishPort=80:80\n": "belongs in [Container] of a Quadlet",
}


@pytest.mark.parametrize("text", CASES)
def test_where_it_belongs(text: str) -> None:
    (found,) = [finding for finding in check_text(text, "x.mount") if finding.code == "UL101"]
    assert CASES[text] in found.help


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("HTTP_PROXY=http://proxy:3128", "Write `Environment=HTTP_PROXY=…`"),
        ("JAVA_OPTS=-Xmx1g -Xms1g", 'Write `Environment="JAVA_OPTS=…"`'),
        ("RestartSecs=1", "did you mean `RestartSec`?"),
    ],
)
def test_variables_among_directives(line: str, words: str) -> None:
    (found,) = [
        finding
        for finding in check_text(f"[Service]\nExecStart=/bin/x\n{line}\n", "x.service")
        if finding.code == "UL101"
    ]
    assert words in found.help
