"""A root directory for a test: units, drop-ins, users, programs, in a folder that goes with the test."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from unitlint.testing.calls import told_at_the_call

if TYPE_CHECKING:
    from unitlint.testing.findings import Findings, Outcome
    from unitlint.units.unit import Unit

UNITS = "etc/systemd/system"
VENDOR = "usr/lib/systemd/system"
SCRIPT = "#!/bin/sh\nexit 0\n"
FIRST_UID = 1000


def systemd_tree(folder: str | os.PathLike[str]) -> SystemdTree:
    """An empty root directory in ``folder``, with the user root, to be filled."""
    return SystemdTree(folder)


class SystemdTree:
    """Every method that adds something gives its path; texts may be indented as the test is.

    ``root`` is the tree's folder, for ``--root`` and for whatever else looks into it.  Where no settings file stands
    in it or above it, the settings are those of ``project``.
    """

    def __init__(self, folder: str | os.PathLike[str], *, project: str | os.PathLike[str] = ".") -> None:
        self.root = Path(folder)
        self._project = project
        self._uid = FIRST_UID
        self.user("root", uid=0, home="/root", login="/bin/sh")

    def unit(self, name: str, text: str, *, folder: str = UNITS) -> Path:
        """A unit file; ``folder`` is another one of the search path, such as ``usr/lib/systemd/system``."""
        return self.file(f"{folder}/{name}", text)

    def drop_in(self, unit: str, text: str, *, name: str = "50-test.conf", folder: str = UNITS) -> Path:
        """A drop-in of a unit, of a prefix (``web-.service``) or of a type (``service``)."""
        return self.file(f"{folder}/{unit}.d/{name}", text)

    def conf(self, name: str, text: str, *, drop_in: str | None = None) -> Path:
        """A daemon's configuration file such as ``journald.conf``, or with ``drop_in`` one of its ``.d``."""
        return self.file(f"etc/systemd/{name}.d/{drop_in}" if drop_in else f"etc/systemd/{name}", text)

    def user(
        self, name: str, *, uid: int | None = None, home: str = "/nonexistent", login: str = "/usr/sbin/nologin"
    ) -> int:
        """A user with a group of the same name and number; gives the number."""
        if uid is None:
            uid, self._uid = self._uid, self._uid + 1
        self._append("etc/passwd", f"{name}:x:{uid}:{uid}::{home}:{login}\n")
        self._append("etc/group", f"{name}:x:{uid}:\n")
        return uid

    def group(self, name: str, *members: str, gid: int | None = None) -> int:
        """A group with members; gives its number."""
        if gid is None:
            gid, self._uid = self._uid, self._uid + 1
        self._append("etc/group", f"{name}:x:{gid}:{','.join(members)}\n")
        return gid

    def binary(self, path: str, text: str = SCRIPT, *, mode: int = 0o755) -> Path:
        """A program, by default a script of the shell, which is made as well."""
        shell = self.root / "bin/sh"
        if not shell.exists():
            self.file("bin/sh", "", mode=0o755)
        return self.file(path, text, mode=mode)

    def file(self, path: str, text: str = "", *, mode: int = 0o644) -> Path:
        """Any other file, by its path in the tree."""
        place = self._place(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(textwrap.dedent(text).removeprefix("\n"), encoding="utf-8")
        place.chmod(mode)
        return place

    def directory(self, path: str, *, mode: int = 0o755) -> Path:
        """A folder, by its path in the tree."""
        place = self._place(path)
        place.mkdir(parents=True, exist_ok=True)
        place.chmod(mode)
        return place

    def link(self, path: str, target: str) -> Path:
        """A symlink: an alias, a unit that is wanted, or with ``/dev/null`` a masked one."""
        place = self._place(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(target)
        return place

    def mask(self, name: str) -> Path:
        """Masks a unit, as `systemctl mask` does."""
        return self.link(f"{UNITS}/{name}", "/dev/null")

    @told_at_the_call
    def check(self, **settings: Any) -> Findings:
        """The findings in all units of the tree, whose users and programs are known; settings are keywords.

        Raises UnitlintError for what cannot be read.
        """
        from unitlint.testing.linter import Linter

        return Linter(self._project).check(self.root.absolute(), **self._settings(settings))

    def outcome(self, **settings: Any) -> Outcome:
        """The same with all that a run gives, for :func:`unitlint.testing.assert_clean`."""
        from unitlint.testing.linter import Linter

        return Linter(self._project).outcome(self.root.absolute(), **self._settings(settings))

    @told_at_the_call
    def load(self, name: str, *, systemd_version: int | None = None) -> Unit:
        """The effective unit of this name, after all drop-ins; raises UnitlintError where there is none."""
        from unitlint.api import load_unit
        from unitlint.catalogue import NEWEST

        return load_unit(name, self.root, systemd_version=systemd_version or NEWEST)

    def _settings(self, given: dict[str, Any]) -> dict[str, Any]:
        """A temporary folder may be one that git ignores; what is in it was put there to be checked."""
        return {"root": str(self.root), "respect_gitignore": False, **given}

    def _place(self, path: str) -> Path:
        return self.root / path.lstrip("/")

    def _append(self, path: str, line: str) -> None:
        place = self._place(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a", encoding="utf-8") as file:
            file.write(line)
