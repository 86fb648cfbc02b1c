"""UL459, UL460, UL464 and UL465: paths in arguments that the service cannot see, or cannot write to (namespace.c)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.commands.written_paths import changed, made
from unitlint.checks.references import neighbour
from unitlint.checks.sandbox.facts import cause_fields, on
from unitlint.checks.sandbox.hidden import IMAGES
from unitlint.checks.sandbox.view import (
    EXEC_DIRECTORIES,
    SECTION,
    expanded,
    hiding,
    is_below,
    is_temporary,
    path_items,
    read_only_by,
    view_of,
)
from unitlint.checks.service import CONTAINER_CLIENTS, is_meant_to_fail, is_whole, runs_shell, variables_in
from unitlint.rules.model import Context, Hit
from unitlint.units.commands import commands, program
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment
    from unitlint.values.exec_line import Command
    from unitlint.values.words import Word

WRITABLE = ("ReadWritePaths", "ReadWriteDirectories", "BindPaths", "TemporaryFileSystem", *EXEC_DIRECTORIES)
_PATH = late_pattern(r"(?:^|[=,\"'\s]|file:(?://)?|^-[A-Za-z])((?:/|%[hStCLE]/)[^\s:,;\"'()|&<>=*?$]*)")
_LEFT_OUT = late_pattern(r"(?i)exclude|ignore|skip|deny|mount-?point|without")
ELSEWHERE = frozenset(
    (*CONTAINER_CLIENTS, "ssh", "scp", "rsync", "machinectl", "systemd-run", "systemd-nspawn", "nsenter", "echo")
)
"""Programs whose paths another process or machine looks up."""
NO_FILES = frozenset(("HOME", "PATH", "PWD", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "SHELL"))
"""Variables that name a place where a service need not look."""
_WRITTEN = frozenset((
    "log", "logs", "logfile", "logdir", "logpath", "pid", "pidfile", "db", "dbpath", "dbfile", "dbdir", "database",
    "cache", "cachedir", "state", "statedir", "statefile", "output", "outfile", "outdir", "spool", "spooldir", "tmpdir",
    "tempdir", "lockfile", "uploaddir", "uploads", "workdir", "data", "datadir", "datapath", "storage",
))  # fmt: skip
"""What options that name a place to write end in, as one word or as two: ``--log-dir``, ``--web.log_dir``."""
_WRITTEN_IN_TWO = frozenset(("storagedir", "storagepath", "tsdbpath"))
_READ_TOO = frozenset(("data", "datadir", "datapath", "db", "database", "storage", "storagedir", "storagepath"))
"""Those that name data which is only read as well as a service's own."""
SHIPPED = ("/usr/share", "/usr/lib", "/usr/libexec", "/usr/lib64", "/usr/bin", "/usr/sbin")
ONLY_READ = (*SHIPPED, "/etc")


def hidden_argument(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent where the program or the working directory is hidden already, and for places in a private /tmp."""
    view = view_of(unit, context)
    if any(unit.all(SECTION, name) for name in IMAGES) or not (view.inaccessible or view.emptied):
        return
    directory = expanded(unit.value(SECTION, "WorkingDirectory"), unit, context)
    if directory is not None and hiding(view, directory) is not None:
        return
    for line, command in _sandboxed(unit, context):
        own = expanded(command.path, unit, context)
        if own is not None and hiding(view, own) is not None:
            continue
        for word in command.words:
            hit = _hidden(unit, context, line, word, command)
            if hit is not None:
                yield hit
                break
    for line in unit.all(SECTION, "Environment"):
        for name, _, word in variables_in(line.value):
            hit = None if name in NO_FILES else _hidden(unit, context, line, word, None)
            if hit is not None:
                yield hit


def _hidden(unit: Unit, context: Context, line: Assignment, word: Word, command: Command | None) -> Hit | None:
    """A hit at a word with a hidden path; what its ``command`` itself makes in an empty folder is there for it."""
    if "/" not in word.text or _LEFT_OUT.search(word.text):
        return None
    for found in _PATH.finditer(word.text):
        path = expanded(found[1], unit, context)
        hidden = None if path is None or is_temporary(path) else hiding(view_of(unit, context), path)
        if hidden is None:
            continue
        if command is not None and runs_shell(command) and is_meant_to_fail(word.text[: found.start(1)]):
            continue
        if not (hidden.emptied and command is not None and found[1] in made(command)):
            fields = {"path": found[1], **cause_fields(hidden.cause)}
            return Hit(line, fields, ((hidden.cause, "hidden by this"),), span=(word.start, word.end))
    return None


def read_only_argument(unit: Unit, context: Context) -> Iterator[Hit]:
    """Options that name what a program writes, and commands that write: mkdir, chown, ``> file``."""
    view = view_of(unit, context)
    if any(unit.all(SECTION, name) for name in IMAGES) or not view.read_only:
        return
    for line, command in _sandboxed(unit, context):
        for text, span, is_sure in _written(command):
            path = expanded(text.replace("/private/", "/", 1), unit, context)  # where a dynamic user's folders are
            cause = None if path is None or hiding(view, path) is not None else read_only_by(view, path)
            if path is not None and view.writable.is_any_within(path):
                continue  # the program may keep to what is open for it below the folder
            if (
                cause is not None
                and path is not None
                and not is_below(path, "/dev")
                and not _is_pipe(path, unit, context)
            ):
                fields = {"writes": "writes" if is_sure else "may write", "path": text, **cause_fields(cause)}
                yield Hit(line, fields, ((cause, "makes it read-only"),), span=span)
                break


_PIPE = late_pattern(r"(?:fifo|pipe|stdin|\.in)$")


def _is_pipe(path: str, unit: Unit, context: Context) -> bool:
    """True for a pipe, by ListenFIFO= or its name: a read-only mount leaves it writable (namei.c: sb_permission)."""
    stem = unit.name.removesuffix(".service")
    socket = neighbour(unit, f"{stem}.socket", context) or neighbour(unit, f"{stem.partition('@')[0]}@.socket", context)
    if socket is not None and any(
        expanded(line.value, unit, context) == path for line in socket.all("Socket", "ListenFIFO")
    ):
        return True
    return _PIPE.search(path) is not None


def _written(command: Command) -> Iterator[tuple[str, tuple[int, int], bool]]:
    """Each path with its stretch of the line, and whether the command surely writes there."""
    for at, word in enumerate(command.words):
        if not word.text.startswith("-"):
            continue
        option, equals, value = word.text.partition("=")
        following = command.words[at + 1] if not equals and at + 1 < len(command.words) else word
        path = value if equals else following.text
        written = _written_by(option) if path.startswith(("/", "%")) else None
        if written is None:
            continue
        is_data = written in _READ_TOO
        if not (is_data and any(is_below(path, top) for top in ONLY_READ)):
            yield path, (word.start, following.end), not is_data
    for text in changed(command):
        yield text, (command.path_start, command.end), True


def _written_by(option: str) -> str | None:
    """What the option says that it names, in one word; None for one that names nothing to write."""
    words = option.replace("_", "-").replace(".", "-").split("-")
    last, two = words[-1], "".join(words[-2:])
    if two in _WRITTEN or two in _WRITTEN_IN_TWO:
        return two
    return last if last in _WRITTEN or last.startswith("persist") else None


def _is_elsewhere(command: Command) -> bool:
    """rsync and scp of what is all here name no host."""
    name = program(command)
    if name in ("rsync", "scp") and not any(":" in word.text for word in command.words):
        return False
    return name in ELSEWHERE


def _sandboxed(unit: Unit, context: Context) -> Iterator[tuple[Assignment, Command]]:
    for line, command in commands(unit, context.release):
        if "+" not in command.prefixes and not command.tolerant and not _is_elsewhere(command):
            yield line, command


def works_in_read_only(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL464: a working directory below /usr that is no place of packages, as /usr/local/app."""
    directory = unit.last(SECTION, "WorkingDirectory")
    path = None if directory is None else expanded(directory.value.removeprefix("-"), unit, context)
    if directory is None or path is None or any(unit.all(SECTION, name) for name in IMAGES):
        return
    if not is_below(path, "/usr") or path == "/usr" or any(is_below(path, top) for top in SHIPPED):
        return
    cause = read_only_by(view_of(unit, context), path)
    if cause is not None:
        yield Hit(directory, {"path": path, **cause_fields(cause)}, ((cause, "makes it read-only"),))


def everything_read_only(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL465: ``ReadOnlyPaths=/`` and no line that opens anything; ProtectSystem=strict leaves /dev as it is."""
    if not is_whole(unit) or on(unit, "PrivateTmp") or on(unit, "DynamicUser"):
        return
    if any(unit.all(SECTION, name) for name in WRITABLE):
        return
    for item in path_items(unit, context, "ReadOnlyPaths", "ReadOnlyDirectories"):
        if item.path == "/":
            yield Hit(item.assignment, {}, span=(item.start, item.end))
            return
