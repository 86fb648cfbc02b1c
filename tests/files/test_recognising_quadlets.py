"""Which files are Quadlets, and the services that they become."""

from __future__ import annotations

from pathlib import Path

import pytest

from unitlint.api import check_paths
from unitlint.files.classify import classify
from unitlint.files.gather import discovered
from unitlint.files.names import drop_in_names, service_of
from unitlint.files.quadlet import MAX_BYTES, recognised
from unitlint.settings.model import Settings

NETWORKD = b"[Match]\nName=eth0\n[Network]\nDHCP=yes\n"


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("a/web.container", ("quadlet", "web.container")),
        ("a/web@.container", ("quadlet", "web@.container")),
        ("a/web.container.d/x.conf", ("quadlet-dropin", "web.container")),
        ("a/web-.container.d/x.conf", ("quadlet-dropin", "web-.container")),
        ("a/container.d/x.conf", ("quadlet-dropin", "container")),
        ("a/container.d/README", None),
        ("a/.container", None),
        ("a/my web.container", None),
        ("a/containers", None),
    ],
)
def test_by_name(path: str, what: tuple[str, str] | None) -> None:
    assert classify(path) == what


@pytest.mark.parametrize(
    ("path", "data", "kind"),
    [
        ("a/lan.network", b"[Network]\nSubnet=10.0.0.0/24\n", "quadlet"),
        ("a/lan.network", b"[Network]\nDHCP=yes\n", "skip"),
        ("a/lan.network", NETWORKD, "skip"),
        ("etc/systemd/network/lan.network", b"[Network]\nDNS=10.0.0.1\n", "skip"),
        ("a/data.volume", b"", "skip"),
        ("etc/containers/systemd/data.volume", b"", "quadlet"),
        ("a/disk.image", b"\x00\x01[Image]\x00", "skip"),
        ("a/guide.pod", b"=head1 NAME\n\nA page of Perl's documentation\n", "skip"),
        ("a/web.container", b"[Contaner]\n[Service]\nRestart=always\n", "quadlet"),
    ],
)
def test_by_content(path: str, data: bytes, kind: str) -> None:
    assert recognised(path, "quadlet", path.rpartition("/")[2], data).kind == kind


def test_drop_ins_by_content() -> None:
    assert recognised("lan.network.d/a.conf", "quadlet-dropin", "lan.network", b"[Network]\nDHCP=yes\n").kind == "skip"
    assert recognised("container.d/a.conf", "quadlet-dropin", "container", b"[Service]\nRestart=no\n").kind == "dropin"


@pytest.mark.parametrize(
    ("file", "service"),
    [
        ("web.container", "web.service"),
        ("web@.container", "web@.service"),
        ("web.kube", "web.service"),
        ("data.volume", "data-volume.service"),
        ("front.network", "front-network.service"),
        ("shop.pod", "shop-pod.service"),
        ("web.image", "web-image.service"),
        ("web.build", "web-build.service"),
    ],
)
def test_names_of_services(file: str, service: str) -> None:
    assert service_of(file) == service


def test_a_name_of_its_own() -> None:
    data = b"[Container]\nImage=localhost/x\n# ServiceName=old\nServiceName=shop\n"
    assert recognised("web.container", "quadlet", "web.container", data).name == "shop.service"


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("home/ann/.config/containers/systemd/web.container", "user"),
        ("/etc/containers/systemd/users/1000/web.container", "user"),
        ("/etc/containers/systemd/web.container", "system"),
        ("usr/share/containers/systemd/web.container", "system"),
    ],
)
def test_managers(path: str, scope: str) -> None:
    assert recognised(path, "quadlet", "web.container", b"[Container]\n").scope == scope


def test_folders_of_drop_ins() -> None:
    assert drop_in_names("a-b@c.container") == (
        "a-b@c.container", "a-b@.container", "a-.container", "container",
    )  # fmt: skip


def test_a_walk_says_nothing_of_what_others_keep(tmp_path: Path) -> None:
    (tmp_path / "guide.pod").write_text("=head1 NAME\n")
    (tmp_path / "lan.network").write_bytes(NETWORKD)
    with open(tmp_path / "disk.image", "wb") as file:
        file.truncate(MAX_BYTES + 1)
    (tmp_path / "web.container").symlink_to("/dev/null")
    report = check_paths(tmp_path)
    assert not report.errors
    assert report.files == 0
    assert [(path.rpartition("/")[2], "networkd" in note) for path, note in report.skipped] == [("lan.network", True)]


def test_an_instance_is_no_further_file(tmp_path: Path) -> None:
    (tmp_path / "web@.container").write_text("[Container]\nImage=quay.io/a/b\n")
    (tmp_path / "web@1.container").symlink_to("web@.container")
    assert [one.kind for one in discovered([str(tmp_path)], Settings())] == ["quadlet", "link"]


@pytest.mark.parametrize("name", ["web.container.j2", "web.container.d/10-x.conf.erb"])
def test_templates_are_no_services(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("[Container]\nImage={{ image }}\n[Service]\nRestart=always\n")
    report = check_paths(file)
    assert not report.findings
    assert [note for _, note in report.skipped] == ["templates of Podman Quadlets are not read"]
