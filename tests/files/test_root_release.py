"""Which release a root directory has, and that it is taken where none is named."""

from __future__ import annotations

from pathlib import Path

import pytest

import unitlint
from unitlint.cli.parser import main
from unitlint.files.root_release import release_of

OS_RELEASE = 'NAME="Debian GNU/Linux"\nID=debian\nVERSION_ID="11"\n'


def write(root: Path, path: str, text: str = "") -> None:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)


@pytest.mark.parametrize(
    "path",
    [
        "usr/lib/systemd/libsystemd-shared-247.so",
        "lib/systemd/libsystemd-shared-247.9-1.so",
        "usr/lib/x86_64-linux-gnu/systemd/libsystemd-shared-247.so",
        "usr/lib/systemd/libsystemd-shared-247-55.el9.so",
    ],
)
def test_the_library_tells(tmp_path: Path, path: str) -> None:
    write(tmp_path, path)
    assert release_of(str(tmp_path)) == (247, "/" + path)


def test_the_package_database_tells(tmp_path: Path) -> None:
    status = "Package: bash\nVersion: 5.1\n\nPackage: systemd\nStatus: install ok installed\nVersion: 252.39-1\n"
    write(tmp_path, "var/lib/dpkg/status", status)
    assert release_of(str(tmp_path)) == (252, "/var/lib/dpkg/status")


def test_os_release_tells_and_names(tmp_path: Path) -> None:
    write(tmp_path, "usr/lib/os-release", OS_RELEASE)
    found = release_of(str(tmp_path))
    assert found is not None
    assert (int(found.release), str(found.release)) == (247, "debian11")


def test_systemd_itself_knows_better_than_os_release(tmp_path: Path) -> None:
    write(tmp_path, "usr/lib/os-release", OS_RELEASE)
    write(tmp_path, "usr/lib/systemd/libsystemd-shared-254.so")
    found = release_of(str(tmp_path))
    assert found is not None
    assert str(found.release) == "254"


@pytest.mark.parametrize("release", ["12", "9999"])
def test_a_release_that_is_not_known_here_is_none(tmp_path: Path, release: str) -> None:
    write(tmp_path, f"usr/lib/systemd/libsystemd-shared-{release}.so")
    assert release_of(str(tmp_path)) is None


def test_a_run_takes_the_release_of_its_root_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "tree/usr/lib/os-release", OS_RELEASE)
    write(tmp_path, "tree/etc/systemd/system/a.service", "[Service]\nExecStart=/bin/true\nRestartMode=direct\n")
    unit = "tree/etc/systemd/system/a.service"
    main(["check", "--isolated", "--root", "tree", "-v", unit])
    said = capsys.readouterr()
    assert "the root directory has systemd 247 (debian11), according to /usr/lib/os-release" in said.err
    assert "older releases ignore the line" in said.out
    found = unitlint.check_paths([unit], root="tree").findings
    assert "UL110" in {finding.code for finding in found}
    newest = unitlint.check_paths([unit], root="tree", systemd_version=257).findings
    assert "UL110" not in {finding.code for finding in newest}


PACKAGED = "[Service]\nExecStart=/usr/bin/shop\nExecReload=/bin/kill -HUP $MAINPID\n"


@pytest.mark.parametrize(
    "sign", ["usr/share/doc/shop/copyright", "usr/share/licenses/shop/LICENSE", "DEBIAN/control", ".PKGINFO"]
)
def test_what_a_package_names_is_not_missing(tmp_path: Path, sign: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "usr/lib/systemd/system/shop.service", PACKAGED)
    write(tmp_path, sign)
    assert main(["check", "--root", str(tmp_path), "--isolated", "--select", "UL503"]) == 0
    assert f"{tmp_path} holds a package, not a whole system" in capsys.readouterr().err


@pytest.mark.parametrize("sign", ["etc/passwd", "usr/lib/os-release", "usr/bin/sh"])
def test_what_a_system_does_not_have_is_missing(tmp_path: Path, sign: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "usr/lib/systemd/system/shop.service", PACKAGED)
    write(tmp_path, "usr/share/doc/shop/copyright")
    write(tmp_path, sign)
    assert main(["check", "--root", str(tmp_path), "--isolated", "--select", "UL503"]) == 1
    assert "holds a package" not in capsys.readouterr().err
