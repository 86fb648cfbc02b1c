"""What is told of the place under the pointer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.lsp.conftest import WEB
from tests.lsp.editor import MARK, Editor


def told(editor: Editor, where: Path | str, marked: str) -> str:
    """The text at the mark; empty where there is none."""
    found = editor.at_mark("textDocument/hover", where, marked)
    return "" if found is None else str(found["contents"]["value"])


def marked(text: str, before: str) -> str:
    """The text with a mark within the word ``before``."""
    assert before in text
    return text.replace(before, before[:2] + MARK + before[2:], 1)


def test_a_directive_says_what_it_takes_its_default_and_where_it_is_described(editor: Editor, folder: Path) -> None:
    text = told(editor, folder / "web.service", marked(WEB, "RestartSec="))
    assert "**RestartSec=** in [Service]" in text
    assert "Takes a time span such as `90s`" in text
    assert "Default: 100ms." in text
    assert "[systemd.service(5)](https://www.freedesktop.org/" in text
    assert "systemd.service.html#RestartSec=)" in text


@pytest.mark.parametrize(
    ("directive", "says"),
    [
        ("Restart=", "One of `always`, `no`, `on-abnormal`"),
        ("MemoryMax=", "Since 231."),
        ("OOMScoreAdjust=", "from -1000 to 1000"),
        ("MemoryLimit=", "emoved in 258, replaced by MemoryMax=."),
        ("Environment=", "May be given several times; an empty value resets it."),
    ],
)
def test_facts_of_directives(editor: Editor, folder: Path, directive: str, says: str) -> None:
    assert says in told(editor, folder / "a.service", marked(f"[Service]\n{directive}\n", directive))


def test_every_directive_can_be_described() -> None:
    from unitlint.catalogue import all_entries
    from unitlint.lsp.directive_words import TAKES, takes

    missing = {entry["type"] for entry in all_entries()} - TAKES.keys()
    assert missing == set()
    assert all(takes(entry) and not takes(entry).endswith(".") for entry in all_entries())


def test_defaults_are_of_directives_that_there_are() -> None:
    from unitlint.catalogue import all_entries
    from unitlint.lsp.directive_words import DEFAULTS
    from unitlint.lsp.value_tables import FORMS, RANGES, ZERO_IS_INFINITY

    names = {entry["name"] for entry in all_entries()}
    assert {*DEFAULTS, *RANGES, *FORMS, *ZERO_IS_INFINITY} - names == set()


def test_the_effective_value_with_its_place(editor: Editor, folder: Path) -> None:
    text = told(editor, folder / "web.service", marked(WEB, "MemoryMax="))
    link = (folder / "web.service.d" / "10-memory.conf").as_uri()
    assert f"- `2G` from [web.service.d/10-memory.conf:2]({link}#L2)" in text
    assert "- not `1G` from line 8" in text


def test_in_the_drop_in_the_unit_file_is_told(editor: Editor, folder: Path) -> None:
    text = told(editor, folder / "web.service.d" / "10-memory.conf", marked("[Service]\nMemoryMax=3G\n", "MemoryMax"))
    assert "- `3G` from line 2" in text
    assert "- not `1G` from [web.service:8]" in text


def test_all_values_of_a_list(editor: Editor, folder: Path) -> None:
    text = told(editor, folder / "a.service", marked("[Service]\nEnvironment=A=1\nEnvironment=B=2\n", "Environment"))
    assert "- `A=1` from line 2\n- `B=2` from line 3" in text


def test_a_value_that_holds_nothing(editor: Editor, folder: Path) -> None:
    text = told(editor, folder / "a.service", marked("[Service]\nRestart=maybe\n", "Restart"))
    assert "Effective value: none" in text


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("RestartSec=5400", "`5400`: 1 hour 30 minutes"),
        ("RestartSec=1min 30s", "`1min 30s`: 1 minute 30 seconds"),
        ("TimeoutStopSec=infinity", "no limit"),
        ("TimeoutStopSec=0", "no limit"),
        ("RestartSec=0", "0 seconds"),
        ("MemoryMax=1.5G", "1,610,612,736 bytes"),
        ("SystemCallFilter=@reboot", "**@reboot**: `kexec_file_load`"),
    ],
)
def test_values_spelled_out(editor: Editor, folder: Path, line: str, says: str) -> None:
    name, _, value = line.partition("=")
    assert says in told(editor, folder / "a.service", f"[Service]\n{name}={value[:1]}{MARK}{value[1:]}\n")


def test_a_calendar_expression_says_when_it_elapses(editor: Editor, folder: Path) -> None:
    text = told(editor, folder / "a.timer", f"[Timer]\nOnCalendar=dai{MARK}ly\n")
    assert "`daily` is `*-*-* 00:00:00`" in text
    assert len(re.findall(r"^- \w{3} \d{4}-\d\d-\d\d 00:00:00", text, re.MULTILINE)) == 3
    past = told(editor, folder / "b.timer", f"[Timer]\nOnCalendar=2003{MARK}-01-01\n")
    assert "never elapses again" in past


@pytest.mark.parametrize(
    ("name", "specifier", "says"),
    [
        ("web@.service", "%i", "the instance name, escaped"),
        ("web@blue.service", "%i", "Here: `blue`"),
        ("web.service", "%n", "Here: `web.service`"),
        ("web.service", "%S", "Here: `/var/lib`"),
        ("web.service", "%%", "a single percent sign"),
    ],
)
def test_a_specifier_s_value(editor: Editor, folder: Path, name: str, specifier: str, says: str) -> None:
    text = f"[Service]\nExecStart=/usr/bin/x {specifier[0]}{MARK}{specifier[1]}\n"
    assert says in told(editor, folder / name, text)


def test_every_specifier_is_described() -> None:
    from unitlint.catalogue import facts
    from unitlint.lsp.specifier_words import MEANINGS

    assert {entry["specifier"] for entry in facts("specifiers")} | {"%%"} == {f"%{letter}" for letter in MEANINGS}


def test_a_finding_s_why(editor: Editor, folder: Path) -> None:
    text = told(editor, folder / "a.service", f"[Service]\nExecStart=/usr/bin/x\nRestart=on{MARK}-fail\n")
    assert "UL103" in text
    assert "invalid-value" in text
    assert "systemd" in text


@pytest.mark.parametrize("place", [f"# Restart{MARK}=\n[Service]\n", f"[Nonsense]\nRest{MARK}art=no\n", f"{MARK}\n"])
def test_nothing_to_say(editor: Editor, folder: Path, place: str) -> None:
    assert "Takes" not in told(editor, folder / "a.service", place)


def test_keys_of_quadlets(editor: Editor, folder: Path) -> None:
    text = told(editor, folder / "a.container", f"[Container]\nIm{MARK}age=x\n")
    assert "**Image=** in [Container]" in text
    assert "podman-systemd.unit(5)" in text


def test_half_typed_templates(editor: Editor, folder: Path) -> None:
    assert "Takes" in told(editor, folder / "a.service.j2", f"[Service]\nMemory{MARK}Max={{{{ limit }}}}\n")
