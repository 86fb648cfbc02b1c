"""Compares every assessment with that of the real systemd, on services made at random.

    python tools/exposure_agreement.py --roots DIR [--count 500] [--seed 1] [--releases 252 257]
    python tools/exposure_agreement.py --roots DIR --record tests/conformance/exposure

``DIR`` holds a root directory a release, made by ``build-roots.sh`` of the recordings (needs root).  ``--record``
writes ``recorded.json`` into a folder of services: the answers that stand in where the recordings are not.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from unitlint.catalogue import MEASURED
from unitlint.report.exposure.json_format import assessment_object
from unitlint.security._assessments import ROWS
from unitlint.security._syscalls import GROUPS
from unitlint.security.score import expose

Rows = dict[str, list[Any]]
OFFLINE_SINCE = 250
SWITCHES = ["yes", "no", "true", "0", "maybe", "", "on", "off"]
CAPABILITIES = [
    "CAP_SYS_ADMIN",
    "cap_kill",
    "CAP_NET_ADMIN",
    "CAP_CHOWN",
    "CAP_BPF",
    "38",
    "CAP_NONE",
    "CAP_MKNOD",
    "~",
    "63",
    "+3",
    "0x3",
]
FAMILIES = [
    "AF_UNIX",
    "AF_INET",
    "AF_INET6",
    "AF_NETLINK",
    "AF_PACKET",
    "AF_LOCAL",
    "AF_FILE",
    "AF_VSOCK",
    "AF_NONE",
    "AF_UNSPEC",
    "AF_ROUTE",
]
CALLS = [
    *GROUPS,
    "@nothing",
    "ptrace",
    "mount",
    "bdflush",
    "chown32",
    "nosuchcall",
    "settimeofday:EPERM",
    "clock_settime",
    "reboot:kill",
]
NAMESPACES = ["user", "net", "uts", "mnt", "ipc", "pid", "cgroup", "time", "none"]
ADDRESSES = [
    "any",
    "localhost",
    "link-local",
    "127.0.0.1",
    "::1",
    "0.0.0.0/0",
    "::/0",
    "10.0.0.0/8",
    "multicast",
    "bad",
    "10.1.2.3/0",
    "127.1.1.1/8",
    "::1/127",
]
VALUES: dict[str, list[str]] = {
    "ProtectHome": [*SWITCHES, "read-only", "tmpfs"],
    "ProtectSystem": [*SWITCHES, "full", "strict"],
    "PrivateTmp": [*SWITCHES, "disconnected", "connected"],
    "PrivateUsers": [*SWITCHES, "self", "identity", "full"],
    "ProtectControlGroups": [*SWITCHES, "private", "strict"],
    "ProtectHostname": [*SWITCHES, "private", "yes:web", "private:web", ":web"],
    "ProtectProc": ["default", "invisible", "noaccess", "ptraceable", "no", ""],
    "ProcSubset": ["all", "pid", "none", ""],
    "KeyringMode": ["private", "shared", "inherit", "", "none"],
    "NotifyAccess": ["all", "main", "none", "exec", "", "yes"],
    "DevicePolicy": ["auto", "closed", "strict", "", "none"],
    "DeviceAllow": ["/dev/null rw", "char-pts", "/etc/x", "", "block-* r", "/dev/sda xyz", "/dev/%i r", "char-rtc r"],
    "UMask": ["0077", "027", "0", "022", "0007", "abc", "", "0770"],
    "User": ["web", "root", "0", "nobody", "", "%i", "%u", "1000"],
    "SupplementaryGroups": ["audio video", "", "%i", "adm"],
    "RootDirectory": ["/srv/jail", "/", "", "/srv/%i", "//"],
    "MountImages": ["/srv/x.raw:/mnt", "", "relative"],
    "ExtensionImages": ["/srv/x.raw", ""],
    "LoadCredentialEncrypted": ["one:/etc/one", ""],
    "SetCredentialEncrypted": ["one: abcd", ""],
    "LoadCredential": ["one:/etc/one", ""],
    "ImportCredential": ["one.*", ""],
    "RootImage": ["/srv/x.raw", "", "/"],
    "SystemCallArchitectures": ["native", "x86-64", "x86 native", "", "bogus", "arm64"],
    "IPIngressFilterPath": ["/sys/fs/bpf/x", "", "relative"],
    "Delegate": [*SWITCHES, "cpu memory", "bogus"],
}  # fmt: skip
LISTS = {
    "CapabilityBoundingSet": CAPABILITIES,
    "AmbientCapabilities": CAPABILITIES,
    "RestrictAddressFamilies": FAMILIES,
    "SystemCallFilter": CALLS,
    "RestrictNamespaces": NAMESPACES,
    "IPAddressDeny": ADDRESSES,
    "IPAddressAllow": ADDRESSES,
}
WHOLE = {
    "RestrictAddressFamilies": ["none", ""],
    "RestrictNamespaces": ["yes", "no", "", "~"],
    "SystemCallFilter": ["", "~"],
}


def main() -> int:
    """Prints the rows that differ; the exit status tells whether there are any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--roots", type=Path, required=True)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--releases", type=int, nargs="*", default=[one for one in MEASURED if one > OFFLINE_SINCE])
    parser.add_argument("--record", type=Path)
    arguments = parser.parse_args()
    if arguments.record:
        recorded = {
            release: ask_all(arguments.roots / str(release), arguments.record) for release in arguments.releases
        }
        (arguments.record / "recorded.json").write_text(json.dumps(recorded, indent=1) + "\n")
        return 0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        chance = random.Random(arguments.seed)
        for number in range(arguments.count):
            name = f"r{number}@.service" if chance.random() < 0.2 else f"r{number}.service"
            (folder / name).write_text(random_service(chance))
        return int(sum(compare(folder, arguments.roots / str(release), release) for release in arguments.releases) > 0)


def compare(folder: Path, root: Path, release: int) -> int:
    """Prints the differing rows of a release and counts them."""
    from unitlint.api import load_unit

    differing = asked = 0
    for name, theirs in ask_all(root, folder).items():
        asked += 1
        ours = rows_of(folder / name, release)
        for field in sorted(ours.keys() | theirs.keys()):
            if ours.get(field) != theirs.get(field):
                differing += 1
                directive = next((row[6] for row in ROWS if row[1] == field), ())
                found = [
                    line for one in directive for line in load_unit(folder / name).assignments.get(("Service", one), ())
                ]
                print(release, name, field, "ours", ours.get(field), "systemd", theirs.get(field), found)
    print(f"{release}: {asked} services accepted, {differing} rows differ")
    return differing


def rows_of(path: Path, release: int) -> Rows:
    """Our own answer in the form of :func:`ask_all`."""
    from unitlint.api import load_unit

    found = (assessment_object(one) for one in expose(load_unit(path), release).assessments)
    return {one["json_field"]: [one["set"], None if one["exposure"] is None else str(one["exposure"])] for one in found}


def ask_all(root: Path, folder: Path) -> dict[str, Rows]:
    """What the systemd of ``root`` says of each service: by field, whether it is set and what it costs."""
    inside = Path(tempfile.mkdtemp(prefix="exposure-", dir=root / "tmp"))
    try:
        shutil.copytree(folder, inside, dirs_exist_ok=True)
        answers = {path.name: ask(root, inside, path.name) for path in sorted(folder.glob("*.service"))}
        return {name: rows for name, rows in answers.items() if rows}
    finally:
        shutil.rmtree(inside)


def ask(root: Path, inside: Path, name: str) -> Rows:
    """The rows of one service; none where systemd refuses it."""
    where = "/" + str(inside.relative_to(root))
    command = ["chroot", str(root), "systemd-analyze", "security", "--offline=true", "--json=short", "--no-pager", name]
    environment = {
        "PATH": os.environ["PATH"],
        "SYSTEMD_UNIT_PATH": f"{where}:/usr/lib/systemd/system:/lib/systemd/system",
        "SYSTEMD_LOG_LEVEL": "err",
    }
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    try:
        return {row["json_field"]: [row["set"], row["exposure"]] for row in json.loads(done.stdout)}
    except ValueError:
        return {}


def random_service(chance: random.Random) -> str:
    """A service with a handful of settings, some of them said twice or wrongly."""
    lines = ["[Unit]"]
    if chance.random() < 0.2:
        lines.append(f"DefaultDependencies={chance.choice(SWITCHES)}")
    lines += ["[Service]", "ExecStart=/bin/true"]
    switches = sorted({str(row[5]) for row in ROWS if row[4] == "bool"} | {"DynamicUser", "RemoveIPC"})
    directives = [*switches, *VALUES, *LISTS]
    for _ in range(chance.randrange(1, 14)):
        directive = chance.choice(directives)
        for _ in range(chance.choice((1, 1, 2, 3))):
            lines.append(f"{directive}={random_value(directive, chance)}")
    return "\n".join(lines) + "\n"


def random_value(directive: str, chance: random.Random) -> str:
    """One of the directive's values, or a list of its words."""
    if directive in LISTS and chance.random() < 0.85:
        words = chance.sample(LISTS[directive], chance.randrange(1, 4))
        mark = "~" if chance.random() < 0.4 and not directive.startswith("IP") else ""
        return mark + " ".join(words)
    return chance.choice(WHOLE.get(directive) or VALUES.get(directive) or ([""] if directive in LISTS else SWITCHES))


if __name__ == "__main__":
    raise SystemExit(main())
