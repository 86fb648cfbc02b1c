"""Rules about the files themselves: modes, names and folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import unitlint

UNIT = "[Unit]\nDescription=x\n\n[Service]\nExecStart=/usr/bin/x\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    top = tmp_path / "etc/systemd/system"
    top.mkdir(parents=True)
    (top / "x.service").write_text(UNIT)
    (top / "x.service").chmod(0o644)
    return top


def found(path: Path, **settings: object) -> list[tuple[str, str]]:
    report = unitlint.check_paths([path], select=["UL9"], profile="strict", **settings)
    assert not report.errors
    return [(os.path.relpath(one.path, path), one.code) for one in report.findings]


@pytest.mark.parametrize(
    ("mode", "codes"),
    [
        (0o644, []),
        (0o664, []),
        (0o444, []),
        (0o755, ["UL909"]),
        (0o645, ["UL909"]),
        (0o646, ["UL910"]),
        (0o757, ["UL909", "UL910"]),
        (0o600, []),
        (0o777, []),
    ],
)
def test_modes(folder: Path, mode: int, codes: list[str]) -> None:
    (folder / "x.service").chmod(mode)
    assert [code for _, code in found(folder)] == codes


def test_modes_in_a_root_tree(folder: Path) -> None:
    """There they are what the system will have; elsewhere 0777 is what file systems without modes show."""
    root = folder.parent.parent.parent
    (folder / "x.service").chmod(0o777)
    assert [code for _, code in found(root, root=str(root))] == ["UL909", "UL910"]
    (folder / "x.service").chmod(0o600)
    assert [code for _, code in found(root, root=str(root))] == ["UL913"]


def test_the_mode_of_a_drop_in(folder: Path) -> None:
    drop_in = folder / "x.service.d/10.conf"
    drop_in.parent.mkdir()
    drop_in.write_text("[Service]\nNice=1\n")
    drop_in.chmod(0o755)
    assert found(folder) == [("x.service.d/10.conf", "UL909")]


def test_a_text_has_no_mode() -> None:
    assert not unitlint.check_text(UNIT, "x.service", select=["UL9"])


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("x.service.d/limits", ["UL906"]),
        ("x.service.d/limits.ini", ["UL906"]),
        ("x.service.d/limits.conf.disabled", []),
        ("x.service.d/limits.conf~", []),
        ("x.service.d/.limits", []),
        ("service.d/limits", ["UL906"]),
        ("x.d/limits.conf", ["UL906"]),
        ("x.service.conf", ["UL906"]),
        ("override.conf", ["UL906"]),
        ("other.conf", []),
        ("y z.service", ["UL911"]),
        ("@NAME@.service", []),
        ("sub/y.service", ["UL912"]),
        ("multi-user.target.wants/y.service", ["UL912"]),
        ("../y.service", ["UL912"]),
    ],
)
def test_names_and_folders(folder: Path, name: str, codes: list[str]) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("[Service]\nExecStart=/usr/bin/y\n")
    assert [code for _, code in found(folder.parent)] == codes
    path.write_text("no unit\n")
    assert [code for _, code in found(folder.parent) if code != "UL912"] == []


def test_a_copy_in_place_of_a_dependency_link_is_no_unit(folder: Path) -> None:
    """systemd ignores it, so neither do its lines count nor does it take the place of the unit (load-dropin.c)."""
    (folder / "x.service.wants").mkdir()
    (folder / "x.service").write_text("[Service]\nExecStart=/usr/bin/x\n")
    (folder / "y.service").write_text("[Service]\nExecStart=/usr/bin/y\nMemoryMax=1Q\n")
    (folder / "x.service.wants" / "y.service").write_text("[Service]\nExecStart=/usr/bin/y\nBogus=1\n")
    report = unitlint.check_paths([folder.parent])
    told = {(Path(finding.path).parent.name, finding.code) for finding in report.findings}
    assert (folder.name, "UL103") in told
    assert {code for name, code in told if name == "x.service.wants"} == {"UL917"}


def test_what_is_never_read_counts_as_no_unit(folder: Path) -> None:
    """Its lines are not judged, and nothing is merged with it."""
    (folder / "x.service.d").mkdir()
    (folder / "x.service.d/limits").write_text("[Service]\nNonsense=1\n")
    report = unitlint.check_paths([folder], profile="strict", select=["UL101", "UL9"])
    assert (report.files, report.units) == (2, 1)
    assert [one.code for one in report.findings] == ["UL906"]
    assert report.findings[0].path.endswith("limits")


def test_special_files_are_left_alone(folder: Path) -> None:
    (folder / "x.service.d").mkdir()
    os.mkfifo(folder / "x.service.d/fifo")
    (folder / "x.service.d/gone").symlink_to("nowhere")
    assert found(folder) == []


def test_what_the_kernel_shows_in_a_root_tree_is_not_walked(folder: Path) -> None:
    root = folder.parent.parent.parent
    for name in ("proc/1", "sys", "dev", "srv/proc"):
        (root / name).mkdir(parents=True)
        (root / name / "y.service").write_text(UNIT)
    assert unitlint.check_paths([root], root=str(root)).units == 2
    assert unitlint.check_paths([root]).units == 5


def test_the_mode_of_a_template_is_not_that_of_the_unit(folder: Path) -> None:
    (folder / "y.service.j2").write_text(UNIT.replace("x", "{{ x }}"))
    (folder / "y.service.j2").chmod(0o755)
    assert found(folder) == []


def test_drop_ins_of_nobody(folder: Path) -> None:
    """A name of nearly that spelling says more in the same tree than in another one."""
    other = folder.parent.parent.parent / "other"
    for home, name in ((folder, "backup.service"), (other, "logger.service")):
        home.mkdir(exist_ok=True)
        (home / name).write_text(UNIT)
    for name in ("bakcup", "loger", "postgresql"):
        drop_in = folder / f"{name}.service.d/10.conf"
        drop_in.parent.mkdir()
        drop_in.write_text("[Service]\nNice=1\n")
    top = folder.parent.parent.parent
    assert found(top) == [("etc/systemd/system/bakcup.service.d/10.conf", "UL905")]
    assert sorted(path.split("/")[3] for path, _ in found(top, root=str(top))) == [
        "bakcup.service.d",
        "loger.service.d",
        "postgresql.service.d",
    ]


def test_misplaced_files_that_are_named_outright(folder: Path) -> None:
    for name, code in (("x.service.d/limits", "UL906"), ("a b.service", "UL911")):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("[Service]\nExecStart=/usr/bin/y\n")
        assert [one for _, one in found(path)] == [code]
