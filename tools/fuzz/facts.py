"""`python -m tools.fuzz.facts --roots DIR [--release 252]`: is what the catalogue dates as the real systemds have it?

For each root in DIR (needs chroot): the directives that systemd lists with --dump-configuration-items, and what it
says of every word of every enumeration, every specifier in each kind of value, exit status, signal, address family,
prefix of commands and form of calendar.  Prints what differs; the exit status is 1 where anything does.
"""

from __future__ import annotations

import argparse
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools.agreement.matrix import BASES, Case, compare
from tools.fuzz.values import BATCH, Asked, ask
from unitlint.catalogue import directives_of, facts, known, lookup

SECTIONS = (*BASES, "Scope")
SHARED = ("Socket", "Mount", "Swap", "Slice")
"""Sections most of whose directives are those of services too."""
NOT_LISTED = frozenset((
    "Capabilities", "NetClass", "BusPolicy", "SysVStartPriority", "IgnoreOnSnapshot", "BlockIOAccounting",
    "BlockIODeviceWeight", "BlockIOReadBandwidth", "BlockIOWeight", "BlockIOWriteBandwidth", "CPUAccounting",
    "CPUShares", "DefaultMemoryLow", "DefaultMemoryMin", "DefaultStartupMemoryLow", "MemoryLimit",
    "StartupBlockIOWeight", "StartupCPUShares",
))  # fmt: skip
"""Directives that systemd knows, but says to have removed; it leaves them out of the list."""
WITH_SPECIFIERS = {
    "Unit.Description": "x{}", "Unit.After": "a{}.service", "Unit.Documentation": "man:a{}",
    "Unit.ConditionPathExists": "/x{}", "Service.ExecStartPost": "/bin/a x{}", "Service.RuntimeDirectory": "x{}",
    "Service.Environment": "A={}", "Service.LoadCredential": "x:/a{}",
}  # fmt: skip
OF_TABLES = {
    "exit_statuses": "Service.SuccessExitStatus", "signals": "Service.KillSignal",
    "address_families": "Service.RestrictAddressFamilies",
}  # fmt: skip
PREFIXES = (
    "-", "@", "+", "!", "!!", ":", "|", "-+", "+-", "!-", "-!", "-@", "@-", ":@", "::", "!!!", "+!", "!+", "|-", "-|",
    "||", "|@", "|+", ":|", "-:", "+:",
)  # fmt: skip
CALENDARS = (
    "minutely", "hourly", "daily", "weekly", "monthly", "quarterly", "semiannually", "semi-annually", "biannually",
    "bi-annually", "yearly", "annually", "anually", "Mon", "monday", "Mon..Fri", "Mon-Fri", "Mon,Tue", "Sun..Mon",
    "Fri..Mon", "Mon..", "*-*-* *:*:*", "*:0/5", "*:*/5", "2024-02-30", "*~1", "*-*~1", "*-02~03/1", "24:00", "23:60",
    "12:00:00.123456", "*-1..3/2-1", "12:00 UTC", "12:00 Europe/Berlin", "@1", "@-1", "@1.5", "2024-1-1 1:1",
    "1:2:3..5/2", "24-1-1", "0-1-1", "10000-1-1", "*-13-1", "*-*-32", "*/2-*-*", "2024-01-01T00:00",
    "2024-01-01 00:00Z",
)  # fmt: skip


def main() -> int:
    """Asks each root; the exit status is 1 where a fact differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--roots", required=True, type=Path)
    parser.add_argument("--release", type=int, action="append", help="all of DIR where none is named")
    arguments = parser.parse_args()
    releases = arguments.release or sorted(int(path.name) for path in arguments.roots.iterdir() if path.name.isdigit())
    asked = sorted(set(words()))
    wrong = 0
    for release in releases:
        differing = [*_directives(arguments.roots / str(release), release), *_words(arguments.roots, release, asked)]
        wrong += len(differing)
        print(f"{release}: {len(differing)} of {len(asked)} words and all directives differ", *differing, sep="\n    ")
    return int(wrong > 0)


def _directives(root: Path, release: int) -> Iterator[str]:
    """What only one of the two knows."""
    done = subprocess.run(
        ["chroot", root, "/lib/systemd/systemd", "--dump-configuration-items"],
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    theirs: set[str] = set()
    section = ""
    for line in done.stdout.splitlines():
        header = re.fullmatch(r"\[(\w+)\]", line)
        section = header[1] if header else section
        name, equals, _ = line.strip().partition("=")
        if equals and section in SECTIONS:
            theirs.add(f"{section}.{name}")
    ours = {
        f"{section}.{name}"
        for section in SECTIONS
        for name in directives_of("unit", section)
        if known(lookup("unit", section, name) or {}, release)
    }
    yield from (f"{name}: only systemd knows it" for name in sorted(theirs - ours))
    more = (name for name in sorted(ours - theirs) if name.partition(".")[2] not in NOT_LISTED)
    yield from (f"{name}: only the catalogue knows it" for name in more)


def words() -> Iterator[Asked]:
    """Section, directive and value of everything that the catalogue names, whatever the release."""
    for section in BASES:
        for directive in directives_of("unit", section):
            if section in SHARED and lookup("unit", "Service", directive):
                continue
            entry = lookup("unit", section, directive) or {}
            for word in (*(entry.get("enum") or ()), *(entry.get("keywords") or ())):
                yield section, directive, str(word)
    for table, place in OF_TABLES.items():
        for fact in facts(table):
            yield *_parts(place), fact if isinstance(fact, str) else fact["name"]
    for fact in facts("specifiers"):
        for place, form in WITH_SPECIFIERS.items():
            yield *_parts(place), form.format(fact["specifier"])
    for prefix in PREFIXES:
        yield "Service", "ExecStartPost", f"{prefix}/bin/a x"
    for calendar in CALENDARS:
        yield "Timer", "OnCalendar", calendar


def _parts(place: str) -> tuple[str, str]:
    section, _, directive = place.partition(".")
    return section, directive


def _words(roots: Path, release: int, asked: list[Asked]) -> Iterator[str]:
    for start in range(0, len(asked), BATCH):
        part = asked[start : start + BATCH]
        outcomes = ask(roots / str(release), release, part)
        cases = [
            Case(*one[:2], one[2].encode(), {release: outcome}) for one, outcome in zip(part, outcomes, strict=True)
        ]
        for (section, directive, value), found in zip(part, compare(cases, release), strict=True):
            if found.theirs != found.ours:
                outcome = found.case.outcomes[release]
                yield f"{section}.{directive}={value}: systemd {outcome!r}, unitlint {found.ours}"


if __name__ == "__main__":
    raise SystemExit(main())
