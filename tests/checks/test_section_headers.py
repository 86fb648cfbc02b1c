"""Headers that only some releases take, and sections without directives."""

from __future__ import annotations

import pytest

import unitlint
from unitlint.files.gather import sources_of

SERVICE = "[Service]\nExecStart=/bin/true\n"
RELEASES = (239, 250, 251, 257, 260, 261, 262)
HEADERS = {
    "[]": "wwwwwwR",
    "[[Service]": "wwwwwRR",
    "[a*]": "wwwwwRR",
    "[X-[a]": ".....RR",
    '["Service"]': "wwRRRRR",
    "['Service']": "wwRRRRR",
    "[Un\x7fit]": "wwRRRRR",
    "[a\\b]": "wwRRRRR",
    '[X-"a]': "..RRRRR",
    "[a]b]": "wwwwwww",
    "[X-]": ".......",
}
LETTERS = {"ignored": "w", "refused": "R"}


@pytest.mark.parametrize("header", HEADERS)
def test_header(header: str) -> None:
    found = ""
    for release in RELEASES:
        text = f"{SERVICE}{header}\nNice=x\n"
        effects = [(found.effect, found.line) for found in _check(text, "a.service", release)]
        assert all(line == 3 for _, line in effects)
        found += LETTERS[effects[0][0] or ""] if effects else "."
    assert found == HEADERS[header]


@pytest.mark.parametrize(("release", "nice"), [(250, "5"), (251, "3")])
def test_a_drop_in_holds_up_to_the_header_that_is_refused(release: int, nice: str) -> None:
    text = '[Service]\nNice=3\n["Service"]\nNice=4\n[Service]\nNice=5\n'
    from unitlint.files.layout import group
    from unitlint.units.load import load

    files = sources_of(text, "a.service.d/x.conf")
    unit = load(next(group(files, adopt=False)), release)
    assert [found.value for found in unit.all("Service", "Nice")] == [nice]


@pytest.mark.parametrize("kind", ["target", "device"])
@pytest.mark.parametrize("release", [239, 262])
def test_a_section_without_directives_is_read(kind: str, release: int) -> None:
    text = f"[Unit]\nDescription=x\n[{kind.capitalize()}]\n"
    assert not _check(text, f"a.{kind}", release)
    assert [found.line for found in _check(text + "A=1\n", f"a.{kind}", release)] == [4]


def _check(text: str, name: str, release: int) -> list[unitlint.Finding]:
    findings = unitlint.check_text(text, name, profile="conform", systemd_version=release)
    return [found for found in findings if found.effect]
