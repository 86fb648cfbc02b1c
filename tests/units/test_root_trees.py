"""Root directories: all of their units are checked by --root alone, and what they do not have is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.units.trees import SIMPLE, plant
from unitlint.api import check_paths
from unitlint.base.errors import guarded
from unitlint.base.finding import Finding
from unitlint.cli.parser import main
from unitlint.files.root_tree import RootTree, units_of_tree


def found(top: Path, files: dict[str, str], **settings: object) -> list[Finding]:
    plant(top, files)
    return list(check_paths(top, root=str(top), select=["UL72"], profile="strict", **settings).findings)


def test_every_name_of_a_unit_counts(tmp_path: Path) -> None:
    plant(tmp_path, {
        "LIB/web.service": SIMPLE + "[Install]\nAlias=www.service site.service\n",
        "LOCAL/a@.service": SIMPLE,
        "ETC/gone.service": "-> /dev/null",
        "ETC/empty.service": "",
        "LIB/empty.service": SIMPLE,
        "ETC/full.service": SIMPLE,
        "LIB/full.service": "",
        "RUN/link.service": "-> ../../../usr/lib/systemd/system/web.service",
        "etc/init.d/old.sh": "#!/bin/sh\n",
        "etc/containers/systemd/front.network": "[Network]\n",
        "usr/lib/systemd/user/mine.service": SIMPLE,
    })  # fmt: skip
    root = RootTree(str(tmp_path))
    system = units_of_tree(root, "system")
    assert system.names >= {
        "web.service", "www.service", "site.service", "a@.service", "gone.service", "full.service", "link.service",
        "old.service", "front-network.service",
    }  # fmt: skip
    assert "mine.service" not in system.names
    assert "mine.service" in units_of_tree(root, "user").names
    assert system.masked == {"gone.service", "empty.service"}


def test_a_link_to_a_unit_that_is_gone(tmp_path: Path) -> None:
    """Case of UL726, whose folder can hold no such link."""
    (one,) = found(tmp_path, {
        "LIB/multi-user.target": "[Unit]\nDescription=Up\n",
        "LIB/web.service": SIMPLE,
        "ETC/multi-user.target.wants/web.service": "-> /usr/lib/systemd/system/web.service",
        "ETC/multi-user.target.wants/gone.service": "-> /usr/lib/systemd/system/gone.service",
        "ETC/multi-user.target.wants/a@1.service": "-> /usr/lib/systemd/system/a@.service",
        "LIB/a@.service": SIMPLE,
    })  # fmt: skip
    assert one.code == "UL726"
    assert one.path.endswith("multi-user.target.wants/gone.service")


@pytest.mark.parametrize("folder", ["LIB", "lib/systemd/system"])
def test_packages_may_name_what_is_not_there(tmp_path: Path, folder: str) -> None:
    text = "[Unit]\nAfter=auditd.service\nWants=plymouth.service\n" + SIMPLE
    assert not found(tmp_path, {f"{folder}/web.service": text})
    assert {one.code for one in found(tmp_path, {"ETC/mine.service": text})} == {"UL724", "UL725"}


def test_a_unit_that_is_checked_alone_has_the_tree_around_it(tmp_path: Path) -> None:
    plant(tmp_path, {"ETC/web.service": "[Unit]\nRequires=db.service\n" + SIMPLE, "LIB/db.service": SIMPLE})
    path = tmp_path / "etc/systemd/system/web.service"
    assert not check_paths(path, root=str(tmp_path), select=["UL720"]).findings
    (tmp_path / "usr/lib/systemd/system/db.service").unlink()
    assert [one.code for one in check_paths(path, root=str(tmp_path), select=["UL720"]).findings] == ["UL720"]


def test_root_alone_checks_all_of_the_search_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(tmp_path, {
        "ETC/web.service": "[Service]\nExecStart=/bin/true\nFrobnicate=1\n",
        "usr/share/containers/systemd/web.container": "[Container]\nImgae=x\n",
        "srv/not-read.service": "[Service]\nFrobnicate=1\n",
        "usr/lib/systemd/system-preset/90-x.preset": "enabel x.service\n",
    })  # fmt: skip
    (tmp_path / "lib").symlink_to("usr/lib")
    arguments = [
        "check",
        "--isolated",
        "--root",
        str(tmp_path),
        "--select",
        "UL101,UL728",
        "--output-format",
        "concise",
    ]
    assert main(arguments) == 1
    printed = capsys.readouterr().out
    assert [line.partition(":")[0].rpartition("/")[2] for line in printed.splitlines()[:3]] == [
        "web.service", "90-x.preset", "web.container",
    ]  # fmt: skip
    assert "not-read" not in printed


def test_a_tree_without_units(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(lambda: main(["check", "--isolated", "--root", str(tmp_path)])) == 2
    assert "no directory of units below" in capsys.readouterr().err


def test_users_and_paths_of_the_first_boot_count(repository: Path) -> None:
    """The example's user comes of sysusers.d, its working directory of tmpfiles.d."""
    root = repository / "examples" / "image-root"
    codes = {one.code for one in check_paths(root, root=str(root)).findings}
    assert codes - {"UL606"} == {"UL720", "UL722", "UL723", "UL727", "UL729"}
