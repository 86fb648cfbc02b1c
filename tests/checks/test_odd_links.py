"""Links in dependency folders and links to units that systemd does not take at their word."""

from __future__ import annotations

from pathlib import Path

import pytest

import unitlint
from tests.units.trees import SIMPLE, plant

RELEASES = (239, 242, 243, 245, 262)
FILES = {f"ETC/{name}": SIMPLE for name in ("a.service", "b.service", "x.service", "c@.service", "c@j.service")}
LINKS = {
    # in the folder of a unit that is no template
    "x.service.wants/a.service -> ../a.service": ".....",
    "x.service.wants/c@i.service -> ../c@.service": ".....",
    "x.service.wants/gone.service -> ../gone.service": ".....",
    "x.service.wants/a.service -> /dev/null": ".....",
    "x.service.wants/a.service -> ../b.service": "WWWWW",
    "x.service.requires/a.socket -> ../a.service": "WWWWW",
    "x.service.wants/c@i.service -> ../c@j.service": "WWWWW",
    "x.service.wants/a -> ../a.service": "WWWWW",
    "x.service.wants/c@.service -> ../c@.service": "...WW",
    # other names of a unit
    "d.service -> a.service": ".....",
    "d@.service -> c@.service": ".....",
    "d@i.service -> c@.service": ".....",
    "d.target -> a.service": "..www",
    "d.service -> c@.service": "..www",
    "d@.service -> a.service": "..www",
    "d@i.service -> c@j.service": "..www",
}
LETTERS = {"warned": "W", "ignored": "w"}


@pytest.mark.parametrize("link", LINKS)
def test_link(tmp_path: Path, link: str) -> None:
    name, _, target = link.partition(" -> ")
    plant(tmp_path, {**FILES, f"ETC/{name}": f"-> {target}"})
    assert _told(tmp_path, name) == LINKS[link]


@pytest.mark.parametrize("kind", ["slice", "mount", "automount", "swap"])
def test_some_types_have_one_name(tmp_path: Path, kind: str) -> None:
    section = {"slice": "[Slice]\n", "swap": "[Swap]\nWhat=/a\n"}.get(
        kind, f"[{kind.capitalize()}]\nWhere=/a\nWhat=/b\n"
    )
    plant(tmp_path, {f"ETC/a.{kind}": section, f"ETC/d.{kind}": f"-> a.{kind}"})
    assert _told(tmp_path, f"d.{kind}") == "..www"


@pytest.mark.parametrize(("text", "told"), [("", "....."), (SIMPLE, "WWWWW")])
def test_a_file_is_no_link(tmp_path: Path, text: str, told: str) -> None:
    plant(tmp_path, {**FILES, "ETC/x.service.wants/a.service": text})
    assert _told(tmp_path, "x.service.wants/a.service") == told


def _told(top: Path, name: str) -> str:
    told = ""
    for release in RELEASES:
        report = unitlint.check_paths(top, profile="conform", systemd_version=release)
        effects = [(found.path, found.effect) for found in report.findings if found.path.endswith(f"/{name}")]
        assert len(effects) < 2
        told += LETTERS[effects[0][1] or ""] if effects else "."
    return told
