"""What one real systemd release and unitlint each say of a batch of units."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import unitlint
from tools.agreement.corpus import ABOUT_LINES, FIRST_OF_WHOLE_UNITS
from unitlint.base.finding import Finding
from unitlint.syntax.reader import read

ENVIRONMENT = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/",
    "SYSTEMD_LOG_TARGET": "console-prefixed",
    "SYSTEMD_LOG_LEVEL": "info",
    "SYSTEMD_LOG_TIME": "0",
    "SYSTEMD_LOG_COLOR": "0",
}
_MESSAGE = re.compile(r"<(\d+)>\s*(.*)", re.DOTALL)
_REFUSED = re.compile(r"Refusing|bad unit file setting|fatal error|failed to load|not loaded properly")
_OF_A_JOB = ("Failed to create", "Cannot add dependency job", "Two services allocated")
OF_OTHER_UNITS = (
    "is not executable", "not found", "not loaded", "cyclic", "cycle on", "conflicting", "Failed to create",
    "dependency job", "Two services", "Found ", "deleted to break", "is masked", "bad unit file setting",
    "failed to load", "fatal error",
)  # fmt: skip
"""Parts of messages about what depends on the machine or on the other units of a batch."""
INSTANCE = "i"


class Verdict(NamedTuple):
    """The lines (the first of each assignment) that are objected to, whether the unit is refused, and whether
    something else is said of it as a whole."""

    lines: frozenset[int]
    refused: bool
    noted: bool
    words: tuple[str, ...]


CRASHED = Verdict(frozenset(), refused=False, noted=False, words=("it crashed",))
"""systemd itself ended with an assertion (247 does so for Type=dbus without BusName=); nothing can be compared."""


def systemd(root: str, release: int, units: Mapping[str, str]) -> dict[str, Verdict]:
    """The verdicts of the systemd in ``root`` (needs chroot) on units by file name."""
    work = tempfile.mkdtemp(prefix="fuzz-", dir=os.path.join(root, "tmp"))
    inside = work[len(root.rstrip("/")) :]
    try:
        for name, text in units.items():
            Path(work, name).write_bytes(text.encode("utf-8", "surrogateescape"))
        asked = [name.replace("@.", f"@{INSTANCE}.") for name in units]
        how = ["--generators=no"] + (["--recursive-errors=yes"] if release >= 252 else [])
        done = subprocess.run(
            ["chroot", root, "systemd-analyze", "verify", "--man=no", *how, "--", *asked],
            env={**ENVIRONMENT, "SYSTEMD_UNIT_PATH": f"{inside}:/usr/lib/systemd/system:/lib/systemd/system"},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=300, check=False,
        )  # fmt: skip
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if done.returncode < 0:
        if len(units) == 1:
            return dict.fromkeys(units, CRASHED)
        names = list(units)
        halves = names[: len(names) // 2], names[len(names) // 2 :]
        return {
            name: verdict
            for half in halves
            for name, verdict in systemd(root, release, {name: units[name] for name in half}).items()
        }
    return _verdicts(done.stderr.decode("utf-8", "backslashreplace"), inside, units)


def _verdicts(output: str, inside: str, units: Mapping[str, str]) -> dict[str, Verdict]:
    lines: dict[str, set[int]] = {name: set() for name in units}
    words: dict[str, list[str]] = {name: [] for name in units}
    refused: set[str] = set()
    noted: set[str] = set()
    starts = {name: first_lines(text, name) for name, text in units.items()}
    for raw in output.split("\n"):
        found = _MESSAGE.match(raw)
        if not found or int(found[1]) & 7 > 6:
            continue
        message = found[2]
        at = re.match(re.escape(inside) + r"/([^/:]+(?:\\x[0-9a-f]{2}[^/:]*)*):(\d+): (.*)", message)
        if at and at[1] in lines:
            lines[at[1]].add(starts[at[1]].get(int(at[2]), int(at[2])))
            words[at[1]].append(f"{at[2]}: {at[3]}")
            continue
        about = re.match(r"(?:Unit )?(\S+\.[a-z]+):? (.*)", message)
        name = about[1].replace(f"@{INSTANCE}.", "@.") if about else ""
        if about and name in lines:
            words[name].append(about[2])
            # What keeps a job from starting may be another unit of the batch.
            if _REFUSED.search(about[2]) and not about[2].startswith(_OF_A_JOB):
                refused.add(name)
            elif not any(part in about[2] for part in OF_OTHER_UNITS):
                noted.add(name)
    return {name: Verdict(frozenset(lines[name]), name in refused, name in noted, tuple(words[name])) for name in units}


def first_lines(text: str, name: str) -> dict[int, int]:
    """The last physical line of every continued assignment to its first."""
    document = read(text, name)
    ends = {last: first for first, last in document.continuations}
    # systemd counts one line more where the end of the file ends a continuation.
    ends.update({last + 1: first for first, last in document.continuations if last == len(document.lines)})
    return ends


def ours(release: int, units: Mapping[str, str]) -> dict[str, Verdict]:
    """unitlint's verdicts, from the findings that have an effect."""
    verdicts = {}
    for name, text in units.items():
        findings = unitlint.check_text(
            text.encode("utf-8", "surrogateescape"), name, profile="conform", systemd_version=release
        )
        told = [found for found in findings if found.effect]
        verdicts[name] = Verdict(
            frozenset(found.line for found in told if not _of_the_unit(found)),
            any(found.effect == "refused" for found in told),
            any(_of_the_unit(found) and found.effect != "refused" for found in told),
            tuple(f"{found.line}: {found.code} {found.effect}: {found.message}" for found in told),
        )
    return verdicts


def _of_the_unit(found: Finding) -> bool:
    """True where systemd names no line in what it says: conditions of whole units, and a few remarks on values."""
    if "control group, which" in found.message or found.code == "UL704":
        return True
    return found.code >= FIRST_OF_WHOLE_UNITS and found.code not in ABOUT_LINES
