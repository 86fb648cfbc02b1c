"""One cause, one finding: what follows from a misspelt name is a note of that finding."""

from __future__ import annotations

import pytest

from unitlint.api import check_text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[Service]\ntype=oneshot\nRemainAfterExit=yes\nTimeoutStopSec=0\nExecStart=/usr/bin/app\n", "UL101"),
        ("[Service]\nType=one-shot\nRemainAfterExit=yes\nExecStart=/usr/bin/a\nExecStart=/usr/bin/b\n", "UL103"),
        ("[Unit]\nType=oneshot\n[Service]\nRemainAfterExit=yes\nExecStart=/usr/bin/app\n", "UL102"),
        ("[service]\nExecStart=/usr/bin/app\n", "UL005"),
        ("[Service]\nExecStrat=/usr/bin/app\n", "UL101"),
        ("ExecStart=/usr/bin/app\n[Service]\nRestart=always\n", "UL004"),
    ],
)
def test_what_follows_is_a_note(text: str, code: str) -> None:
    loud = [finding for finding in check_text(text, "app.service") if finding.severity != "info"]
    assert [finding.code for finding in loud] == [code]
    assert loud[0].related


def test_what_does_not_follow_is_told() -> None:
    text = "[Unit]\nDescriptoin=x\n[Servise]\nNice=5\n[Service]\nRemainAfterExit=yes\nExecStart=/usr/bin/app\n"
    codes = {finding.code for finding in check_text(text, "app.service")}
    assert codes >= {"UL101", "UL005", "UL611"}


def test_prose_in_place_of_words_is_told_once() -> None:
    text = "[Unit]\nDocumentation=a page about this program\nAfter=one two\n[Service]\nExecStart=/usr/bin/app\n"
    lines = [finding.line for finding in check_text(text, "app.service") if finding.code == "UL103"]
    assert lines == [2, 3, 3]


def test_lines_without_a_section_have_one_cause() -> None:
    text = "Unit]\nDescription=App\nAfter=network.target\n[Service]\nExecStart=/usr/bin/app\n"
    (found,) = [finding for finding in check_text(text, "app.service") if finding.severity == "error"]
    assert (found.code, found.line, found.help) == ("UL004", 1, "Write `[Unit]`.")
    assert [note.line for note in found.related] == [2, 3]
