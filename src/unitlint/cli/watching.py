"""`unitlint check --watch`: checks again whenever a file changes, until Ctrl-C.

Files are looked at by their times, which needs no library and works on every file system.  Each time the whole set is
checked, as what a line means may depend on any other unit, but only what the change has to do with is shown.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter

from unitlint.base.errors import UnitlintError
from unitlint.base.foreign_text import safe
from unitlint.base.records import NamedTuple
from unitlint.cli.checking import checked, groups_of, input_of
from unitlint.cli.output import outputs_of, rendered, write
from unitlint.engine.report import joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from unitlint.base.finding import Finding
    from unitlint.engine.report import Report

CLEAR = "\x1b[H\x1b[2J\x1b[3J"
PAUSE = 0.3
"""Seconds between two looks, unless these take long."""
SHARE = 10
"""Looking takes at most such a part of the time."""
NOT_BESIDE = ("fix", "diff", "fix_only", "add_ignore", "write_baseline", "diff_base")

FileStamp = tuple[int, int, int]


class Files(NamedTuple):
    """What is watched: time, size and inode by path, and the unit that each file belongs to."""

    stamps: Mapping[str, FileStamp]
    units: Mapping[str, str]


def watch(arguments: Namespace, paths: list[str]) -> int:
    """Shows all findings, and after each change those that it has to do with; 0 after Ctrl-C.

    Raises UnitlintError for what is wrong at the start; later mistakes are shown, and mended by the next change.
    """
    other = next((f"--{name.replace('_', '-')}" for name in NOT_BESIDE if getattr(arguments, name)), None)
    if other or "-" in paths:
        raise UnitlintError(f"--watch does not go with {other or 'standard input'}")
    try:
        files = look(arguments, paths)
        report = _check(arguments, paths)
        _show(report, report, arguments, len(files.stamps))
        while True:
            before, files = files, _changed_files(arguments, paths, files)
            try:
                known, report = report, _check(arguments, paths)
            except UnitlintError as error:
                _clear()
                print(f"unitlint: {error}", flush=True)
                continue
            changed = changed_paths(before, files)
            _show(concerned(report, known, changed, before, files), report, arguments, len(changed))
    except KeyboardInterrupt:
        print(flush=True)
    return 0


def look(arguments: Namespace, paths: list[str]) -> Files:
    """The files that are checked now, and the settings files that hold for them."""
    stamps: dict[str, FileStamp] = {}
    units: dict[str, str] = {}
    for group in groups_of(arguments, paths):
        if group.settings.source is not None:
            stamps[group.settings.source] = _stamp(group.settings.source)
        sources, shown, _ = input_of(group, arguments)
        for source in sources:
            path = shown.get(source.path, source.path)
            stamps[path] = _stamp(path)
            units[path] = source.name
    return Files(stamps, units)


def _stamp(path: str) -> FileStamp:
    try:
        found = os.stat(path)
    except OSError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)


def _changed_files(arguments: Namespace, paths: list[str], known: Files) -> Files:
    """Waits until something is not as it is known, and then until it is no longer being written."""
    last = known
    while True:
        began = time.monotonic()
        try:
            files = look(arguments, paths)
        except UnitlintError:  # settings that are being written, or a file between two versions of it
            files = Files({}, {})
        if files.stamps != known.stamps and (files.stamps == last.stamps or not files.stamps):
            return files
        last = files
        time.sleep(max(PAUSE, (time.monotonic() - began) * SHARE))


def changed_paths(before: Files, after: Files) -> set[str]:
    """The files that are new, gone or different."""
    both = before.stamps.keys() | after.stamps.keys()
    return {path for path in both if before.stamps.get(path) != after.stamps.get(path)}


def concerned(report: Report, known: Report, changed: set[str], before: Files, after: Files) -> Report:
    """Of a report what a change has to do with: findings of the units that it belongs to, and those that are new."""
    units = {files.units[path] for files in (before, after) for path in changed if path in files.units}
    if changed - before.units.keys() - after.units.keys():
        return report  # the settings
    old = Counter(map(_key, known.findings))
    found = []
    for finding in report.findings:
        old[_key(finding)] -= 1
        is_near = finding.path in changed or finding.unit in units or after.units.get(finding.path) in units
        if is_near or old[_key(finding)] < 0:
            found.append(finding)
    return report._replace(findings=tuple(found), files=len(changed))


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.path, finding.message


def _check(arguments: Namespace, paths: list[str]) -> Report:
    reports = []
    for group in groups_of(arguments, paths):
        sources, shown, _ = input_of(group, arguments)
        reports.append(checked(sources, group.settings, arguments, shown=shown))
    return joined(reports)


def _show(report: Report, whole: Report, arguments: Namespace, files: int) -> None:
    from unitlint.report.summary import counted

    _clear()
    for name, file in outputs_of(arguments):
        if not write(rendered(report if file is None else whole, name, file, arguments), file):
            raise BrokenPipeError
    for message in whole.errors:
        print(f"unitlint: {safe(message)}")
    now = time.strftime("%H:%M:%S")
    print(f"{now} {counted(files, 'file')} checked; {counted(len(whole.findings), 'finding')} in all. Ctrl-C ends.")
    sys.stdout.flush()


def _clear() -> None:
    if sys.stdout.isatty():
        sys.stdout.write(CLEAR)
        sys.stdout.flush()  # reports go around its buffer
