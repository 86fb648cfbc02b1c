"""Unsaved buffers are checked in place of the files on disk, together with the rest of their units there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import unitlint
from unitlint.api import check_overlay, check_paths, check_text

BASE = "[Service]\nExecStart=/usr/bin/web\nMemoryMax=1G\n"
HIGH = "[Service]\nMemoryHigh=2G\n"
"""MemoryHigh= above the MemoryMax= of BASE: UL303."""
RULES = ["UL102", "UL103", "UL303"]
EDITED = "3f2b0123456789ab"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def found(texts: dict[Path, str], folder: Path, paths: list[Path] | None = None, **settings: Any) -> list[str]:
    given: dict[str | os.PathLike[str], str | bytes] = dict(texts)
    report = check_overlay(given, paths, **{"select": RULES, **settings})
    assert not report.errors
    return [f"{os.path.relpath(one.path, folder)}:{one.line} {one.code}" for one in report.findings]


def test_a_buffer_counts_in_place_of_its_file(tmp_path: Path) -> None:
    unit = write(tmp_path / "web.service", "[Service]\nExecStart=/usr/bin/web\nNice=loud\n")
    report = check_overlay({unit: "[Service]\nExecStart=/usr/bin/web\nNice=5\nMemoryMax=much\n"}, select=RULES)
    assert [(one.path, one.line, one.code) for one in report.findings] == [(str(unit), 4, "UL103")]
    assert report.sources[str(unit)].endswith("MemoryMax=much\n")
    assert (report.files, report.units) == (1, 1)


def test_a_unit_that_is_not_saved_yet_is_merged_with_its_drop_ins(tmp_path: Path) -> None:
    write(tmp_path / "web.service.d" / "a.conf", "[Service]\nMemoryMax=512M\nNice=loud\n")
    unit = tmp_path / "web.service"
    assert found({unit: BASE + "MemoryHigh=768M\n"}, tmp_path) == ["web.service:4 UL303"]


def test_an_unsaved_drop_in_is_merged_with_its_unit(tmp_path: Path) -> None:
    write(tmp_path / "web.service", BASE + "Nice=loud\n")
    assert found({tmp_path / "web.service.d" / "new.conf": HIGH}, tmp_path) == ["web.service.d/new.conf:2 UL303"]
    write(tmp_path / "web.service.d" / "new.conf", "[Service]\nMemoryHigh=1M\n")
    assert found({tmp_path / "web.service.d" / "new.conf": HIGH}, tmp_path) == ["web.service.d/new.conf:2 UL303"]


def test_buffers_of_one_unit_are_merged_with_each_other(tmp_path: Path) -> None:
    unit = write(tmp_path / "web.service", "[Service]\nExecStart=/usr/bin/web\n")
    drop_in = tmp_path / "web.service.d" / "a.conf"
    assert found({drop_in: HIGH}, tmp_path) == []
    assert found({drop_in: HIGH, unit: BASE}, tmp_path) == ["web.service.d/a.conf:2 UL303"]


def test_a_search_path_is_one_tree_however_its_buffers_are_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "usr/lib/systemd/system/web.service", "[Service]\nExecStart=/usr/bin/web\n")
    drop_in = Path("etc/systemd/system/web.service.d/a.conf")
    unit = tmp_path / "usr/lib/systemd/system/web.service"
    assert found({drop_in: HIGH, unit: BASE}, tmp_path) == [f"{drop_in}:2 UL303"]
    report = check_overlay({unit: BASE, drop_in: HIGH}, ["usr"], select=RULES)
    assert [one.path for one in report.findings] == [str(drop_in)]
    report = check_overlay({unit: BASE + "MemoryHigh=2G\n"}, ["usr"], select=RULES)
    assert [one.path for one in report.findings] == [str(unit)], "as it was given, not as the folder has it"
    assert report.sources[str(unit)].endswith("2G\n")


def test_only_buffers_are_reported_unless_paths_name_more(tmp_path: Path) -> None:
    write(tmp_path / "web.service", BASE + "Nice=loud\n")
    write(tmp_path / "mail.service", "[Service]\nExecStart=/usr/bin/mail\nNice=louder\n")
    drop_in = tmp_path / "web.service.d" / "a.conf"
    assert found({drop_in: HIGH}, tmp_path) == ["web.service.d/a.conf:2 UL303"]
    everything = ["mail.service:3 UL103", "web.service:4 UL103", "web.service.d/a.conf:2 UL303"]
    assert sorted(found({drop_in: HIGH}, tmp_path, [tmp_path])) == sorted(everything)
    assert found({drop_in: HIGH}, tmp_path, [tmp_path / "mail.service"]) == [everything[0], everything[2]]


def test_among_paths_it_is_what_the_same_text_on_disk_would_be(tmp_path: Path) -> None:
    unit = write(tmp_path / "web.service", "[Service]\nExecStart=/usr/bin/web\n")
    write(tmp_path / "web.service.d" / "a.conf", HIGH)
    write(tmp_path / "web.timer", "[Timer]\nOnBootSec=soon\n")
    text = BASE + "[Install]\nWantedBy=shop.target\n"
    overlaid = check_overlay({unit: text}, tmp_path, profile="strict")
    write(unit, text)
    saved = check_paths(tmp_path, profile="strict")
    assert overlaid.findings == saved.findings
    assert (overlaid.files, overlaid.units) == (saved.files, saved.units)


@pytest.mark.parametrize("name", ["override.conf", "new.conf"])
def test_what_systemctl_edit_opens_stands_for_the_drop_in(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "etc/systemd/system/web.service.d"
    write(tmp_path / "usr/lib/systemd/system/web.service", BASE)
    write(folder / "override.conf", "[Service]\nNice=loud\n")
    buffer = folder / f".#{name}{EDITED}"
    report = check_overlay({buffer: HIGH}, select=RULES)
    assert [(one.path, one.line, one.code) for one in report.findings] == [(str(buffer), 2, "UL303")]
    assert report.sources[str(buffer)] == HIGH


def test_what_systemctl_edit_full_opens_stands_for_the_unit(tmp_path: Path) -> None:
    folder = tmp_path / "etc/systemd/system"
    write(folder / "web.service.d" / "a.conf", "[Service]\nMemoryHigh=2G\n")
    assert found({folder / f".#web.service{EDITED}": BASE}, folder) == ["web.service.d/a.conf:2 UL303"]
    assert check_text("[Service]\nNice=loud\n", f".#web.service{EDITED}", select=RULES)[0].line == 2


def test_templates(tmp_path: Path) -> None:
    write(tmp_path / "web.service.j2", BASE)
    drop_in = tmp_path / "web.service.d" / "a.conf"
    assert found({drop_in: HIGH}, tmp_path) == ["web.service.d/a.conf:2 UL303"]
    text = "[Service]\nExecStart=/usr/bin/web\nMemoryMax={{ limit }}\nNice=loud\n"
    assert found({tmp_path / "web.service.j2": text, drop_in: HIGH}, tmp_path) == ["web.service.j2:4 UL103"]


def test_templates_that_the_settings_declare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    unit = tmp_path / "web.service"
    text = "[Service]\nExecStart=/usr/bin/web\nMemoryMax=$LIMIT\n"
    assert found({unit: text}, tmp_path) == ["web.service:3 UL103"]
    write(unit, BASE)
    assert found({unit: text}, tmp_path, templates={"*.service": "envsubst"}) == []
    assert found({unit: text}, tmp_path, [tmp_path], templates={"*.service": "envsubst"}) == []


def test_units_in_yaml(tmp_path: Path) -> None:
    host = write(tmp_path / "user-data.yaml", "packages: [nginx]\n")
    text = (
        "write_files:\n- path: /etc/systemd/system/web.service\n  content: |\n"
        "    [Service]\n    ExecStart=/usr/bin/web\n    Nice=loud\n"
    )
    assert found({host: text}, tmp_path) == ["user-data.yaml:6 UL103"]
    assert found({host: text}, tmp_path, [tmp_path]) == ["user-data.yaml:6 UL103"]
    write(host, text)
    assert found({host: text.replace("loud", "5")}, tmp_path, [tmp_path]) == []
    report = check_overlay({host: "packages: []\n"}, select=RULES)
    assert report.skipped == ((str(host), "it contains no unit"),)


def test_quadlets(tmp_path: Path) -> None:
    quadlet = write(tmp_path / "web.container", "[Container]\nImage=docker.io/library/nginx:1\n")
    drop_in = tmp_path / "web.service.d" / "a.conf"
    assert found({drop_in: HIGH}, tmp_path) == []
    text = quadlet.read_text() + "[Service]\nMemoryMax=1G\n"
    assert found({quadlet: text, drop_in: HIGH}, tmp_path) == ["web.service.d/a.conf:2 UL303"]
    # A name that the buffer gives its service counts at once.
    named = text.replace("[Service]", "ServiceName=shop\n[Service]")
    assert found({quadlet: named, drop_in: HIGH}, tmp_path) == []
    assert found({quadlet: named, drop_in: HIGH}, tmp_path, [tmp_path]) == []


def test_a_file_that_only_its_content_tells(tmp_path: Path) -> None:
    assert found({tmp_path / "unit.txt": "[Service]\nNice=loud\n"}, tmp_path) == ["unit.txt:2 UL103"]
    report = check_overlay({tmp_path / "notes.txt": "Nice=loud\n", tmp_path / "x.service": "#!/bin/sh\n"})
    assert not report.findings
    assert [path for path, _ in report.skipped] == [str(tmp_path / "notes.txt"), str(tmp_path / "x.service")]


def test_a_mask_or_a_broken_link_on_disk_does_not_hide_the_buffer(tmp_path: Path) -> None:
    for name, target in (("masked.service", "/dev/null"), ("broken.service", "nowhere")):
        (tmp_path / name).symlink_to(target)
        assert found({tmp_path / name: "[Service]\nNice=loud\n"}, tmp_path) == [f"{name}:2 UL103"]
        assert found({tmp_path / name: "[Service]\nNice=loud\n"}, tmp_path, [tmp_path]) == [f"{name}:2 UL103"]


def test_the_permissions_of_a_file_count_for_its_buffer(tmp_path: Path) -> None:
    unit = write(tmp_path / "web.service", BASE)
    unit.chmod(0o755)
    report = check_overlay({unit: BASE + "Nice=5\n"})
    assert {one.name for one in check_paths(unit).findings} == {one.name for one in report.findings}
    unit.chmod(0o644)
    assert report.findings != check_overlay({unit: BASE + "Nice=5\n"}).findings


def test_mistakes(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="int"):
        check_overlay({tmp_path / "x.service": 5})  # type: ignore[dict-item]
    with pytest.raises(unitlint.UnitlintError, match="absent"):
        check_overlay({tmp_path / "x.service": BASE}, [tmp_path / "absent"])
    with pytest.raises(unitlint.UnitlintError, match="profle"):
        check_overlay({}, profle="strict")
    assert unitlint.check_overlay({}).findings == ()


def test_half_of_a_pair_of_surrogates_is_no_crash() -> None:
    assert {one.code for one in check_text("[Unit]\nDescription=\ud83d\n")}


@given(st.lists(st.sampled_from([*"[]=\\\n", "Service", "Nice", "5", "\x00", "\ud800", "é"]), max_size=12))
def test_any_text_is_checked_as_the_same_bytes(words: list[str]) -> None:
    text = "[Service]\n" + "".join(words)
    data = text.encode("utf-8", "surrogatepass")
    assert check_text(text, select=["ALL"]) == check_text(data, select=["ALL"])
