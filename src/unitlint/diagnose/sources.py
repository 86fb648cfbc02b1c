"""Where logs come from: files, compressed ones, standard input, folders such as an unpacked sosreport."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from contextlib import contextmanager

from unitlint.base.errors import UnitlintError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

GZIP, XZ, BZIP2, ZSTD = b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh", b"\x28\xb5\x2f\xfd"
JOURNAL = b"LPKSHHRH"
LOG_NAME = re.compile(
    r"(?:^|/)(?:journal(?:ctl)?[^/]*|messages[^/]*|syslog[^/]*|kern\.log[^/]*|daemon\.log[^/]*|dmesg[^/]*|boot\.log[^/]*"
    r"|systemctl_status[^/]*|systemctl_list[^/]*failed[^/]*|coredumpctl[^/]*|audit\.log[^/]*|[^/]+\.log(?:[.-][^/]*)?"
    r"|[^/]+\.(?:json|export|jsonl|ndjson))$"
)
"""Names of logs, also in folders of sosreport: sos_commands/logs/journalctl_--no-pager, var/log/messages …"""
NO_LOG = re.compile(r"(?:^|/)(?:sos_logs|sos_reports|manifest\.json|proc|sys|dev)(?:/|$)|sos\.(?:log|txt)$")
BIGGEST_FOLDER = 5_000


def logs_of(paths: list[str]) -> list[str]:
    """The files to read: those that are named, of folders those that look like logs, ``-`` for standard input.

    Raises UnitlintError for a path that is not there, and for a folder without logs.
    """
    found: list[str] = []
    for path in paths or ["-"]:
        if path == "-" or not os.path.isdir(path):
            if path != "-" and not os.path.lexists(path):
                raise UnitlintError("no such file", path, hint="`-` reads standard input")
            found.append(path)
            continue
        logs = sorted(_logs_below(path))
        if not logs:
            hint = "name the files; binary journals: `journalctl --directory DIR -o export | unitlint diagnose -`"
            raise UnitlintError("no logs in this directory", path, hint=hint)
        found += logs
    return list(dict.fromkeys(found))


def _logs_below(folder: str) -> Iterator[str]:
    number = 0
    for top, folders, names in os.walk(folder):
        below = os.path.relpath(top, folder)
        folders[:] = sorted(one for one in folders if not NO_LOG.search(os.path.join(below, one)))
        for name in names:
            path = os.path.join(top, name)
            shown = os.path.join(below, name).replace(os.sep, "/")
            if (
                LOG_NAME.search(shown)
                and not NO_LOG.search(shown)
                and os.path.isfile(path)
                and not os.path.islink(path)
            ):
                number += 1
                if number <= BIGGEST_FOLDER:
                    yield path


@contextmanager
def open_log(path: str) -> Iterator[BinaryIO]:
    """A stream of what a log holds, decompressed; raises UnitlintError where it cannot be read."""
    if path == "-":
        yield decompressed(sys.stdin.buffer, path)
        return
    try:
        if _is_endless(path):
            raise UnitlintError("is a device, not a log, so it was not opened", path)
        file = open(path, "rb")  # noqa: SIM115  # closed below
    except OSError as error:
        raise UnitlintError(f"cannot read it: {error.strerror}", path) from None
    with file, decompressed(file, path) as stream:
        yield stream


def _is_endless(path: str) -> bool:
    """True of devices such as /dev/zero, but not of /dev/null, nor of what is standard input anyway."""
    status = os.stat(path)
    if not stat.S_ISCHR(status.st_mode) or os.path.realpath(path) == os.devnull:
        return False
    try:
        return not os.path.samestat(status, os.fstat(0))
    except OSError:  # standard input is closed
        return True


def decompressed(stream: BinaryIO, path: str) -> BinaryIO:
    """The stream behind a compression that its first bytes tell."""
    try:
        start = stream.peek(8)[:8]  # type: ignore[attr-defined]  # of a buffered reader
    except OSError as error:
        raise UnitlintError(f"cannot read it: {error.strerror}", path) from None
    if start.startswith(GZIP):
        import gzip

        return gzip.GzipFile(fileobj=stream)  # type: ignore[return-value]
    if start.startswith(XZ):
        from unitlint.diagnose.xz import XzStream

        return io.BufferedReader(XzStream(stream))
    if start.startswith(BZIP2):
        import bz2

        return bz2.BZ2File(stream)  # type: ignore[return-value]
    if start.startswith(ZSTD):
        return _zstd(stream, path)
    if start.startswith(JOURNAL):
        hint = f"`journalctl --file {path} -o export | unitlint diagnose -` reads it"
        raise UnitlintError("this is a binary journal, which only journalctl reads", path, hint=hint)
    return stream


def _zstd(stream: BinaryIO, path: str) -> BinaryIO:
    """By the standard library (Python 3.14), backports.zstd or zstandard, whichever is there."""
    for name in ("compression.zstd", "backports.zstd"):
        try:
            module = __import__(name, fromlist=["ZstdFile"])
        except ImportError:
            continue
        return module.ZstdFile(stream)  # type: ignore[no-any-return]
    try:
        import zstandard
    except ImportError:
        hint = f"`pip install 'unitlint[zstd]'`, or `zstdcat {path} | unitlint diagnose -`"
        raise UnitlintError("this file is compressed by zstd, which this Python cannot read", path, hint=hint) from None
    reader = zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True)
    return io.BufferedReader(reader)
