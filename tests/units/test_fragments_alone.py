"""A drop-in whose unit is not among the files is checked for what it says, not for what it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

import unitlint
from tests.units.trees import plant

DROP_INS = {
    "nginx.service.d/limits.conf": "[Service]\nMemoryHigh=1G\nNice=1\n",
    "web@.service.d/a.conf": "[Service]\nWatchdogSec=5\n",
    "web-.service.d/a.conf": "[Unit]\nRequires=db.service\n",
    "service.d/a.conf": "[Service]\nOOMScoreAdjust=-100\n",
    "db.socket.d/a.conf": "[Socket]\nBacklog=5\n",
    "a.timer.d/a.conf": "[Timer]\nAccuracySec=1s\n",
    "srv.mount.d/a.conf": "[Mount]\nTimeoutSec=5\n",
}


@pytest.mark.parametrize("path", DROP_INS)
def test_nothing_is_missing(tmp_path: Path, path: str) -> None:
    plant(tmp_path, {path: DROP_INS[path]})
    report = unitlint.check_paths(tmp_path, profile="conform")
    assert report.findings == ()
    assert report.files == 1
    unset = [one for one in unitlint.check_paths(tmp_path, profile="strict").findings if one.directive is None]
    assert unset == []


def test_what_is_wrong_in_it_is_found(tmp_path: Path) -> None:
    plant(tmp_path, {"nginx.service.d/limits.conf": "[Service]\nMemoryMax=1GB\nFrobnicate=1\n[Servce]\n"})
    found = unitlint.check_paths(tmp_path, profile="conform").findings
    assert [(one.line, one.effect) for one in found] == [(2, "ignored"), (3, "ignored"), (4, "ignored")]


def test_a_masked_drop_in_alone(tmp_path: Path) -> None:
    plant(tmp_path, {"nginx.service.d/limits.conf": "-> /dev/null", "a.service.d/x.conf": ""})
    report = unitlint.check_paths(tmp_path)
    assert report.findings == ()
    assert report.errors == ()


def test_the_unit_is_found_elsewhere_in_the_repository(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {"units/a.service": "[Service]\nExecStart=/a\n", "overrides/a.service.d/x.conf": "[Service]\nExecStart=/b\n"},
    )
    assert "UL901" in {one.code for one in unitlint.check_paths(tmp_path).findings}


def test_an_instance_with_drop_ins_of_its_own_is_a_unit(tmp_path: Path) -> None:
    files = {
        "ETC/t@.service": "[Service]\nExecStart=/a\nNice=x\n",
        "ETC/t@i.service.d/x.conf": "[Service]\nExecStart=/b\n",
    }
    plant(tmp_path, files)
    found = unitlint.check_paths(tmp_path, profile="conform").findings
    assert sorted((Path(one.path).name, one.code, one.unit) for one in found) == [
        ("t@.service", "UL103", "t@.service"),
        ("x.conf", "UL901", "t@i.service"),
    ]
