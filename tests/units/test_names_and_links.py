"""Overrides, masks, aliases, instances and dependency folders."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

import unitlint
from tests.units.trees import SIMPLE, expanded, files_of, load, plant, value
from unitlint.base.errors import UnitlintError
from unitlint.files.names import is_alias
from unitlint.units.commands import commands

NICE = "[Service]\nExecStart=/bin/true\nNice={}\n"
LEVELS = ["LIB", "LOCAL", "RUN", "ETC"]


@pytest.mark.parametrize("highest", range(1, 5))
def test_the_highest_folder_of_the_search_path_has_the_unit(tmp_path: Path, highest: int) -> None:
    unit = load(tmp_path, "a.service", {f"{LEVELS[at]}/a.service": NICE.format(at) for at in range(highest)})
    assert value(unit, "Service.Nice") == [str(highest - 1)]
    assert files_of(unit, tmp_path) == [expanded(f"{LEVELS[highest - 1]}/a.service")]


@pytest.mark.parametrize("mask", ["", "-> /dev/null"])
def test_a_mask_stands_in_for_the_unit(tmp_path: Path, mask: str) -> None:
    unit = load(tmp_path, "a.service", {"LIB/a.service": SIMPLE, "ETC/a.service": mask})
    assert unit.masked
    assert not unit.effective


def test_comments_alone_mask_nothing(tmp_path: Path) -> None:
    assert not load(tmp_path, "a.target", {"ETC/a.target": "# nothing\n"}).masked


def test_an_alias_shares_drop_ins(tmp_path: Path) -> None:
    files = {
        "LIB/a.service": SIMPLE,
        "ETC/other.service": "-> /usr/lib/systemd/system/a.service",
        "ETC/another.service": "-> other.service",
        "ETC/other.service.d/x.conf": "[Service]\nNice=1\n",
        "ETC/a.service.d/y.conf": "[Service]\nNice=2\n",
    }
    by_alias = load(tmp_path, "another.service", files)
    by_name = unitlint.load_unit("a.service", root=tmp_path)
    by_path = unitlint.load_unit(tmp_path / expanded("ETC/other.service"))
    for unit in (by_alias, by_name, by_path):
        assert unit.name == "a.service"
        assert set(unit.aliases) == {"other.service", "another.service"}
        assert value(unit, "Service.Nice") == ["2"]
        assert len(unit.documents) == 3


def test_an_alias_in_etc_hides_a_file_of_its_name(tmp_path: Path) -> None:
    files = {"LIB/a.service": NICE.format(1), "LIB/b.service": NICE.format(2), "ETC/b.service": "-> a.service"}
    assert value(load(tmp_path, "b.service", files), "Service.Nice") == ["1"]


def test_a_file_in_etc_hides_an_alias_of_its_name(tmp_path: Path) -> None:
    files = {"LIB/a.service": NICE.format(1), "LIB/b.service": "-> a.service", "ETC/b.service": NICE.format(2)}
    assert value(load(tmp_path, "b.service", files), "Service.Nice") == ["2"]
    assert unitlint.load_unit("a.service", root=tmp_path).aliases == ()


def test_links_in_a_circle_lead_nowhere(tmp_path: Path) -> None:
    files = {"ETC/a.service": "-> b.service", "ETC/b.service": "-> a.service", "ETC/c.service": SIMPLE}
    assert load(tmp_path, "c.service", files).aliases == ()
    with pytest.raises(UnitlintError, match=r"no such unit: a\.service"):
        unitlint.load_unit("a.service", root=tmp_path)


@pytest.mark.parametrize(
    ("name", "target", "expected"),
    [
        ("a.service", "b.service", True),
        ("a.service", "b.socket", False),
        ("a.service", "a.service", False),
        ("a@.service", "b@.service", True),
        ("a@.service", "b.service", False),
        ("a.service", "b@.service", False),
        ("a.service", "b@i.service", False),
        ("a@i.service", "b@i.service", True),
        ("a@i.service", "b@j.service", False),
        ("a@i.service", "b@.service", True),
        ("a@.service", "b@i.service", False),
    ],
)
def test_what_a_link_makes_an_alias(name: str, target: str, expected: bool) -> None:
    assert is_alias(name, target) is expected


def test_an_instance_has_the_file_of_its_template(tmp_path: Path) -> None:
    unit = load(tmp_path, "t@i.service", {"LIB/t@.service": SIMPLE})
    assert unit.name == "t@i.service"
    assert files_of(unit, tmp_path) == [expanded("LIB/t@.service")]


def test_an_instance_may_have_its_own_file(tmp_path: Path) -> None:
    unit = load(tmp_path, "t@i.service", {"ETC/t@.service": NICE.format(1), "LIB/t@i.service": NICE.format(2)})
    assert value(unit, "Service.Nice") == ["2"]


def test_a_template_is_found_beside_an_instance_that_is_no_file(tmp_path: Path) -> None:
    plant(tmp_path, {"t@.service": SIMPLE, "t@.service.d/x.conf": "[Service]\nNice=4\n"})
    assert value(unitlint.load_unit(tmp_path / "t@i.service"), "Service.Nice") == ["4"]


def test_a_template_has_the_drop_ins_of_all_instances(tmp_path: Path) -> None:
    files = {"LIB/a-b@.service": SIMPLE, "ETC/a-@.service.d/x.conf": "[Service]\nNice=6\n"}
    assert value(load(tmp_path, "a-b@.service", files), "Service.Nice") == ["6"]
    assert value(unitlint.load_unit("a-b@i.service", root=tmp_path), "Service.Nice") == ["6"]


def test_a_linked_instance_keeps_its_drop_ins_to_itself(tmp_path: Path) -> None:
    files = {
        "LIB/t@.service": SIMPLE,
        "ETC/t@i.service": "-> /usr/lib/systemd/system/t@.service",
        "ETC/other@i.service": "-> /usr/lib/systemd/system/t@.service",
        "ETC/t@i.service.d/x.conf": "[Service]\nNice=6\n",
        "ETC/other@i.service.d/y.conf": "[Service]\nUMask=0077\n",
    }
    template = load(tmp_path, "t@.service", files)
    by_name = partial(unitlint.load_unit, root=tmp_path)
    assert template.aliases == ()
    assert value(template, "Service.Nice") == []
    for name in ("t@i.service", "other@i.service"):
        instance = by_name(name)
        assert (instance.name, instance.aliases) == ("t@i.service", ("other@i.service",))
        assert value(instance, "Service.Nice") == ["6"]
        assert value(instance, "Service.UMask") == ["0077"]
    assert value(by_name("t@j.service"), "Service.Nice") == []


def test_a_command_line_of_a_drop_in_holds_up_to_what_is_refused(tmp_path: Path) -> None:
    drop_in = "[Service]\nExecStartPost=/bin/q ; /bi\x7fn/r\nNice=5\n"
    unit = load(tmp_path, "a.service", {"LIB/a.service": SIMPLE, "ETC/a.service.d/x.conf": drop_in})
    assert [command.path for _, command in commands(unit, 262, "ExecStartPost")] == ["/bin/q"]
    assert value(unit, "Service.Nice") == []


@pytest.mark.parametrize("release", [239, 247, 252, 257, 262])
def test_nothing_is_read_below_an_empty_command(release: int) -> None:
    text = '[Service]\nExecStart=""\nNice=x\n'
    found = unitlint.check_text(text, "a.service", profile="conform", systemd_version=release)
    assert [(finding.line, finding.effect) for finding in found if finding.effect] == [(2, "refused")]


def test_dependency_folders(tmp_path: Path) -> None:
    files = {
        "LIB/a.service": "[Unit]\nWants=first.service\n" + SIMPLE,
        "ETC/a.service.wants/second.service": "-> ../second.service",
        "LIB/a.service.wants/third.service": "-> ../third.service",
        "ETC/a.service.wants/third.service": "-> /dev/null",
        "ETC/a.service.requires/fourth.socket": "-> ../fourth.socket",
        "ETC/a.service.upholds/fifth.service": "-> ../fifth.service",
    }
    unit = load(tmp_path, "a.service", files)
    assert value(unit, "Unit.Wants") == ["first.service", "second.service"]
    assert value(unit, "Unit.Requires") == ["fourth.socket"]
    assert value(unit, "Unit.Upholds") == []
    assert value(unitlint.load_unit("a.service", root=tmp_path, systemd_version=254), "Unit.Upholds") == [
        "fifth.service"
    ]
    link = unit.all("Unit", "Wants")[1]
    assert (link.path, link.line) == (str(tmp_path / expanded("ETC/a.service.wants/second.service")), 1)


def test_no_such_unit(tmp_path: Path) -> None:
    plant(tmp_path, {"ETC/a.service": SIMPLE})
    for name, root in (("b.service", tmp_path), (str(tmp_path / "b.service"), None), ("a", tmp_path)):
        with pytest.raises(UnitlintError, match="no such unit"):
            unitlint.load_unit(name, root=root)
