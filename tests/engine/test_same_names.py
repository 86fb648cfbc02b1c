"""One run over several trees in which units have the same names: each is checked with those of its own tree."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest

from unitlint.api import check_paths
from unitlint.files.discover import discover
from unitlint.files.layout import group
from unitlint.files.patterns import Ignored
from unitlint.units.loaded import UnitsByName

WEB = "[Unit]\nDescription=Web\n\n[Service]\nExecStart=/usr/bin/web\nUser=web\nSlice=app.slice\n"
SLICES = {"limited": "[Slice]\nMemoryMax=1G\n", "open": "[Slice]\nCPUWeight=50\n"}
LAYOUTS = ("{machine}", "{machine}/units", "{machine}/etc/systemd/system", "hosts/{machine}/files/systemd/user")


def plant(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def found(folder: Path, code: str, *paths: str) -> list[str]:
    """The files that are found by one rule, in the order of their paths."""
    report = check_paths([folder / path for path in paths] or folder, select=[code])
    assert report.errors == ()
    return [str(Path(finding.path).relative_to(folder)) for finding in report.findings]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("order", list(itertools.permutations(("limited", "open", "limited"))))
def test_the_slice_of_the_own_tree_counts(tmp_path: Path, layout: str, order: tuple[str, ...]) -> None:
    """Whichever tree is read last."""
    folders = {f"{number}-{kind}": kind for number, kind in enumerate(order)}
    for machine, kind in folders.items():
        where = layout.format(machine=machine)
        plant(tmp_path, {f"{where}/web.service": WEB, f"{where}/app.slice": SLICES[kind]})
    unlimited = [f"{layout.format(machine=machine)}/web.service" for machine, kind in folders.items() if kind == "open"]
    assert found(tmp_path, "UL301") == unlimited
    tops = [layout.format(machine=machine) for machine in folders]
    assert found(tmp_path, "UL301", *tops) == unlimited
    assert found(tmp_path, "UL301", *reversed(tops)) == unlimited


def test_the_managers_have_units_of_their_own(tmp_path: Path) -> None:
    for scope, kind in (("system", "limited"), ("user", "open")):
        folder = f"etc/systemd/{scope}"
        plant(tmp_path, {f"{folder}/web.service": WEB, f"{folder}/app.slice": SLICES[kind]})
    assert found(tmp_path, "UL301") == ["etc/systemd/user/web.service"]


def test_an_alias_is_one_of_its_own_tree(tmp_path: Path) -> None:
    for machine, real in (("a", "pg.service"), ("b", "maria.service"), ("c", "pg.service")):
        plant(tmp_path, {f"{machine}/web.service": WEB, f"{machine}/{real}": WEB})
        (tmp_path / machine / "db.service").symlink_to(real)
    groups = list(group(discover([str(tmp_path)], Ignored())))
    units = UnitsByName(groups)
    for files in groups:
        units.to_check(files)
        folder = os.path.dirname(files.parts[0].path)
        for name in ("web.service", "db.service"):
            assert os.path.dirname(units[name].path) == folder


def test_what_only_another_tree_has_is_known_all_the_same(tmp_path: Path) -> None:
    """A project may keep its slices apart."""
    plant(tmp_path, {"services/web.service": WEB, "slices/app.slice": SLICES["limited"]})
    assert found(tmp_path, "UL301") == []


def test_cycles_are_found_in_the_tree_that_has_them(tmp_path: Path) -> None:
    for machine, others in (("a", "After=db.service\n"), ("b", "")):
        plant(
            tmp_path,
            {
                f"{machine}/web.service": f"[Unit]\nDescription=Web\n{others}[Service]\nExecStart=/bin/web\n",
                f"{machine}/db.service": "[Unit]\nDescription=Db\nAfter=web.service\n[Service]\nExecStart=/bin/db\n",
            },
        )
    assert {path.partition("/")[0] for path in found(tmp_path, "UL705")} == {"a"}
