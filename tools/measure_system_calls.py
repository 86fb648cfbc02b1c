"""Asks real releases of systemd which system calls their groups hold, for data/system-calls.toml.

    python -m tools.measure_system_calls --roots DIR 257 262

``DIR`` holds a root directory a release (``DIR/257/usr/…``) with systemd-analyze in it; needs root, for chroot. What is
already recorded of other releases stays. Which of the assessed calls a processor lacks is asked of the tree's
libseccomp, for releases from 252 on: older ones are not measured for the exposure.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import subprocess
from pathlib import Path

from tools.build_catalogue import REPOSITORY, load
from tools.build_security import by_release, changed

FILE = REPOSITORY / "data" / "system-calls.toml"
EXPOSURE_SINCE = 252
ARCHITECTURES = {
    "arm": 0x40000028,
    "arm64": 0xC00000B7,
    "loongarch64": 0xC0000102,
    "ppc64-le": 0xC0000015,
    "riscv64": 0xC00000F3,
    "s390x": 0x80000016,
    "x86": 0x40000003,
    "x86-64": 0xC000003E,
}
"""systemd's names and the tokens of linux/audit.h that libseccomp goes by."""
Held = dict[str, dict[int, list[str]]]
"""By group or processor, and by release, the names that it holds."""


def main() -> None:
    """Asks every release that is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("releases", type=int, nargs="+")
    parser.add_argument("--roots", type=Path, required=True)
    arguments = parser.parse_args()
    recorded = load(FILE)
    groups, absent = (held_by_release(recorded[table]) for table in ("groups", "absent"))
    rows = load(REPOSITORY / "data" / "security.toml")["assessments"]
    assessed = sorted({row["parameter"] for row in rows if row["assess"] == "system_call_filter"})
    for release in arguments.releases:
        root = arguments.roots / str(release)
        found = groups_of(root)
        for name, members in found.items():
            groups.setdefault(name, {})[release] = members
        for name, calls in absent_calls(root, found, assessed).items() if release >= EXPOSURE_SINCE else ():
            absent.setdefault(name, {})[release] = calls
    FILE.write_text(as_toml(groups, absent, recorded["calls"]), encoding="utf-8")


def held_by_release(table: dict[str, dict[str, str]]) -> Held:
    """What each group holds at every release where it is known to have changed."""
    found: Held = {}
    for name, changes in table.items():
        held: list[str] = []
        for release, text in by_release(changes):
            held = changed(held, text)
            found.setdefault(name, {})[release] = held
    return found


def groups_of(root: Path) -> dict[str, list[str]]:
    """Every group of system calls with its members, as the release prints them."""
    command = ["chroot", str(root), "systemd-analyze", "syscall-filter"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    groups: dict[str, list[str]] = {}
    members: list[str] = []
    for line in text.splitlines():
        if line.startswith("@"):
            members = groups.setdefault(line.strip(), [])
        elif line.startswith("#"):
            members = []  # what the kernel has beyond every group, on the machine that was asked
        elif line.strip() and not line.strip().startswith("#"):
            members.append(line.strip())
    groups.pop("@known", None)
    return {name: sorted(members) for name, members in groups.items()}


def absent_calls(root: Path, groups: dict[str, list[str]], assessed: list[str]) -> dict[str, list[str]]:
    """By processor, the calls of the assessed groups that it lacks (libseccomp has no number for them)."""
    library = ctypes.CDLL(str(next(root.glob("usr/lib/*/libseccomp.so.2"))))
    wanted = sorted(set().union(*(flat(groups, name) for name in assessed)))
    resolve = library.seccomp_syscall_resolve_name_arch
    resolve.argtypes = (ctypes.c_uint32, ctypes.c_char_p)
    known = {name: token for name, token in ARCHITECTURES.items() if resolve(token, b"read") >= 0}
    return {name: [call for call in wanted if resolve(token, call.encode()) < 0] for name, token in known.items()}


def flat(groups: dict[str, list[str]], name: str) -> set[str]:
    """The calls of a group and of the groups in it."""
    calls: set[str] = set()
    for member in groups.get(name, ()):
        calls |= flat(groups, member) if member.startswith("@") else {member}
    return calls


def as_toml(groups: Held, absent: Held, calls: dict[str, str]) -> str:
    """The whole file: each group in full at its first release, then what later ones added (+) and dropped (-)."""
    lines = [
        "# Groups of system calls (seccomp-util.c), what assessed calls a processor lacks, and the calls that",
        "# libseccomp resolves, by the first release that knows them.",
        "# tools/measure_system_calls.py writes all but the calls.",
        "",
    ]
    for table, held in (("groups", groups), ("absent", absent)):
        for name, by in sorted(held.items()):
            lines.append(f"[{table}.{json.dumps(name)}]")
            before: list[str] | None = None
            for release, members in sorted(by.items()):
                if before is None or set(before) != set(members):
                    lines.append(f"{release} = {json.dumps(' '.join(difference(before, members)))}")
                before = members
        lines.append("")
    lines.append("[calls]")
    for since, text in by_release(calls):
        lines += [f'{since} = """', *sorted(text.split()), '"""']
    return "\n".join([*lines, ""])


def difference(before: list[str] | None, members: list[str]) -> list[str]:
    """The whole list at first, later what came and what went."""
    if before is None:
        return sorted(members)
    came = sorted(set(members) - set(before))
    return [*("+" + name for name in came), *("-" + name for name in sorted(set(before) - set(members)))]


if __name__ == "__main__":
    main()
