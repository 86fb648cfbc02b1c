"""Asks the real service manager: units that fail on purpose, whose real journal is diagnosed.

    python -m tools.diagnose_proof ROOT… [--record tests/diagnose/round_trip]

``ROOT`` is a root directory with systemd in it, made by ``build-roots.sh`` of the recordings.  It is started as PID 1
of namespaces of its own (root needed), runs the units of tests/diagnose/round_trip, and what its journal holds of them
is diagnosed, in several output formats.  ``--record`` keeps it as text, for tests on machines that cannot do this.
Memory limits are left out where a release needs cgroup v2 and this machine has the memory controller in v1.
"""

from __future__ import annotations

import argparse
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from itertools import dropwhile
from pathlib import Path

from unitlint.catalogue import known, lookup
from unitlint.diagnose.run import diagnose
from unitlint.syntax.reader import read

UNITS = Path(__file__).resolve().parent.parent / "tests" / "diagnose" / "round_trip"
FORMATS = ("short", "short-iso", "with-unit", "json", "export")
PATIENCE = 40
"""Seconds in which the manager has to be through."""
BOOT = """
mount --make-rprivate /
mountpoint -q $0 || mount --bind $0 $0
mount -t proc proc $0/proc
umount -l $0/sys 2>/dev/null; mount -t sysfs sysfs $0/sys
mount -t tmpfs tmpfs $0/run; mount -t tmpfs tmpfs $0/tmp
if [ $1 -ge 258 ]; then mount -t cgroup2 cgroup2 $0/sys/fs/cgroup
else
  mount -t tmpfs tmpfs $0/sys/fs/cgroup
  cd $0/sys/fs/cgroup; mkdir memory pids systemd unified
  mount -t cgroup -o memory cgroup memory; mount -t cgroup -o pids cgroup pids
  mount -t cgroup -o none,name=systemd cgroup systemd; mount -t cgroup2 cgroup2 unified
fi
exec env -i container=proof PATH=/usr/sbin:/usr/bin chroot $0 /lib/systemd/systemd --system --log-target=journal \
  --show-status=no --unit=proof.target
"""


def main() -> int:
    """Prints a line a unit and root; 1 where an answer is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("roots", type=Path, nargs="+")
    parser.add_argument("--record", type=Path, metavar="DIR")
    arguments = parser.parse_args()
    wrong = 0
    for root in arguments.roots:
        release = int((root / "VERSION").read_text())
        with tempfile.TemporaryDirectory() as folder:
            journal = journal_of(root.resolve(), release, Path(folder))
            if journal is None:
                wrong += 1
                print(f"{release}: the manager left no journal")
                continue
            for form in FORMATS:
                log = Path(folder) / f"{form}.log"
                with log.open("wb") as file:
                    command = ["journalctl", "--no-pager", f"--directory={journal}", "-o", form]
                    subprocess.run(command, stdout=file, check=True)
                wrong += compare(log, release, form)
            if arguments.record:
                text = recorded((Path(folder) / "short.log").read_text(encoding="utf-8", errors="replace"), release)
                (arguments.record / f"{release}.log").write_text(text, encoding="utf-8")
    return int(wrong > 0)


def journal_of(root: Path, release: int, folder: Path) -> Path | None:
    """Starts the manager, waits until it is through, and copies its journal; None where there is none."""
    system = root / "etc" / "systemd" / "system"
    for unit in UNITS.glob("*.service"):
        shutil.copy(unit, system)
    names = " ".join(sorted(unit.name for unit in UNITS.glob("*.service")))
    (system / "proof.target").write_text(f"[Unit]\nWants=systemd-journald.service {names}\n")
    kept = root / "var" / "log" / "journal"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    command = [
        "unshare",
        "-f",
        "-p",
        "-m",
        "-u",
        "-i",
        "-C",
        "--kill-child",
        "bash",
        "-c",
        BOOT,
        str(root),
        str(release),
    ]
    manager = subprocess.Popen(command)
    try:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and "Startup finished" not in messages(kept):
            time.sleep(1)
    finally:
        manager.send_signal(signal.SIGKILL)
        manager.wait()
    shutil.copytree(kept, folder / "journal")
    return next((folder / "journal").iterdir(), None)


def messages(kept: Path) -> str:
    """What the journal holds so far."""
    folder = next(kept.iterdir(), None)
    if folder is None:
        return ""
    command = ["journalctl", "--no-pager", f"--directory={folder}", "-o", "cat", "_PID=1"]
    return subprocess.run(command, capture_output=True, text=True, check=False, errors="replace").stdout


def expected(release: int) -> dict[str, tuple[str, str]]:
    """The event and the fault that the first line of each unit announces; without those whose settings are too new."""
    found = {}
    for path in sorted(UNITS.glob("*.service")):
        assignments = read(path.read_text(encoding="utf-8"), path.name).assignments
        entries = [lookup("unit", one.section, one.directive) or {} for one in assignments]
        if all(known(entry, release) for entry in entries):
            _, _, event, cause = path.read_text(encoding="utf-8").partition("\n")[0].split()
            found[path.name] = event, cause
    return found


def compare(log: Path, release: int, form: str) -> int:
    """How many units are diagnosed otherwise than they announce, in one output format."""
    incidents = {incident.unit: incident.causes[0] for incident in diagnose([str(log)], units=[str(UNITS)]).incidents}
    wrong = 0
    asked = expected(release)
    if not has_memory(release):
        asked = {unit: wanted for unit, wanted in asked.items() if wanted[0] != "oom-memcg"}
    for unit, wanted in asked.items():
        cause = incidents.get(unit)
        found = (cause.kind.id, cause.caused_by) if cause is not None else ("nothing", "")
        placed = cause is not None and any(shown.path.endswith(unit) for shown in cause.look_at)
        if found != wanted or not placed:
            wrong += 1
            print(f"{release} {form}: {unit}: {found}, not {wanted}{'' if placed else '; no line of the unit'}")
    print(f"{release} {form}: {len(asked) - wrong} of {len(asked)} right")
    return wrong


def has_memory(release: int) -> bool:
    """Whether memory limits work for a release that is started here: since 258 there is cgroup v2 only."""
    hierarchies = [line.split() for line in Path("/proc/cgroups").read_text(encoding="utf-8").splitlines()]
    in_v1 = any(words[0] == "memory" and words[1] != "0" for words in hierarchies)
    return not in_v1 if release >= 258 else in_v1


def recorded(text: str, release: int) -> str:
    """The lines about the units, without what tells of the machine that it ran on."""
    names = "|".join(map(re.escape, expected(release)))
    about = re.compile(rf"{names}|oom-killer:|memory: usage|Memory cgroup out of memory|SECCOMP|type=1326")
    # The kernel's messages from before this start stand first: journald reads the ring buffer.
    lines = dropwhile(lambda line: " kernel: " in line, filter(about.search, text.splitlines()))
    kept = re.sub(r"(memcg=|stats for )\S*?(?=/system\.slice)", r"\1", "\n".join(lines))
    return re.sub(r"^(\S+ +\d+ \S+) \S+ ", r"\1 host ", kept, flags=re.MULTILINE) + "\n"


if __name__ == "__main__":
    sys.exit(main())
