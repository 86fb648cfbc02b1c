"""What a person reads: the word that systemd stumbles over, why, and the nearest spelling that it takes."""

from __future__ import annotations

import pytest

import unitlint

BASE = {
    "Unit": ("web.service", "[Service]\nExecStart=/bin/true\n[Unit]\n"),
    "Service": ("web.service", "[Service]\nExecStart=/bin/true\n"),
    "Socket": ("web.socket", "[Socket]\nListenStream=/run/web.sock\n"),
    "Timer": ("web.timer", "[Timer]\nOnBootSec=1h\n"),
}

SEEN = (
    # directive, value, the code, the stretch of the value under the caret, what is suggested
    ("Service.MemoryMax", "1GB", "UL103", "1GB", "1G"),
    ("Service.MemoryMax", "512 MiB", "UL103", "512 MiB", "512M"),
    ("Service.MemoryMax", "2Gi", "UL103", "2Gi", "2G"),
    ("Service.MemoryMax", "unlimited", "UL103", "unlimited", "infinity"),
    ("Service.MemoryMax", "50%%", "UL103", "50%%", "50%"),
    ("Service.TasksMax", "unlimited", "UL103", "unlimited", "infinity"),
    ("Service.TasksMax", "50 %", "UL103", "50 %", "50%"),
    ("Service.TasksMax", "150%%", "UL103", "150%%", None),
    ("Service.TasksMax", "0", "UL104", "0", None),
    ("Service.CPUQuota", "150%%", "UL103", "150%%", "150%"),
    ("Service.LimitNOFILE", "1024:unlimited", "UL103", "1024:unlimited", "1024:infinity"),
    ("Service.LimitCORE", "unlimited", "UL103", "unlimited", "infinity"),
    ("Service.LimitNOFILE", "65k", "UL103", "65k", None),
    ("Service.LimitNICE", "unlimited", "UL103", "unlimited", None),
    ("Service.MemoryMax", "120%", "UL104", "120%", None),
    ("Service.Restart", "on-fail", "UL103", "on-fail", "on-failure"),
    ("Service.Restart", "Always", "UL103", "Always", "always"),
    ("Service.Type", "Simple", "UL103", "Simple", "simple"),
    ("Service.TimeoutStopSec", "90secs", "UL103", "90secs", "90s"),
    ("Service.TimeoutStopSec", "never", "UL103", "never", "infinity"),
    ("Service.CPUQuota", "50", "UL103", "50", "50%"),
    ("Service.UMask", "0o22", "UL103", "0o22", "0022"),
    ("Service.KillSignal", "SIGTREM", "UL103", "SIGTREM", "SIGTERM"),
    ("Service.SystemCallFilter", "@system-service @mont", "UL103", "@mont", "@mount"),
    ("Service.SystemCallErrorNumber", "EPREM", "UL103", "EPREM", "EPERM"),
    ("Service.RestrictAddressFamilies", "AF_INET AF_UNXI", "UL103", "AF_UNXI", "AF_UNIX"),
    ("Service.RestrictNamespaces", "net mount", "UL103", "mount", "mnt"),
    ("Service.StandardOutput", "/var/log/web.log", "UL103", "/var/log/web.log", "file:/var/log/web.log"),
    ("Service.StandardOutput", "syslog", "UL117", "syslog", "journal"),
    ("Service.EnvironmentFile", '"/etc/default/web"', "UL106", '"/etc/default/web"', "/etc/default/web"),
    ("Service.WorkingDirectory", "~/web", "UL106", "~/web", "%h/web"),
    ("Service.StateDirectory", "/var/lib/web", "UL103", "/var/lib/web", "web"),
    ("Service.PIDFile", "/var/run/web.pid", "UL107", "/var/run/web.pid", "/run/web.pid"),
    ("Service.ReadWritePaths", "/srv web", "UL106", "web", None),
    ("Service.Slice", "web", "UL103", "web", "web.slice"),
    ("Service.LogExtraFields", "web-id=5", "UL103", "web-id=5", "WEB_ID=5"),
    ("Service.SuccessExitStatus", "1,2", "UL103", "1,2", "1 2"),
    ("Unit.After", "network.target,db.service", "UL103", "network.target,db.service", "network.target db.service"),
    ("Unit.After", "db", "UL103", "db", "db.service"),
    ("Unit.Documentation", "www.example.org", "UL103", "www.example.org", "https://www.example.org"),
    ("Unit.Documentation", "/usr/share/doc/web", "UL103", "/usr/share/doc/web", "file:/usr/share/doc/web"),
    ("Unit.Descripton", "Web", "UL101", None, "Description"),
    ("Socket.ListenStream", "*:80", "UL103", "*:80", "80"),
    ("Socket.ListenStream", "localhost:80", "UL103", "localhost:80", "127.0.0.1:80"),
    ("Timer.OnCalendar", "dayly", "UL103", "dayly", "daily"),
    ("Timer.OnCalendar", "0 5 * * *", "UL103", "0 5 * * *", "*-*-* 05:00:00"),
    ("Timer.OnCalendar", "08:00 Europe/Berln", "UL103", "08:00 Europe/Berln", "08:00 Europe/Berlin"),
)


@pytest.mark.parametrize(("directive", "value", "code", "word", "suggested"), SEEN, ids=lambda one: repr(one)[:40])
def test_suggestion(directive: str, value: str, code: str, word: str | None, suggested: str | None) -> None:
    section, _, name = directive.partition(".")
    unit, text = BASE[section]
    line = f"{name}={value}"
    found = unitlint.check_text(f"{text}{line}\n", unit, profile="conform", systemd_version=257)
    (one,) = [one for one in found if one.line == text.count("\n") + 1]
    assert one.code == code
    assert line[one.column - 1 : one.end_column - 1] == (name if word is None else word)
    if suggested is None:
        assert "did you mean" not in str(one.help)
    else:
        assert f"`{suggested}`" in str(one.help) or suggested == one.help


def test_too_new_names_both_releases() -> None:
    text = "[Service]\nExecStart=/bin/true\nExtensionImages=/srv/tools.raw\n"
    (one,) = unitlint.check_text(text, "web.service", profile="conform", systemd_version=247)
    assert (one.code, one.effect) == ("UL110", "ignored")
    assert one.message == "ExtensionImages= needs systemd 248; older releases ignore the line"


@pytest.mark.parametrize(("release", "effects"), [(250, ["ignored"]), (253, []), (255, []), (260, [])])
def test_between_the_recorded_releases(release: int, effects: list[str]) -> None:
    """Type=notify-reload is of 253."""
    text = "[Service]\nExecStart=/bin/true\nType=notify-reload\n"
    found = unitlint.check_text(text, "web.service", profile="conform", systemd_version=release)
    assert [one.effect for one in found] == effects
