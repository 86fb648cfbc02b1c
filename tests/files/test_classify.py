"""What a file is, by its path and its content."""

from __future__ import annotations

import pytest

from unitlint.files.classify import classify, foreign, guess, scope_of, text_of_link


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("a/nginx.service", ("unit", "nginx.service")),
        ("a/getty@.service", ("unit", "getty@.service")),
        ("a/b.slice", ("unit", "b.slice")),
        ("a/nginx.service.d/limits.conf", ("dropin", "nginx.service")),
        ("a/foo-.service.d/x.conf", ("dropin", "foo-.service")),
        ("a/service.d/x.conf", ("dropin", "service")),
        ("a/getty@tty1.service.d/x.conf", ("dropin", "getty@tty1.service")),
        ("a/journald.conf", ("conf", "journald.conf")),
        ("a/journald@web.conf", ("conf", "journald.conf")),
        ("a/journald.conf.d/x.conf", ("conf-dropin", "journald.conf")),
        ("etc/systemd/system.conf", ("conf", "system.conf")),
        ("etc/dbus-1/system.conf", None),
        ("a/system.conf.d/x.conf", ("conf-dropin", "system.conf")),
        ("a/sysctl.d/x.conf", None),
        ("a/nginx.service.d/README", None),
        ("a/my unit.service", None),
        ("a/.service", None),
        ("a/README.md", None),
    ],
)
def test_by_path(path: str, what: tuple[str, str] | None) -> None:
    assert classify(path) == what


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"[D-BUS Service]\nName=org.example\nExec=/bin/x\n", "D-Bus"),
        (b'<?xml version="1.0"?>\n<service-group/>\n', "Avahi"),
        (b"#!/bin/sh\nexit 0\n", "script"),
        (b"\x7fELF\x02\x01", "binary"),
        (b"#!/bin/odd\n[Unit]\nDescription=a unit after all\n", None),
        (b"", None),
        (b"nonsense\n", None),
        (b"[Servce]\nType=simple\n", None),
        (b"ExecStart=/usr/bin/web\nno section at all\n", None),
        (b"# a mask\n# and why\n", None),
        (b"type _ftp._tcp\nport 21\n", "another kind"),
        (b"FROM scratch\nENV PATH=/usr/bin\n", "another kind"),
        (b"name: web.service\nenabled: true\ncontents: |\n  [Unit]\n  Description=web\n", "YAML"),
        (b"  [Unit]\n  Description=indented\n", None),
    ],
)
def test_foreign(data: bytes, word: str | None) -> None:
    reason = foreign(data)
    assert reason is None if word is None else word in (reason or "")


def test_guess() -> None:
    service = b"[Service]\nExecStart=/bin/true\n"
    assert guess("web.service.in", service) == ("unit", "web.service")
    assert guess("override.conf", service) == ("dropin", "service")
    assert guess("user.conf", b"[Manager]\n") == ("conf", "user.conf")
    assert guess("user.conf", b"<busconfig>") is None
    assert guess("README", b"text") is None


def test_scope() -> None:
    assert scope_of("home/.config/systemd/user/a.service") == "user"
    assert scope_of("systemd/user/a.service") == "user"
    assert scope_of("etc/systemd/user.conf.d/a.conf") == "user"
    assert scope_of("etc/systemd/system/a.service") == "system"


@pytest.mark.parametrize(
    ("path", "data", "is_link"),
    [
        ("units/web.service", b"../shared/web.service", True),
        ("systemd/user/symlink_web.service", b"/home/me/units/web.service\n", True),
        ("web.service.d/symlink_memory.conf", b"/home/me/memory.conf\n", True),
        ("units/web.service", b"../shared/other.service", False),
        ("units/web.service", b"ExecStart=/usr/bin/web.service", False),
        ("units/web.service", b"a/web.service\nb/web.service", False),
    ],
)
def test_text_of_a_link(path: str, data: bytes, is_link: bool) -> None:
    assert (text_of_link(data, path) is not None) is is_link
