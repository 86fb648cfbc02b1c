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
from tools.fuzz.mutate import Tree
from unitlint.base.finding import Finding
from unitlint.syntax.reader import read

ENVIRONMENT = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/root",
    "SYSTEMD_LOG_TARGET": "console-prefixed",
    "SYSTEMD_LOG_LEVEL": "info",
    "SYSTEMD_LOG_TIME": "0",
    "SYSTEMD_LOG_COLOR": "0",
    "XDG_RUNTIME_DIR": "/run",
}
_MESSAGE = re.compile(r"<(\d+)>\s*(.*)", re.DOTALL)
_REFUSED = re.compile(r"Refusing|bad unit file setting|fatal error|failed to load|not loaded properly")
_OF_A_JOB = ("Failed to create", "Cannot add dependency job", "Two services allocated")
LONGEST = 300
"""Seconds after which a batch is asked in halves, and a unit alone is not compared."""
OF_OTHER_UNITS = (
    "is not executable", "not found", "not loaded", "cyclic", "cycle on", "conflicting", "Failed to create",
    "dependency job", "Two services", "Found ", "deleted to break", "Unable to break", "is masked",
    "bad unit file setting", "failed to load", "fatal error", "Suspicious symlink",
)  # fmt: skip
"""Parts of messages about what depends on the machine or on the other units of a batch."""
OF_THE_MACHINE = ("not found in path", "cannot be resolved", "unified cgroup hierarchy")
"""Parts of messages that say that a unit cannot be compared: what is installed or mounted decides."""
RULES_ABOUT_THE_MACHINE = ("UL220", "UL274")
HOST_SPECIFIERS = re.compile(r"(?<!%)(?:%%)*%[ABMWmbHlqvoaow]")
"""Specifiers that are empty on some machines, or hold what no unit may."""
OF_CONTROL_GROUPS = re.compile(r"=%[crR]\b")
"""In the remark on a specifier that names control groups (UL111)."""
INSTANCE = "i"
_LINES_COUNTED_SINCE = 245
"""Until then comments, and lines that go on below, are not counted in the numbers of lines."""
_COMMENTS_COUNTED_UNTIL = 239
_COMMENTS_AT_THE_START = (240, 241, 242)
"""These know a comment, and a line that is not counted, by its first character only."""

At = tuple[str, int]
"""A file below the folder of units, empty for the unit file itself, and the first line of an assignment."""


class Verdict(NamedTuple):
    """The lines (the first of each assignment) that are objected to, whether the unit is refused, and whether
    something else is said of it as a whole."""

    lines: frozenset[At]
    refused: bool
    noted: bool
    words: tuple[str, ...]


CRASHED = Verdict(frozenset(), refused=False, noted=False, words=("it crashed",))
"""systemd itself ended with an assertion (247 does so for Type=dbus without BusName=); nothing can be compared."""


def systemd(root: str, release: int, units: Mapping[str, Tree], *, user: bool = False) -> dict[str, Verdict]:
    """The verdicts of the systemd in ``root`` (needs chroot) on units by file name."""
    work = tempfile.mkdtemp(prefix="fuzz-", dir=os.path.join(root, "tmp"))
    inside = work[len(root.rstrip("/")) :]
    scope = "user" if user else "system"
    try:
        for name, tree in units.items():
            plant(Path(work), name, tree)
        asked = [name.replace("@.", f"@{INSTANCE}.") for name in units]
        how = ["--generators=no"] + (["--recursive-errors=yes"] if release >= 252 else [])
        status, said = _asked(
            ["chroot", root, "systemd-analyze", f"--{scope}", "verify", "--man=no", *how, "--", *asked],
            {**ENVIRONMENT, "SYSTEMD_UNIT_PATH": f"{inside}:/usr/lib/systemd/{scope}:/lib/systemd/{scope}"},
        )
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if status < 0:
        if len(units) == 1:
            return dict.fromkeys(units, CRASHED)
        names = list(units)
        halves = names[: len(names) // 2], names[len(names) // 2 :]
        return {
            name: verdict
            for half in halves
            for name, verdict in systemd(root, release, {name: units[name] for name in half}, user=user).items()
        }
    return _verdicts(said.decode("utf-8", "backslashreplace"), inside, units, release)


def _asked(command: list[str], environment: Mapping[str, str]) -> tuple[int, bytes]:
    """The exit status, negative where it was ended by a signal or is not done in time, and what it says."""
    try:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            timeout=LONGEST, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return -1, b""
    return done.returncode, done.stderr


def plant(folder: Path, name: str, tree: Tree) -> None:
    """Writes the files and links of one unit into the folder of a search path."""
    (folder / name).write_bytes(tree.text.encode("utf-8", "surrogateescape"))
    for path, text in tree.drop_ins.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(text.encode("utf-8", "surrogateescape"))
    for path, target in tree.links.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).symlink_to(target)


def _verdicts(output: str, inside: str, units: Mapping[str, Tree], release: int) -> dict[str, Verdict]:
    lines: dict[str, set[At]] = {name: set() for name in units}
    words: dict[str, list[str]] = {name: [] for name in units}
    refused: set[str] = set()
    noted: set[str] = set()
    owners = {name: (name, "") for name in units}
    owners |= {path: (name, path) for name, tree in units.items() for path in (*tree.drop_ins, *tree.links)}
    starts = {
        path: first_lines(units[name].drop_ins[path] if below else units[name].text, path, release)
        for path, (name, below) in owners.items()
        if path not in units[name].links
    }
    for raw in output.split("\n"):
        found = _MESSAGE.match(raw)
        if not found or int(found[1]) & 7 > 6:
            continue
        message = found[2].replace(f"{inside}/", "\0")
        at = re.match(r"\0(\S+?):(\d+): (.*)", message)
        if at and at[1] in starts:
            name, below = owners[at[1]]
            lines[name].add((below, starts[at[1]].get(int(at[2]), int(at[2]))))
            words[name].append(f"{below}:{at[2]}: {at[3]}")
            continue
        about = re.match(r"(?:Unit )?\0?(\S+\.[a-z]+):? (.*)", message)
        named = about[1] if about else ""
        owner = (owners.get(named) or owners.get(named.replace(f"@{INSTANCE}.", "@.")) or ("", ""))[0]
        if about and owner:
            words[owner].append(about[2])
            # What keeps a job from starting may be another unit of the batch.
            if _REFUSED.search(about[2]) and not about[2].startswith(_OF_A_JOB):
                refused.add(owner)
            elif not any(part in about[2] for part in OF_OTHER_UNITS):
                noted.add(owner)
    return {name: Verdict(frozenset(lines[name]), name in refused, name in noted, tuple(words[name])) for name in units}


def first_lines(text: str, name: str, release: int) -> dict[int, int]:
    """The number that systemd gives a line, that of the last physical one, to the first of the assignment."""
    document = read(text, name, release=release)
    ends = {last: first for first, last in document.continuations}
    if release >= _LINES_COUNTED_SINCE:
        # systemd counts one line more where the end of the file ends a continuation.
        ends.update({last + 1: first for first, last in document.continuations if last == len(document.lines)})
        return ends
    goes_to = dict(document.continuations)
    firsts: dict[int, int] = {}
    at = counted = 1
    while at <= len(document.lines):
        text = document.line_text(at).rstrip("\r\n")
        stripped = text if release in _COMMENTS_AT_THE_START else text.lstrip(" \t")
        if release > _COMMENTS_COUNTED_UNTIL and (stripped[:1] in ("#", ";") and stripped):
            at += 1
            continue
        if release in _COMMENTS_AT_THE_START and not stripped:
            at += 1
            continue
        firsts[counted] = at
        counted += 1
        at = goes_to.get(at, at) + 1
    return firsts


def ours(release: int, units: Mapping[str, Tree], *, user: bool = False) -> dict[str, Verdict]:
    """unitlint's verdicts, from the findings that have an effect."""
    return {name: _our_verdict(release, name, tree, user=user) for name, tree in units.items()}


def _our_verdict(release: int, name: str, tree: Tree, *, user: bool) -> Verdict:
    if not user and not tree.drop_ins and not tree.links:
        findings = unitlint.check_text(
            tree.text.encode("utf-8", "surrogateescape"), name, profile="conform", systemd_version=release
        )
    else:
        findings = _findings_of_tree(release, name, tree, user=user)
    told = [found for found in findings if found.effect]
    return Verdict(
        frozenset(("" if found.path == name else found.path, found.line) for found in told if not _of_the_unit(found)),
        any(found.effect == "refused" and (found.path == name or _of_the_unit(found)) for found in told),
        any(_of_the_unit(found) and found.effect != "refused" for found in told),
        tuple(f"{found.path}:{found.line}: {found.code} {found.effect}: {found.message}" for found in told),
    )


def _findings_of_tree(release: int, name: str, tree: Tree, *, user: bool) -> list[Finding]:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as top:
        folder = Path(top, "etc/systemd", "user" if user else "system")
        folder.mkdir(parents=True)
        plant(folder, name, tree)
        findings = unitlint.check_paths(top, profile="conform", systemd_version=release).findings
        return [found._replace(path=os.path.relpath(found.path, folder)) for found in findings]


def is_of_the_machine(tree: Tree, theirs: Verdict, mine: Verdict) -> bool:
    """True where what is installed, mounted or named on the machine decides, so that nothing can be compared."""
    if any(part in words for words in theirs.words for part in OF_THE_MACHINE):
        return True
    if any(f" {code} " in words for words in mine.words for code in RULES_ABOUT_THE_MACHINE):
        return True
    return any(HOST_SPECIFIERS.search(text) for text in (tree.text, *tree.drop_ins.values()))


def _of_the_unit(found: Finding) -> bool:
    """True where systemd names no line in what it says: conditions of whole units, and a few remarks on values."""
    is_of_control_groups = found.code == "UL111" and OF_CONTROL_GROUPS.search(found.message)
    if is_of_control_groups or found.code in ("UL704", "UL917", "UL918"):
        return True
    return found.code >= FIRST_OF_WHOLE_UNITS and found.code not in ABOUT_LINES
