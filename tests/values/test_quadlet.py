"""Values of Quadlet's keys: what podman takes, and what it does not."""

from __future__ import annotations

import pytest

from unitlint.api import check_text

GOOD = [
    "Container.ReadOnly=true", "Container.ReadOnly=On", "Container.ReadOnly=0", "Container.Notify=healthy",
    "Container.Pull=newer", "Container.Pull=", "Container.HealthInterval=disable", "Container.HealthInterval=1h30m",
    "Container.HealthTimeout=1.5s", "Container.HealthStartPeriod=0", "Container.Memory=512m", "Container.Memory=1.5GiB",
    "Container.Memory=%i", "Container.PidsLimit=-1", "Container.StopSignal=SIGINT", "Container.StopSignal=rtmin+3",
    "Container.PublishPort=80", "Container.PublishPort=8080:80/udp", "Container.PublishPort=127.0.0.1:8080:80",
    "Container.PublishPort=127.0.0.1::80", "Container.PublishPort=[::1]:8080:80",
    "Container.PublishPort=8000-8010:80-90",
    "Container.PublishPort=${PORT}:80", "Container.Volume=/data", "Container.Volume=data:/data:Z",
    "Container.Volume=./x:/data", "Container.Volume=%h/x:/data", "Container.Volume=data.volume:/data",
    "Container.Pod=web.pod", "Container.IP=10.0.0.1", "Container.IP6=fd00::1",
    "Container.AddCapability=cap_net_raw SYS_PTRACE",
    "Container.DropCapability=all", "Container.AutoUpdate=local", "Network.Subnet=10.0.0.0/24",
    "Network.Gateway=fd00::1",
    "Kube.AutoUpdate=registry web/local", "Kube.ExitCodePropagation=any", "Pod.ExitPolicy=continue", "Build.Pull=true",
    "Image.Policy=missing", "Quadlet.DefaultDependencies=false",
]  # fmt: skip

BAD = [
    ("Container.ReadOnly=ture", "ture", "true"),
    ("Container.Notify=helthy", "helthy", None),
    ("Container.Pull=mising", "mising", "missing"),
    ("Container.HealthInterval=30", "30", "30s"),
    ("Container.HealthInterval=2min", "2min", "2m"),
    ("Container.HealthTimeout=1 min 30 sec", "1 min 30 sec", "1m30s"),
    ("Container.HealthTimeout=soon", "soon", None),
    ("Container.Memory=lots", "lots", None),
    ("Container.PidsLimit=unlimited", "unlimited", None),
    ("Container.StopSignal=SIGSTOPPED", "SIGSTOPPED", None),
    ("Container.PublishPort=8080:80/tcpp", "tcpp", "tcp"),
    ("Container.PublishPort=8080:http", "8080:http", None),
    ("Container.PublishPort=99999:80", "99999:80", None),
    ("Container.PublishPort=a:b:c:80", "a:b:c:80", None),
    ("Container.ExposeHostPort=http", "http", None),
    ("Container.Volume=data:data", "data", None),
    ("Container.Volume=~/x:/data", "~/x", "%h/x"),
    ("Container.Volume=srv/x:/data", "srv/x", "./srv/x"),
    ("Container.Volume=_x:/data", "_x", None),
    ("Container.Pod=web", "web", "web.pod"),
    ("Container.IP=fd00::1", "fd00::1", None),
    ("Container.IP6=10.0.0.1", "10.0.0.1", None),
    ("Container.AddCapability=NET_RAW NET_ADMN", "NET_ADMN", "CAP_NET_ADMIN"),
    ("Network.Subnet=10.0.0.0", "10.0.0.0", None),
    ("Network.Subnet=10.0.0/24", "10.0.0/24", None),
    ("Kube.AutoUpdate=web/lokal", "lokal", "local"),
    ("Image.Policy=sometimes", "sometimes", None),
]


def problems(assignment: str) -> list[tuple[str, str | None]]:
    """The stretch that is pointed at, and the spelling that is proposed."""
    section, _, line = assignment.partition(".")
    kind = "container" if section == "Quadlet" else section.lower()
    found = check_text(f"[{section}]\n{line}\n", f"web.{kind}", select=["UL103"])
    return [(line[one.column - 1 : one.end_column - 1], one.help) for one in found]


@pytest.mark.parametrize("assignment", GOOD)
def test_taken(assignment: str) -> None:
    assert not problems(assignment)


@pytest.mark.parametrize(("assignment", "word", "meant"), BAD)
def test_not_taken(assignment: str, word: str, meant: str | None) -> None:
    ((stretch, hint),) = problems(assignment)
    assert stretch == word
    assert hint is not None
    assert (f"`{meant}`" in hint) if meant else ("did you mean" not in hint)


def test_a_bad_value_hides_nothing_below_it() -> None:
    text = "[Container]\nPull=mising\nImgae=x\n[Service]\nRestart=alwais\n"
    codes = [one.code for one in check_text(text, "web.container", select=["UL101", "UL103"])]
    assert codes == ["UL103", "UL101", "UL103"]


def test_keys_of_the_past() -> None:
    (found,) = check_text("[Container]\nVolatileTmp=yes\n", "web.container", select=["UL108"])
    assert "Tmpfs=" in found.message


def test_a_key_in_the_wrong_section() -> None:
    (found,) = check_text("[Service]\nPublishPort=80\n", "web.container", select=["UL102"])
    assert "[Container]" in found.message
