"""Hostile repositories and root directories, and runs of the command that tell what was opened, written and started."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

MARK = "hunter2-do-not-print"
"""Stands in every file outside of what is checked, and in no output."""
UNIT = "[Unit]\nDescription=A service\n\n[Service]\nExecStart=/usr/bin/app\nRestart=on-fail\n"
"""A unit with one finding."""
FIXABLE = "[Unit]\nDescription=A service\n\n[Service]\nExecStart=/usr/bin/app\nRestart = ON-failure\nDynamicUsr=yes\n"

_AUDITED = """
import json, os, sys
log = os.open(os.environ.pop("AUDIT_LOG"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
    "os.chown", "os.setxattr", "os.removexattr", "os.utime", "shutil.move"}
STARTS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "socket.connect", "os.fork"}

def hook(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if isinstance(path, int):
            return
        path = os.fsdecode(path)
        kind = "written" if flags & WRITING else "read"
    elif event == "os.scandir" or event == "os.listdir":
        path, kind = arguments[0], "read"
        if path is None or isinstance(path, int):
            return
        path = os.fsdecode(path)
    elif event in CHANGES:
        path, kind = arguments[0], "written"
        if isinstance(path, int):
            return
        path = os.fsdecode(path)
    elif event in STARTS:
        path, kind = repr(arguments[:2]), "started"
    else:
        return
    real = path if kind == "started" else os.path.realpath(path)
    os.write(log, (json.dumps([kind, real]) + chr(10)).encode())

sys.addaudithook(hook)
sys.argv[0] = "unitlint"
from unitlint.__main__ import entry
entry()
"""


class Run(NamedTuple):
    """What a run printed, and the real paths of what it opened and changed."""

    status: int
    out: str
    err: str
    read: list[str]
    written: list[str]
    started: list[str]

    def touched_below(self, folder: Path) -> list[str]:
        """What was read or changed of a folder, or below it."""
        top = os.path.realpath(folder)
        return [path for path in (*self.read, *self.written) if path == top or path.startswith(top + os.sep)]

    def read_of(self, *folders: Path) -> list[str]:
        """What was read of these folders' content."""
        tops = tuple(os.path.realpath(folder) for folder in folders)
        return [path for path in self.read if path.startswith(tops)]


def run(*words: str, cwd: Path, log: Path, environment: dict[str, str] | None = None) -> Run:
    """Runs ``unitlint`` with an audit hook (PEP 578); ``log`` is a file for what the hook sees."""
    log.unlink(missing_ok=True)
    home = log.parent / "home"
    home.mkdir(exist_ok=True)
    given = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), **(environment or {})}
    done = subprocess.run(
        [sys.executable, "-B", "-c", _AUDITED, *words],
        cwd=cwd, env={**given, "AUDIT_LOG": str(log)}, stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    found: dict[str, list[str]] = {"read": [], "written": [], "started": []}
    for line in log.read_text().splitlines():
        kind, path = json.loads(line)
        if path != os.path.realpath(os.devnull):
            found[kind].append(path)
    decoded = [stream.decode("utf-8", "backslashreplace") for stream in (done.stdout, done.stderr)]
    return Run(done.returncode, *decoded, **found)


def write(folder: Path, files: dict[str, str]) -> Path:
    """Files by their path below the folder; ``-> TARGET`` makes a link."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text.startswith("-> "):
            path.symlink_to(text.removeprefix("-> "))
        else:
            path.write_text(text)
    return folder


def repository(folder: Path, files: dict[str, str]) -> Path:
    """A checkout: as far as unitlint looks, a folder with ``.git`` in it."""
    write(folder, files)
    (folder / ".git").mkdir(exist_ok=True)
    return folder


def outside(folder: Path) -> Path:
    """A folder beside what is checked, with units and a secret."""
    return write(
        folder,
        {
            "systemd/system/host.service": FIXABLE,
            "secret.env": f"TOKEN={MARK}\n",
            "app.service": f"[Service]\nTOKEN={MARK}\nExecStart=/usr/bin/app\n",
            "app.service.d/10-secret.conf": f"[Service]\nTOKEN={MARK}\n",
            "containers/systemd/web.container": f"[Container]\nImage=x\nTOKEN={MARK}\n",
        },
    )
