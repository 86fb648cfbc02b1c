"""The calls that the package offers."""

from __future__ import annotations

from pathlib import Path

import pytest

import unitlint

BROKEN = "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/true\nExecStrt=/bin/false\n"


def test_check_text_and_check_paths_agree(tmp_path: Path) -> None:
    path = tmp_path / "x.service"
    path.write_text(BROKEN)
    from_text = unitlint.check_text(BROKEN, profile="conform")
    from_file = unitlint.check_paths([path], profile="conform").findings
    assert [(one.code, one.line) for one in from_text] == [(one.code, one.line) for one in from_file]
    assert 5 in [one.line for one in from_text]
    assert unitlint.check_text(BROKEN.encode(), profile="conform") == from_text


def test_load_unit(tmp_path: Path) -> None:
    (tmp_path / "x.service").write_text(BROKEN)
    (tmp_path / "x.service.d").mkdir()
    drop_in = tmp_path / "x.service.d/1.conf"
    drop_in.write_text("[Service]\nType=oneshot\n")
    unit = unitlint.load_unit(tmp_path / "x.service")
    found = unit.last("Service", "Type")
    assert found is not None
    assert (found.value, found.path, found.line) == ("oneshot", str(drop_in), 2)


def test_load_unit_of_a_root_tree(tmp_path: Path) -> None:
    for name, text in {
        "usr/lib/systemd/system/x.service": BROKEN,
        "etc/systemd/system/x.service.d/1.conf": "[Service]\nType=oneshot\n",
        "etc/systemd/system/service.d/2.conf": "[Service]\nNice=3\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    for path, root in [(str(tmp_path / "usr/lib/systemd/system/x.service"), None), ("x.service", str(tmp_path))]:
        unit = unitlint.load_unit(path, root)
        assert (unit.value("Service", "Type"), unit.value("Service", "Nice")) == ("oneshot", "3")


def test_mistakes(tmp_path: Path) -> None:
    with pytest.raises(unitlint.UnitlintError):
        unitlint.check_paths([tmp_path / "absent"])
    with pytest.raises(unitlint.UnitlintError, match="profle"):
        unitlint.check_text("", profle="strict")
    with pytest.raises(unitlint.UnitlintError):
        unitlint.check_text("", name="README")
    with pytest.raises(AttributeError):
        _ = unitlint.nonsense
