"""Writing files so that each is the old or the new one at every moment, and nothing else is left behind."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable

from unitlint.base.real_path import leaves_repository
from unitlint.base.safe_read import CannotReadError, read_with_status

TEMPORARY = re.compile(r"\.unitlint-[0-9a-f]{16}\.tmp")
"""A name that is no unit's: whoever reads the folder meanwhile, systemd included, passes it over."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
ACL = "system.posix_acl_access"
"""The access control list of acl(5), which the kernel keeps as an extended attribute."""


class CannotKeepError(Exception):
    """Why a new file cannot stand in place of the old one, as a clause for a person."""


def write_whole(path: str, data: bytes | Iterable[bytes]) -> None:
    """The file holds ``data`` (or its parts), or is what it was: a file that is there keeps mode, owner and attributes.

    Devices, FIFOs and what is open as standard output are written to as they are. Raises OSError.
    """
    if leaves_repository(os.path.abspath(path)):
        raise OSError(errno.ELOOP, "it is a link that leads out of its repository")
    target = os.path.realpath(path)
    try:
        before = os.stat(target)
    except FileNotFoundError:
        write_new(target, data)
        return
    if not stat.S_ISREG(before.st_mode) or before.st_nlink > 1 or _is_open_here(before):
        with open(target, "wb", buffering=0) as file:
            _write_all(file.fileno(), data)
        return
    try:
        replace(target, data)
    except CannotKeepError as reason:
        raise OSError(errno.EPERM, str(reason)) from None


def write_new(path: str, data: bytes | Iterable[bytes]) -> None:
    """A file that was not there; raises OSError, FileExistsError where it is there, and then nothing is left."""
    descriptor = os.open(path, _NEW, 0o666)
    try:
        try:
            _write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        os.unlink(path)
        raise


def replace(target: str, data: bytes | Iterable[bytes], expected: bytes | None = None) -> None:
    """A new file beside the old one, written to disk, takes its name; then the folder is written to disk.

    Mode, owner, access control list and extended attributes are those of the old one. With ``expected`` the old file
    must hold that until right before the exchange.
    Raises CannotKeepError where it does not, or where something cannot be kept, and OSError.
    """
    folder = os.path.dirname(target)
    clear_temporary_files(folder)
    before = _hold_signals()
    try:
        _exchange(target, folder, data, expected)
    finally:
        _let_through(before)
    _sync_folder(folder)


def _exchange(target: str, folder: str, data: bytes | Iterable[bytes], expected: bytes | None) -> None:
    status = os.stat(target)
    temporary = os.path.join(folder, f".unitlint-{os.urandom(8).hex()}.tmp")
    descriptor = os.open(temporary, _NEW, 0o600)
    try:
        try:
            _lock(descriptor)
            _write_all(descriptor, data)
            _as_before(descriptor, target, status)
            os.fsync(descriptor)
            _refuse_changed(target, status, expected)
            os.replace(temporary, target)
        finally:
            os.close(descriptor)
    except BaseException:
        _remove(temporary)
        raise


def _hold_signals() -> set[int] | None:
    """Puts off an end by SIGTERM or SIGHUP, which would leave a temporary file; returns what was put off before."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):  # Windows
        return None
    return set(signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTERM, signal.SIGHUP)))


def _let_through(before: set[int] | None) -> None:
    import signal

    if before is not None:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _remove(temporary: str) -> None:
    try:
        os.unlink(temporary)
    except FileNotFoundError:  # Ctrl-C right after it took the name of the old file
        return


def clear_temporary_files(folder: str) -> None:
    """Takes away what earlier runs that were killed left in a folder; files that a run is writing stay."""
    try:
        with os.scandir(folder or ".") as listing:
            left = [entry.path for entry in listing if TEMPORARY.fullmatch(entry.name)]
    except OSError:
        return
    for path in left:
        try:
            descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        except OSError:
            continue
        try:
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                _lock(descriptor)
                os.unlink(path)
        except OSError:
            continue  # whoever writes it holds the lock
        finally:
            os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Raises OSError where another run holds the lock of the file; it ends with the run, however that ends."""
    try:
        import fcntl
    except ImportError:  # Windows
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _write_all(descriptor: int, data: bytes | Iterable[bytes]) -> None:
    if not isinstance(data, bytes):
        with open(descriptor, "wb", closefd=False) as file:
            file.writelines(data)
        return
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _is_open_here(status: os.stat_result) -> bool:
    """Whether it is the file to which standard output or error goes, as /dev/stdout may say."""
    for descriptor in (1, 2):
        try:
            if os.path.samestat(os.fstat(descriptor), status):
                return True
        except OSError:
            continue
    return False


def _as_before(descriptor: int, target: str, status: os.stat_result) -> None:
    if not hasattr(os, "fchown"):  # Windows
        return
    now = os.fstat(descriptor)
    if (now.st_uid, now.st_gid) != (status.st_uid, status.st_gid):
        try:
            os.fchown(descriptor, status.st_uid, status.st_gid)
        except PermissionError:
            raise CannotKeepError("it belongs to somebody else, and would not any more") from None
    _keep_attributes(descriptor, target)
    os.fchmod(descriptor, stat.S_IMODE(status.st_mode))  # after the list, whose mask is the group's part of the mode


def _keep_attributes(descriptor: int, target: str) -> None:
    """Extended attributes (xattr(7)), the access control list among them; a list that the folder gave goes."""
    if not hasattr(os, "listxattr"):  # other systems than Linux
        return
    wanted = _attributes(target)
    given = _attributes(descriptor)
    if ACL in given and ACL not in wanted:
        os.removexattr(descriptor, ACL)
    for name, value in wanted.items():
        if given.get(name) == value:
            continue
        try:
            os.setxattr(descriptor, name, value)
        except OSError:
            what = "its access control list" if name == ACL else f"its extended attribute {name}"
            raise CannotKeepError(f"{what} cannot be kept") from None


def _attributes(file: str | int) -> dict[str, bytes]:
    try:
        return {name: os.getxattr(file, name) for name in os.listxattr(file)}
    except OSError:  # a file system that has none
        return {}


def _refuse_changed(target: str, before: os.stat_result, expected: bytes | None) -> None:
    """Raises CannotKeepError where somebody has written the file since it was read, or given it a second name."""
    if expected is None:
        return
    try:
        data, now = read_with_status(target)
    except CannotReadError as obstacle:
        raise CannotKeepError(f"it was changed in the meantime: {obstacle.reason}") from None
    if not os.path.samestat(now, before) or data != expected:
        raise CannotKeepError("it was changed in the meantime")
    if now.st_nlink > 1:
        raise CannotKeepError("it has hard links, which would keep the old text; edit it in place")


def _sync_folder(folder: str) -> None:
    if not hasattr(os, "O_DIRECTORY"):  # Windows
        return
    descriptor = os.open(folder or ".", os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
