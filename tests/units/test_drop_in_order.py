"""Which drop-ins a unit gets, in which order, and which of the same name wins (checked against systemd 252)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.units.trees import SIMPLE, expanded, files_of, load
from unitlint.files.names import drop_in_folders

FOLDERS = {
    "a.service": "a.service service",
    "a-b.service": "a-b.service a-.service service",
    "a-b-c.service": "a-b-c.service a-b-.service a-.service service",
    "a-b-.service": "a-b-.service a-.service service",
    "a-b--.service": "a-b--.service a-b-.service a-.service service",
    "a--b.service": "a--b.service a--.service a-.service service",
    "-a-b.service": "-a-b.service -a-.service service",
    "-.mount": "-.mount mount",
    "t@.service": "t@.service service",
    "t@x.service": "t@x.service t@.service service",
    "a-t@.service": "a-t@.service a-.service a-@.service service",
    "a-t@x.service": "a-t@x.service a-t@.service a-.service a-@x.service a-@.service service",
    "a-b-t@x.path": "a-b-t@x.path a-b-t@.path a-b-.path a-.path a-b-@x.path a-b-@.path a-@x.path a-@.path path",
    "t@a-b.service": "t@a-b.service t@.service service",
}  # fmt: skip


@pytest.mark.parametrize("name", FOLDERS)
def test_folders(name: str) -> None:
    assert " ".join(folder.removesuffix(".d") for folder in drop_in_folders(name)) == FOLDERS[name]


ORDER = {
    "by file name, not by folder": ("a.service", "LIB/a.service.d/10.conf ETC/a.service.d/05.conf", "2 1"),
    "as bytes: digits, capitals, small": (
        "a.service", "ETC/a.service.d/b.conf ETC/a.service.d/B.conf ETC/a.service.d/9.conf ETC/a.service.d/10.conf",
        "4 3 2 1",
    ),
    "etc hides run hides local hides lib": (
        "a.service",
        "LIB/a.service.d/x.conf LOCAL/a.service.d/x.conf RUN/a.service.d/x.conf ETC/a.service.d/x.conf",
        "4",
    ),
    "run hides local": ("a.service", "LOCAL/a.service.d/x.conf RUN/a.service.d/x.conf", "2"),
    "local hides lib": ("a.service", "LIB/a.service.d/x.conf LOCAL/a.service.d/x.conf", "2"),
    "a higher folder beats the prefix": ("a-b-c.service", "LIB/a-b-.service.d/x.conf ETC/a-.service.d/x.conf", "2"),
    "in one folder the longer prefix wins": ("a-b-c.service", "ETC/a-.service.d/x.conf ETC/a-b-.service.d/x.conf", "2"),
    "the unit's own beats a prefix": ("a-b.service", "ETC/a-.service.d/x.conf ETC/a-b.service.d/x.conf", "2"),
    "type-level loses even from etc": ("a.service", "ETC/service.d/x.conf LIB/a.service.d/x.conf", "2"),
    "type-level of another name is read": ("a.service", "ETC/service.d/z.conf LIB/a.service.d/x.conf", "2 1"),
    "of another type it is not": ("a.service", "ETC/socket.d/z.conf", ""),
    "an instance beats its template": ("t@i.service", "ETC/t@.service.d/x.conf ETC/t@i.service.d/x.conf", "2"),
    "another instance's is not read": ("t@i.service", "ETC/t@j.service.d/x.conf", ""),
    "a template's prefix is cut": ("a-t@i.service", "ETC/a-.service.d/x.conf ETC/a-@.service.d/y.conf", "1 2"),
    "a plain prefix beats an instance's": ("a-t@i.service", "ETC/a-@i.service.d/x.conf ETC/a-.service.d/x.conf", "2"),
    "only .conf counts": ("a.service", "ETC/a.service.d/x.conf.bak ETC/a.service.d/y ETC/a.service.d/.z.conf", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", ORDER)
def test_order(tmp_path: Path, case: str) -> None:
    name, places, expected = ORDER[case]
    stem = name.partition("@")
    fragment = f"{stem[0]}@.service" if stem[1] else name
    paths = places.split()
    unit = load(tmp_path, name, {f"LIB/{fragment}": SIMPLE, **dict.fromkeys(paths, "[Service]\nNice=1\n")})
    assert files_of(unit, tmp_path)[1:] == [expanded(paths[int(number) - 1]) for number in expected.split()]


MASKS = {"an empty file": "", "a link to /dev/null": "-> /dev/null"}


@pytest.mark.parametrize("mask", MASKS)
def test_a_masked_drop_in_hides_those_of_its_name(tmp_path: Path, mask: str) -> None:
    files = {
        "LIB/a.service": SIMPLE,
        "LIB/a.service.d/x.conf": "[Service]\nNice=1\n",
        "LIB/service.d/x.conf": "[Service]\nNice=2\n",
        "ETC/a.service.d/x.conf": MASKS[mask],
    }
    unit = load(tmp_path, "a.service", files)
    assert unit.last("Service", "Nice") is None
    assert files_of(unit, tmp_path)[1:] == [expanded("ETC/a.service.d/x.conf")]
