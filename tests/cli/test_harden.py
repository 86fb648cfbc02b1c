"""`unitlint harden` as a person meets it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unitlint.api import check_paths, exposure, load_unit
from unitlint.base.errors import UnitlintError
from unitlint.cli import parser
from unitlint.testing import SystemdTree

UNIT = "[Unit]\nDescription=Web\n\n[Service]\nUser=web\nExecStart=/usr/bin/web --port 8080 'a b'\nRestart=on-failure\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "web.service").write_text(UNIT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_printed_can_be_saved_as_it_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert parser.main(["harden", "web.service", "--isolated", "--systemd-version", "257"]) == 0
    out = capsys.readouterr().out
    assert re.match(r"# Hardening of web.service, level safe, for systemd 257: exposure 9.0 .* before, \d\.\d", out)
    assert all(line.startswith("#") or line in ("", "[Service]") or "=" in line for line in out.splitlines())
    assert max(len(line) for line in out.splitlines() if "systemd-run" not in line) <= 112
    assert "#     systemd-run --pty --wait --collect -p User=web -p NoNewPrivileges=yes" in out
    assert "/usr/bin/web --port 8080 'a b'" in out
    assert "systemctl edit --runtime web.service" in out
    assert not (folder / "web.service.d").exists()


def test_write(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {(one.code, one.path, one.line) for one in check_paths("web.service", profile="strict").findings}
    words = ["harden", "web.service", "--isolated", "--level", "moderate", "--write"]
    assert parser.main(words) == 0
    assert capsys.readouterr().out.startswith("web.service.d/50-hardening.conf: exposure ")
    text = (folder / "web.service.d" / "50-hardening.conf").read_text()
    after = float(re.findall(r"(\d+\.\d) \(\w+\)", " ".join(text.replace("#", "").split()))[1])
    assert exposure(load_unit("web.service")).value == after
    found = check_paths([folder / "web.service", folder / "web.service.d"], profile="strict")
    assert not [one for one in found.findings if (one.code, Path(one.path).name, one.line) not in
                {(code, Path(path).name, line) for code, path, line in before}]  # fmt: skip
    with pytest.raises(UnitlintError, match="never overwritten"):
        parser.main(words)
    assert (folder / "web.service.d" / "50-hardening.conf").read_text() == text


def test_a_package_is_not_written_to(tmp_path: Path) -> None:
    units = tmp_path / "usr" / "lib" / "systemd" / "system"
    units.mkdir(parents=True)
    (units / "web.service").write_text(UNIT)
    assert parser.main(["harden", "web.service", "--root", str(tmp_path), "--isolated", "--write"]) == 0
    assert (tmp_path / "etc/systemd/system/web.service.d/50-hardening.conf").is_file()
    assert not (units / "web.service.d").exists()


def test_no_link_leads_out_of_the_root(tmp_path: Path) -> None:
    units = tmp_path / "root" / "usr" / "lib" / "systemd" / "system"
    units.mkdir(parents=True)
    (units / "web.service").write_text(UNIT)
    (tmp_path / "outside").mkdir()
    (tmp_path / "root" / "etc").symlink_to(tmp_path / "outside")
    with pytest.raises(UnitlintError, match="leads out of the root directory"):
        parser.main(["harden", "web.service", "--root", str(tmp_path / "root"), "--isolated", "--write"])
    assert not list((tmp_path / "outside").iterdir())


def test_nothing_to_propose(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "docker.service").write_text("[Service]\nExecStart=/usr/bin/dockerd\n")
    assert parser.main(["harden", "docker.service", "--isolated"]) == 0
    out = capsys.readouterr().out
    assert "# There is nothing to propose at any level.\n" in out
    assert "it runs other programs" in " ".join(out.replace("#", "").split())
    assert "[Service]" not in out
    assert parser.main(["harden", "docker.service", "--isolated", "--write"]) == 0
    assert "nothing was written" in capsys.readouterr().out
    assert not (folder / "docker.service.d").exists()


def test_a_distribution_as_the_release(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "app.service").write_text(UNIT)
    assert parser.main(["harden", "app.service", "--isolated", "--systemd-version", "rhel8"]) == 0
    assert "for systemd 239: exposure" in capsys.readouterr().out


def test_a_higher_level_that_has_proposals_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "app.service").write_text(UNIT)
    parser.main(["harden", "app.service", "--isolated", "--write"])
    settings = (folder / "app.service.d/50-hardening.conf").read_text()
    (folder / "app.service").write_text(f"{UNIT}\n[Service]\n{settings}")
    shutil.rmtree(folder / "app.service.d")
    capsys.readouterr()
    assert parser.main(["harden", "app.service", "--isolated"]) == 0
    assert "# There is nothing to propose at level safe; --level moderate has proposals.\n" in capsys.readouterr().out


def test_a_program_that_the_root_does_not_have_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree = SystemdTree(tmp_path)
    tree.binary("/usr/bin/ready")
    tree.unit("web.service", "[Service]\nExecStartPre=/usr/bin/ready\nExecStart=/usr/bin/missing\n")
    assert parser.main(["harden", "web.service", "--root", str(tmp_path), "--isolated"]) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if "not examined" in line]
    assert said == ["# /usr/bin/missing is not in the root directory, so it was not examined."]


@pytest.mark.parametrize("name", ["app.service.j2", "app@.service.in", "app.service.erb"])
def test_the_drop_in_of_a_template_is_one_of_what_becomes_of_it(folder: Path, name: str) -> None:
    (folder / name).write_text("[Service]\nExecStart=/usr/bin/app\n")
    assert parser.main(["harden", "--isolated", "--write", name]) == 0
    drop_in = folder / f"{name.rpartition('.')[0]}.d" / "50-hardening.conf"
    assert "NoNewPrivileges=yes" in drop_in.read_text()


def test_a_unit_in_another_file_is_printed_only(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "site.yml").write_text(
        "- copy:\n    dest: /etc/systemd/system/app.service\n    content: |\n"
        "      [Service]\n      ExecStart=/bin/app\n"
    )
    assert parser.main(["harden", "--isolated", "site.yml"]) == 0
    assert "NoNewPrivileges=yes" in capsys.readouterr().out
    with pytest.raises(UnitlintError, match="inside another file"):
        parser.main(["harden", "--isolated", "--write", "site.yml"])


def test_a_folder_is_no_service(folder: Path) -> None:
    with pytest.raises(UnitlintError, match="this is a directory; harden needs one service"):
        parser.main(["harden", "--isolated", str(folder)])


@pytest.mark.parametrize("name", ["once.timer", "off.service"])
def test_only_services(folder: Path, name: str) -> None:
    (folder / "once.timer").write_text("[Timer]\nOnCalendar=daily\n")
    (folder / "off.service").write_text("")
    with pytest.raises(UnitlintError, match="only services"):
        parser.main(["harden", name, "--isolated"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\n\r\0"), max_size=30))
def test_any_command_gives_a_drop_in_that_reads_as_it_is_meant(
    folder: Path, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    (folder / "any.service").write_text(f"[Service]\nExecStart=/usr/bin/any {words}\nUser=any\n", encoding="utf-8")
    parser.main(["harden", "any.service", "--isolated"])
    out = capsys.readouterr().out
    from unitlint.syntax.reader import read

    document = read(out.encode(), "50-hardening.conf", frozenset(("Service",)))
    assert not document.problems
    lines = [line for line in out.splitlines() if line and line[0] not in "#["]
    assert [f"{one.directive}={one.value}" for one in document.assignments] == lines
