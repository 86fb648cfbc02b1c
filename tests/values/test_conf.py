"""Values of confs, as the daemons' sources read them."""

from __future__ import annotations

import pytest

from unitlint.api import check_text

SOUND = """
journald.conf Journal Audit=yes
journald.conf Journal Audit=keep
journald.conf Journal Compress=no
journald.conf Journal Compress=512
journald.conf Journal LineMax=48K
journald.conf Journal Storage=persistent
journald.conf Journal SplitMode=uid
journald.conf Journal SystemMaxUse=2G
journald.conf Journal SystemMaxFiles=100
journald.conf Journal SystemMaxUse=
system.conf Manager LogLevel=info
system.conf Manager LogLevel=6
system.conf Manager LogTarget=journal-or-kmsg
system.conf Manager CrashChangeVT=7
system.conf Manager ShowStatus=auto
system.conf Manager RuntimeWatchdogSec=off
system.conf Manager RuntimeWatchdogSec=30s
system.conf Manager StatusUnitFormat=name
system.conf Manager DefaultStandardOutput=journal
logind.conf Login HandleLidSwitch=suspend
logind.conf Login RuntimeDirectorySize=10%
logind.conf Login RuntimeDirectorySize=1G
logind.conf Login NAutoVTs=6
coredump.conf Coredump ExternalSizeMax=infinity
coredump.conf Coredump MaxUse=1G
resolved.conf Resolve DNS=9.9.9.9 [2620:fe::fe]:853 2001:db8::1%eth0 1.1.1.1#cloudflare-dns.com
resolved.conf Resolve DNSSEC=allow-downgrade
resolved.conf Resolve DNSOverTLS=opportunistic
"""

UNSOUND = """
journald.conf Journal Audit=perhaps -> Accepted: no, yes, keep
journald.conf Journal Compress=1 -> journald reads 1 as yes
journald.conf Journal Compress=some -> Expected a size
journald.conf Journal LineMax=10 -> the lowest limit is 79 bytes
journald.conf Journal Storage=permanent -> Accepted: auto, none, persistent, volatile
journald.conf Journal SystemMaxUse=2GB -> Expected a size
journald.conf Journal SystemMaxFiles=many -> Expected a whole number
system.conf Manager LogLevel=8 -> Accepted: info, notice
system.conf Manager CrashChangeVT=64 -> expected yes, no, or a terminal from 1 to 63
system.conf Manager RuntimeWatchdogSec=soon -> Expected a time span
system.conf Manager DefaultStandardOutput=syslog -> systemd uses journal instead
logind.conf Login HandleLidSwitch=sleepy -> Accepted:
logind.conf Login RuntimeDirectorySize=100% -> write a percentage above 0% and below 100%
coredump.conf Coredump Storage=disk -> Accepted: journal, external, none
resolved.conf Resolve DNS=dns.example.org -> Expected an IP address
resolved.conf Resolve DNS=9.9.9.9:0 -> Expected an IP address
resolved.conf Resolve DNSSEC=maybe -> Accepted: no, yes, allow-downgrade
"""


def found(line: str) -> list[str]:
    conf, section, assignment = line.split(" ", 2)
    text = f"[{section}]\n{assignment}\n"
    return [f"{one.message} {one.help}" for one in check_text(text, conf, profile="conform", systemd_version=262)]


@pytest.mark.parametrize("line", SOUND.strip().splitlines())
def test_sound(line: str) -> None:
    assert found(line) == []


@pytest.mark.parametrize("line", UNSOUND.strip().splitlines())
def test_unsound(line: str) -> None:
    line, _, wanted = line.partition(" -> ")
    (message,) = found(line)
    assert wanted.lower() in message.lower()
