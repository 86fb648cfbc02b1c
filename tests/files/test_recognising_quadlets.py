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


@pytest.mark.parametrize("name", ["web.container.j2", "web.container.in", "web.container.d/10-x.conf.erb"])
@pytest.mark.parametrize("is_named", [True, False])
def test_a_template_is_read_as_what_it_becomes(tmp_path: Path, name: str, is_named: bool) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("[Container]\nImage=quay.io/a/b:1\nMemmory=1G\n[Service]\nRestart=allways\n")
    report = check_paths(file if is_named else tmp_path, select=["UL101", "UL103"])
    assert [(finding.code, finding.line) for finding in report.findings] == [("UL101", 3), ("UL103", 5)]
    assert {finding.unit for finding in report.findings} == {"web.service"}


BRANCHES = """\
[Container]
Image=quay.io/a/b:{{ tag }}
{% if has_data %}
Volume={{ data }}:/data:Z
{% else %}
Tmpfs=/data
{% endif %}
[Service]
MemoryMax={{ megabytes }}MB
TimeoutStartSec={{ timeout }}
"""


def test_branches_and_literal_words_of_a_template(tmp_path: Path) -> None:
    (tmp_path / "web.container.j2").write_text(BRANCHES)
    found = check_paths(tmp_path, select=["UL101", "UL103"]).findings
    assert [(finding.code, finding.line) for finding in found] == [("UL103", 9)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lan.network.j2", "[Match]\nName={{ name }}\n[Network]\nDHCP=yes\n"),
        ("lan.network.j2", "[Network]\nDHCP={{ dhcp }}\n"),
        ("site.build.in", "key = @value@\n[Service]\n"),
        ("disk.image.tmpl", "\0\1[Image]x"),
        ("data.volume.erb", "<% if a %>\n[Unit]\nDescription=x\n<% end %>\n"),
    ],
)
def test_templates_of_other_programs(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    report = check_paths(tmp_path)
    assert not report.findings
    assert not report.units


def test_a_template_and_its_file_name_are_one(tmp_path: Path) -> None:
    (tmp_path / "web.container.j2").write_text("[Container]\nImage=quay.io/a/b:{{ tag }}\nNetwork=front.network\n")
    (tmp_path / "front.network.j2").write_text("[Network]\nSubnet={{ subnet }}\n")
    codes = {finding.code for finding in check_paths(tmp_path).findings}
    assert codes.isdisjoint({"UL282", "UL292", "UL293"})


def test_templates_may_be_alternatives(tmp_path: Path) -> None:
    (tmp_path / "web.container.j2").write_text("[Container]\nImage=quay.io/a/b:{{ tag }}\n")
    (tmp_path / "web.kube.j2").write_text("[Kube]\nYaml={{ file }}\n")
    assert not check_paths(tmp_path, select=["UL292"]).findings
