"""Which files make a unit in a folder of a project, which is no search path of systemd."""

from __future__ import annotations

from pathlib import Path

from tests.units.trees import SIMPLE, plant
from unitlint.files.discover import discover
from unitlint.files.layout import group
from unitlint.files.patterns import Ignored
from unitlint.files.source import UnitFiles


def units(top: Path, files: dict[str, str]) -> dict[str, UnitFiles]:
    """The units of a set of files, by the path of the unit file."""
    plant(top, files)
    found = group(discover([str(top)], Ignored()), adopt=False)
    return {str(Path(unit.fragment.path).relative_to(top)): unit for unit in found if unit.fragment is not None}


def test_dependency_folders_belong_to_the_unit_beside_them(tmp_path: Path) -> None:
    target = "[Unit]\nDescription=Web\n"
    found = units(
        tmp_path,
        {
            "one/web.target": target,
            "one/web.target.wants/a.service": "-> ../a.service",
            "one/web.target.requires/b.service": "-> ../b.service",
            "other/web.target": target,
            "other/web.target.wants/c.service": "-> ../c.service",
        },
    )
    named = {
        path: [(directive, source.name) for directive, source in unit.dependencies] for path, unit in found.items()
    }
    assert named == {
        "one/web.target": [("Requires", "b.service"), ("Wants", "a.service")],
        "other/web.target": [("Wants", "c.service")],
    }


def test_an_alias_belongs_to_the_unit_beside_it(tmp_path: Path) -> None:
    found = units(
        tmp_path,
        {
            "web.service": SIMPLE,
            "one/web.service": SIMPLE,
            "one/www.service": "-> web.service",
            "one/www.service.d/more.conf": "[Service]\nNice=3\n",
        },
    )
    assert found["one/web.service"].aliases == ("www.service",)
    assert [Path(source.path).name for source in found["one/web.service"].drop_ins] == ["more.conf"]
    assert found["web.service"].aliases == ()
    assert found["web.service"].drop_ins == ()


def test_a_drop_in_belongs_to_the_unit_beside_its_folder(tmp_path: Path) -> None:
    found = units(
        tmp_path,
        {
            "web.service": SIMPLE,
            "one/web.service": SIMPLE,
            "one/web.service.d/more.conf": "[Service]\nNice=3\n",
        },
    )
    assert found["web.service"].drop_ins == ()
    assert len(found["one/web.service"].drop_ins) == 1


def test_files_that_another_one_hides_are_kept_in_mind(tmp_path: Path) -> None:
    files = {"ETC/a.service": SIMPLE, "LOCAL/a.service": SIMPLE, "LIB/a.service": SIMPLE, "LIB/b.service": SIMPLE}
    found = units(tmp_path, files)
    hiding = found["etc/systemd/system/a.service"]
    assert {str(Path(source.path).relative_to(tmp_path)) for source in hiding.shadowed} == {
        "usr/local/lib/systemd/system/a.service",
        "usr/lib/systemd/system/a.service",
    }
    assert found["usr/lib/systemd/system/b.service"].shadowed == ()
