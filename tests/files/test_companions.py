"""Files that are named one by one: the rest of their units is read, and only they are reported on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from unitlint.api import check_paths

BASE = "[Service]\nExecStart=/usr/bin/web\nMemoryMax=1G\nNice=loud\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def found(*paths: Path, folder: Path, **settings: object) -> list[str]:
    report = check_paths(paths, **{"select": ["UL103", "UL303", "UL901", "UL301"], **settings})  # type: ignore[arg-type]
    assert not report.errors
    return [f"{os.path.relpath(one.path, folder)}:{one.line} {one.code}" for one in report.findings]


def test_a_drop_in_is_checked_with_its_unit(tmp_path: Path) -> None:
    """A limit above that of the unit, and a second command without a reset, show with the unit only."""
    write(tmp_path / "web.service", BASE)
    drop_in = write(tmp_path / "web.service.d" / "more.conf", "[Service]\nMemoryHigh=2G\nExecStart=/usr/bin/new\n")
    assert found(drop_in, folder=tmp_path) == ["web.service.d/more.conf:2 UL303", "web.service.d/more.conf:3 UL901"]


def test_a_drop_in_is_checked_with_its_siblings(tmp_path: Path) -> None:
    write(tmp_path / "web.service", "[Service]\nExecStart=/usr/bin/web\n")
    write(tmp_path / "web.service.d" / "10.conf", "[Service]\nMemoryMax=1G\nNice=loud\n")
    write(tmp_path / "service.d" / "50.conf", "[Service]\nMemoryMax=512M\n")
    drop_in = write(tmp_path / "web.service.d" / "20.conf", "[Service]\nMemoryHigh=768M\n")
    assert found(drop_in, folder=tmp_path) == ["web.service.d/20.conf:2 UL303"]


def test_a_unit_is_checked_with_its_drop_ins(tmp_path: Path) -> None:
    unit = write(tmp_path / "web.service", "[Service]\nExecStart=/usr/bin/web\n")
    assert found(unit, folder=tmp_path) == ["web.service:1 UL301"]
    write(tmp_path / "web.service.d" / "10.conf", "[Service]\nMemoryMax=1G\nNice=loud\n")
    assert found(unit, folder=tmp_path) == []


def test_what_a_drop_in_breaks_elsewhere_is_told(tmp_path: Path) -> None:
    write(tmp_path / "web.service", "[Service]\nExecStart=/usr/bin/web\nMemoryHigh=2G\nMemoryMax=4G\nNice=loud\n")
    drop_in = write(tmp_path / "web.service.d" / "less.conf", "[Service]\nMemoryMax=1G\n")
    assert found(drop_in, folder=tmp_path) == ["web.service:3 UL303"]


def test_a_drop_in_of_a_search_path_is_checked_with_the_package_s_unit(tmp_path: Path) -> None:
    write(tmp_path / "usr/lib/systemd/system/web.service", BASE)
    drop_in = write(tmp_path / "etc/systemd/system/web.service.d/a.conf", "[Service]\nMemoryHigh=2G\n")
    assert found(drop_in, folder=tmp_path) == ["etc/systemd/system/web.service.d/a.conf:2 UL303"]
    write(tmp_path / "etc/systemd/user/web.service", "[Service]\nExecStart=/usr/bin/web\n")
    assert len(found(drop_in, folder=tmp_path)) == 1


def test_a_drop_in_of_an_instance_is_checked_with_the_template(tmp_path: Path) -> None:
    write(tmp_path / "web@.service", BASE)
    drop_in = write(tmp_path / "web@a.service.d" / "a.conf", "[Service]\nMemoryHigh=2G\n")
    assert found(drop_in, folder=tmp_path) == ["web@a.service.d/a.conf:2 UL303"]


def test_the_unit_may_stand_elsewhere_in_the_repository(tmp_path: Path) -> None:
    drop_in = write(tmp_path / "overrides" / "web.service.d" / "a.conf", "[Service]\nMemoryHigh=2G\n")
    write(tmp_path / "units" / "web.service", BASE)
    assert found(drop_in, folder=tmp_path) == []
    (tmp_path / ".git").mkdir()
    assert found(drop_in, folder=tmp_path) == ["overrides/web.service.d/a.conf:2 UL303"]
    write(tmp_path / "other" / "web.service", BASE)
    assert found(drop_in, folder=tmp_path) == [], "two of that name: nobody knows which is meant"


def test_a_drop_in_of_a_prefix_brings_in_no_unit(tmp_path: Path) -> None:
    """web-.service.d belongs to every unit whose name begins with web-, so no single one is looked for."""
    (tmp_path / ".git").mkdir()
    drop_in = write(tmp_path / "overrides" / "web-.service.d" / "a.conf", "[Service]\nMemoryHigh=2G\n")
    write(tmp_path / "units" / "web-.service", BASE)
    assert found(drop_in, folder=tmp_path) == []


def test_units_beside_it_are_known(tmp_path: Path) -> None:
    """A timer starts it again, a slice bounds it: what is said of one file is what is said of it among all."""
    unit = write(tmp_path / "web.service", "[Service]\nExecStart=/usr/bin/web\nSlice=shop.slice\n")
    rules = ["UL301", "UL733"]
    write(tmp_path / "sub" / "web.timer", "[Timer]\nOnBootSec=5min\n")
    assert found(unit, folder=tmp_path, select=rules) == ["web.service:1 UL301", "web.service:1 UL733"]
    write(tmp_path / "web.timer", "[Timer]\nOnBootSec=5min\nNice=loud\n")
    write(tmp_path / "shop.slice.d" / "a.conf", "[Slice]\nMemoryMax=1G\n")
    write(tmp_path / "shop.slice", "[Slice]\nNice=loud\n")
    (tmp_path / "broken.service").symlink_to(tmp_path)
    assert found(unit, folder=tmp_path, select=[*rules, "UL101", "UL102"]) == []


def test_what_starts_each_other_is_checked_together(tmp_path: Path) -> None:
    """A service that its timer starts, and every boot as well: what is said of the service is about the timer."""
    write(
        tmp_path / "job.service",
        "[Service]\nType=oneshot\nExecStart=/usr/bin/job\n[Install]\nWantedBy=multi-user.target\n",
    )
    timer = write(tmp_path / "job.timer", "[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n")
    assert found(timer, folder=tmp_path, select=["UL708"]) == found(tmp_path, folder=tmp_path, select=["UL708"])
    assert found(timer, folder=tmp_path, select=["UL708"]) == ["job.service:5 UL708"]


def test_what_is_missing_may_be_elsewhere(tmp_path: Path) -> None:
    unit = write(tmp_path / "web.service", BASE + "[Install]\nWantedBy=shop.target\n")
    write(tmp_path / "mail.service", BASE)
    assert "web.service:6 UL734" in found(tmp_path, folder=tmp_path, select=["UL734"])
    assert found(unit, folder=tmp_path, select=["UL734"]) == []
    assert "mail.service:1 UL733" in found(tmp_path, folder=tmp_path, select=["UL733"])
    assert found(tmp_path / "mail.service", folder=tmp_path, select=["UL733"]) == []


def test_a_drop_in_of_all_services_is_checked_with_each(tmp_path: Path) -> None:
    for name, limit in (("a", "1G"), ("b", "4G"), ("c", "512M")):
        write(tmp_path / f"{name}.service", f"[Service]\nExecStart=/usr/bin/{name}\nMemoryMax={limit}\nNice=loud\n")
    drop_in = write(tmp_path / "service.d" / "10.conf", "[Service]\nMemoryHigh=2G\n")
    report = check_paths([drop_in], select=["UL303", "UL103"])
    assert [(one.line, one.unit) for one in report.findings] == [(2, "a.service"), (2, "c.service")]


def test_quadlets_come_with_their_drop_ins(tmp_path: Path) -> None:
    write(tmp_path / "web.container", "[Container]\nImage=docker.io/library/nginx:1\n\n[Service]\nMemoryMax=1G\n")
    own = write(tmp_path / "web.container.d" / "a.conf", "[Service]\nMemoryHigh=2G\n")
    service = write(tmp_path / "web.service.d" / "b.conf", "[Service]\nMemoryHigh=3G\n")
    assert found(own, folder=tmp_path, select=["UL303"]) == [], "b.conf has the last word"
    assert found(service, folder=tmp_path, select=["UL303"]) == ["web.service.d/b.conf:2 UL303"]
    service.unlink()
    assert found(own, folder=tmp_path, select=["UL303"]) == ["web.container.d/a.conf:2 UL303"]


@pytest.mark.parametrize(("unit", "drop_in"), [("web.service.j2", "a.conf"), ("web.service", "a.conf.j2")])
def test_templates_come_along(tmp_path: Path, unit: str, drop_in: str) -> None:
    write(tmp_path / unit, BASE)
    path = write(tmp_path / "web.service.d" / drop_in, "[Service]\nMemoryHigh=2G\n")
    assert found(path, folder=tmp_path) == [f"web.service.d/{drop_in}:2 UL303"]
    assert sorted(found(tmp_path / unit, folder=tmp_path)) == sorted(found(tmp_path, folder=tmp_path))


def test_confs_come_with_theirs(tmp_path: Path) -> None:
    write(tmp_path / "journald.conf", "[Journal]\nStorage=everywhere\n")
    drop_in = write(tmp_path / "journald.conf.d" / "a.conf", "[Journal]\nCompress=perhaps\n")
    report = check_paths([drop_in], select=["UL103"])
    assert [os.path.basename(one.path) for one in report.findings] == ["a.conf"]
    assert (report.files, report.units) == (1, 1)


def test_counts_and_errors_are_those_of_what_was_named(tmp_path: Path) -> None:
    drop_in = write(tmp_path / "web.service.d" / "a.conf", "[Service]\nNice=1\n")
    (tmp_path / "web.service").symlink_to("nowhere")
    report = check_paths([drop_in], select=["UL103"])
    assert (report.files, report.units, report.errors) == (1, 1, ())


def test_named_twice_is_not_context(tmp_path: Path) -> None:
    unit = write(tmp_path / "web.service", BASE)
    drop_in = write(tmp_path / "web.service.d" / "a.conf", "[Service]\nMemoryHigh=2G\n")
    both = ["web.service:4 UL103", "web.service.d/a.conf:2 UL303"]
    assert sorted(found(unit, drop_in, folder=tmp_path)) == sorted(both)
    assert sorted(found(drop_in, tmp_path, folder=tmp_path)) == sorted(both)


@pytest.mark.parametrize("release", [247, (252, 257)])
def test_releases_and_ignores(tmp_path: Path, release: object) -> None:
    write(tmp_path / "web.service", "# unitlint: ignore[UL002]\n" + BASE)
    drop_in = write(tmp_path / "web.service.d" / "a.conf", "[Service]\n# unitlint: ignore[UL303]\nMemoryHigh=2G\n")
    assert found(drop_in, folder=tmp_path, systemd_version=release, select=["UL303", "UL014"]) == []


def test_an_editor_s_text_counts_in_place_of_the_file(tmp_path: Path) -> None:
    write(tmp_path / "web.service", BASE)
    write(tmp_path / "web.service.d" / "a.conf", "[Service]\nMemoryHigh=512M\n")
    command = [sys.executable, "-m", "unitlint", "check", "-", "--isolated", "--select=UL303,UL103", "--output-format"]
    done = subprocess.run(
        [*command, "concise", "--stdin-filename=web.service.d/a.conf"],
        cwd=tmp_path, input="[Service]\nMemoryHigh=2G\n", capture_output=True, text=True, check=False, env=os.environ,
    )  # fmt: skip
    assert done.stdout.startswith("web.service.d/a.conf:2:12: warning[UL303]")
    assert "Found 1 finding" in done.stdout


def test_only_named_files_are_mended(tmp_path: Path) -> None:
    base = "[Service]\nExecStart=/usr/bin/web\nNice=5\nNice=6\nMemorMax=1G\n"
    unit = write(tmp_path / "web.service", base)
    drop_in = write(tmp_path / "web.service.d" / "a.conf", "[Service]\nMemorMax=2G\n")
    command = [sys.executable, "-m", "unitlint", "check", "--isolated", "--fix", "--unsafe-fixes", str(drop_in)]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, env=os.environ)
    assert drop_in.read_text() == "[Service]\nMemoryMax=2G\n"
    assert unit.read_text() == base
