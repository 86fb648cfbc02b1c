"""The services that come of Quadlets, and the rules that are asked of them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

import unitlint
from tests.units.trees import plant, value
from unitlint.api import check_paths, check_text
from unitlint.catalogue import QUADLET_TYPES
from unitlint.catalogue.quadlet import SECTIONS
from unitlint.report.show import render_unit
from unitlint.units.unit import Unit

WEB = "[Container]\nImage=quay.io/acme/web:1\n"


def unit(tmp_path: Path, name: str, files: dict[str, str]) -> Unit:
    plant(tmp_path, files)
    return unitlint.load_unit(tmp_path / name)


def test_what_the_generator_adds(tmp_path: Path) -> None:
    found = unit(
        tmp_path,
        "web.container",
        {"web.container": f"{WEB}Volume=/srv/web:/srv\n[Service]\nRestart=always\nRestartSec=5\n"},
    )
    assert found.name == "web.service"
    assert value(found, "Service.Type") == ["notify"]
    assert value(found, "Service.KillMode") == ["mixed"]
    assert value(found, "Service.Restart") == ["always"]
    assert value(found, "Unit.RequiresMountsFor") == ["%t/containers", "/srv/web"]
    assert value(found, "Service.ExecStart") == ["/usr/bin/podman run --replace --rm --cgroups=split"]
    assert "web.container:3 (generated)" in render_unit(found)


def test_a_oneshot_tells_nobody(tmp_path: Path) -> None:
    found = unit(tmp_path, "web.container", {"web.container": f"{WEB}[Service]\nType=oneshot\n"})
    assert value(found, "Service.Type") == ["oneshot"]
    assert not value(found, "Service.NotifyAccess")


def test_a_pod_restarts_whatever_its_file_says(tmp_path: Path) -> None:
    found = unit(tmp_path, "shop.pod", {"shop.pod": "[Pod]\n[Service]\nRestart=no\n"})
    assert found.name == "shop-pod.service"
    assert value(found, "Service.Restart") == ["on-failure"]
    assert value(found, "Service.PIDFile") == ["%t/%N.pid"]


def test_references_are_dependencies(tmp_path: Path) -> None:
    text = f"{WEB}Network=front.network\nVolume=data.volume:/data\nPod=shop.pod\n"
    found = unit(tmp_path, "web.container", {"web.container": text})
    assert value(found, "Unit.Requires") == ["data-volume.service", "front-network.service"]
    assert value(found, "Unit.BindsTo") == ["shop-pod.service"]


@pytest.mark.parametrize(
    ("text", "waits"), [("", "network-online.target"), ("[Quadlet]\nDefaultDependencies=no\n", None)]
)
def test_the_network(tmp_path: Path, text: str, waits: str | None) -> None:
    found = unit(tmp_path, "web.container", {"web.container": WEB + text})
    assert value(found, "Unit.After") == ([waits] if waits else [])


def test_a_users_network(tmp_path: Path) -> None:
    path = ".config/containers/systemd/web.container"
    assert value(unit(tmp_path, path, {path: WEB}), "Unit.Wants") == ["podman-user-wait-network-online.service"]


def test_drop_ins_of_both_readers(tmp_path: Path) -> None:
    """Quadlet's come first, whatever their names; those of systemd override what the generator adds."""
    found = unit(tmp_path, "web.container", {
        "web.container": f"{WEB}[Service]\nRestart=no\n",
        "web.container.d/90-x.conf": "[Container]\nMemory=1g\n[Service]\nRestart=on-failure\n",
        "container.d/10-x.conf": "[Service]\nRestartSec=5\n",
        "web.service.d/10-x.conf": "[Service]\nRestart=always\nKillMode=control-group\nExecStart=\nExecStart=/bin/x\n",
    })  # fmt: skip
    assert [one.path.rpartition("/")[2] for one in found.documents] == [
        "web.container",
        "10-x.conf",
        "90-x.conf",
        "10-x.conf",
    ]
    assert value(found, "Service.Restart") == ["always"]
    assert value(found, "Service.KillMode") == ["control-group"]
    assert value(found, "Service.ExecStart") == ["/bin/x"]
    assert value(found, "Service.MemoryMax") == ["1G"]


def test_a_search_path(tmp_path: Path) -> None:
    """The file in /etc hides that in /usr/share; drop-ins of the service count wherever systemd looks for them."""
    plant(tmp_path, {
        "etc/containers/systemd/web.container": f"{WEB}Memory=1g\n",
        "usr/share/containers/systemd/web.container": "[Container]\n",
        "ETC/web.service.d/limits.conf": "[Service]\nMemoryHigh=2G\n",
    })  # fmt: skip
    found = [(one.code, Path(one.path).name) for one in check_paths(tmp_path, select=["UL280", "UL303"]).findings]
    assert found == [("UL303", "limits.conf")]


def codes(files: dict[str, str], tmp_path: Path, **settings: object) -> list[str]:
    plant(tmp_path, files)
    return [one.code for one in check_paths(tmp_path, **settings).findings]


def test_rules_about_services_speak_of_the_file(tmp_path: Path) -> None:
    install = "[Install]\nWantedBy=multi-user.target\n"
    assert codes({"web.container": WEB + install}, tmp_path) == ["UL301", "UL601"]


@pytest.mark.parametrize(
    "limit", ["[Container]\nMemory=512m\n", "[Container]\nPodmanArgs=--memory 1g\n", "[Service]\nMemoryMax=1G\n"]
)
def test_a_container_with_a_limit_has_one(tmp_path: Path, limit: str) -> None:
    assert (
        codes(
            {
                "web.container": WEB
                + limit
                + "[Service]\nRestart=always\nRestartSec=5\n[Install]\nWantedBy=default.target\n"
            },
            tmp_path,
        )
        == []
    )


SOUND = {
    "etc/containers/systemd/shop.pod": """
        [Pod]
        PublishPort=443:8443
        Network=shop.network
        [Install]
        WantedBy=multi-user.target
    """,
    "etc/containers/systemd/shop.container": """
        [Unit]
        After=shop-data.volume
        [Container]
        Image=shop.image
        Pod=shop.pod
        Volume=shop-data.volume:/data
        Memory=512m
        HealthInterval=30s
        [Service]
        Restart=on-failure
        RestartSec=5
        TimeoutStartSec=900
    """,
    "etc/containers/systemd/shop.network": """
        [Network]
        Subnet=10.89.1.0/24
        Gateway=10.89.1.1
    """,
    "etc/containers/systemd/shop-data.volume": """
        [Volume]
        Label=app=shop
    """,
    "etc/containers/systemd/shop.image": """
        [Image]
        Image=quay.io/acme/shop:1
    """,
    "ETC/report.timer": """
        [Timer]
        OnCalendar=daily
        [Install]
        WantedBy=timers.target
    """,
    "ETC/report.service": """
        [Unit]
        After=shop.service shop-network.service
        Wants=shop.service
        [Service]
        Type=oneshot
        User=report
        ExecStart=/bin/true
    """,
}


def test_a_sound_set_is_silent(tmp_path: Path) -> None:
    """A pod with a container, its image, network and volume, as one would write them."""
    assert codes({name: dedent(text).lstrip() for name, text in SOUND.items()}, tmp_path, ignore=["UL401"]) == []


def test_cycles_are_seen_across_both(tmp_path: Path) -> None:
    found = codes({
        "etc/containers/systemd/web.container": f"[Unit]\nAfter=report.service\nRequires=report.service\n{WEB}",
        "ETC/report.service": "[Unit]\nAfter=web.service\nRequires=web.service\n[Service]\nExecStart=/bin/true\n",
    }, tmp_path, select=["UL705"])  # fmt: skip
    assert found == ["UL705"]


def test_rules_of_ones_own_are_asked(tmp_path: Path) -> None:
    rule = tmp_path / "rules/ACME001-slice"
    rule.mkdir(parents=True)
    (rule / "rule.yaml").write_text(
        "code: ACME001\nname: slice\nseverity: error\napplies-to: [container]\nmessage: no slice\n"
        "why: x\nhow-to-fix: x\n"
        "require: [{Service.Slice: {set: true}}]\nwhen: {Container.Image: {set: true}}\n"
    )
    (tmp_path / "web.container").write_text(WEB)
    found = check_paths(tmp_path / "web.container", rules=[str(tmp_path / "rules")], select=["ACME001"]).findings
    assert [one.code for one in found] == ["ACME001"]


def test_security_leaves_them_out(tmp_path: Path) -> None:
    from unitlint.api import services_below
    from unitlint.settings.model import Settings

    (tmp_path / "web.container").write_text(WEB)
    assert not list(services_below([str(tmp_path)], Settings()))


def test_comments_suppress_findings() -> None:
    text = "[Container]\n# unitlint: ignore[UL288] a mirror\nImage=nginx\n"
    assert not check_text(text, "web.container", select=["UL288", "UL014"])


LINES = st.sampled_from([
    "[Container]", "[Service]", "[Unit]", "[Install]", "[Quadlet]", "Image=x", "Image=", "Volume=a.volume:/x",
    "Volume=:", "Network=:", "Pod=.pod", "Mount=src=", "Memory=1g", "Memory=", "ServiceName=%i", "Type=oneshot",
    "ExecStart=", "After=a.network a@b.container", "PublishPort=[", "AutoUpdate=registry", "ReloadCmd=x \\",
    "KillMode=", "x", "Restart=always",
])  # fmt: skip


@given(
    kind=st.sampled_from(QUADLET_TYPES),
    lines=st.lists(st.one_of(LINES, st.text(max_size=12)), max_size=12),
)
def test_any_lines_make_findings_that_lie_in_the_file(kind: str, lines: list[str]) -> None:
    text = "\n".join([f"[{SECTIONS[kind]}]", *lines])
    length = len(text.splitlines()) + len(text)
    for one in check_text(text, f"a.{kind}", profile="strict"):
        assert 1 <= one.line <= length
        assert one.column >= 1
