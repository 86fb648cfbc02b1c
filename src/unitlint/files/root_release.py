"""What a root directory holds: a whole system or one package, and which systemd.

The release is that of systemd's own library, of the package database, or of os-release.
"""

from __future__ import annotations

import os
import re

from unitlint.base.errors import UnitlintError
from unitlint.base.records import NamedTuple
from unitlint.catalogue import NEWEST, OLDEST
from unitlint.files.root_tree import RootTree
from unitlint.settings.model import NO_RELEASE, Settings
from unitlint.settings.releases import target_of

_LIBRARY = re.compile(r"libsystemd-shared-(\d+)[^/]*\.so")
_PACKAGE = re.compile(rb"^Package: systemd\n(?:.+\n)*?Version: (?:\d+:)?(\d+)", re.MULTILINE)
_STATUS = "/var/lib/dpkg/status"
_MOST = 64 * 1024 * 1024
OS_RELEASE = ("/usr/lib/os-release", "/etc/os-release")
_OF_SYSTEMS = (*OS_RELEASE, "/etc/passwd", "/bin/sh", "/usr/bin/sh")
"""Every system that runs services has one of these."""
_OF_PACKAGES = ("/usr/share/doc", "/usr/share/licenses", "/usr/lib/.build-id", "/DEBIAN/control", "/.PKGINFO")
"""What the tools of Debian, Fedora and Arch put into the tree of a package."""


class ReleaseOfTree(NamedTuple):
    """``release`` is a number or the name of the tree's distribution; ``path`` the file of the tree that says so."""

    release: int
    path: str


def release_of(folder: str) -> ReleaseOfTree | None:
    """The release of systemd in the tree below ``folder``; None where nothing tells, or none that is known here."""
    root = RootTree(folder)
    found = _of_library(root) or _of_package(root)
    distribution = _of_distribution(root)
    if found is None:
        found = distribution
    elif distribution is not None and int(distribution.release) == found.release:
        found = found._replace(release=distribution.release)
    if found is None or not OLDEST <= found.release <= NEWEST:
        return None
    return found


def holds_package(root: RootTree) -> bool:
    """True for the unpacked files of one package: what it names is mostly in other packages, and not missing."""
    return not any(map(root.is_named, _OF_SYSTEMS)) and any(map(root.is_named, _OF_PACKAGES))


def check_root(folder: str) -> None:
    """Raises UnitlintError for a root directory that is not there: without it every file would be missing."""
    if not os.path.isdir(folder):
        raise UnitlintError(f"no such root directory: {folder}")


def at_release_of_root(settings: Settings) -> tuple[Settings, str]:
    """The settings, with the release of their root directory where they name none; and the file that tells it,
    "" where the release was given or nothing tells it.

    Raises UnitlintError where there is no such tree."""
    if settings.root is not None:
        check_root(settings.root)
    if settings.root is None or settings.systemd_version is not NO_RELEASE:
        return settings, ""
    found = release_of(settings.root)
    if found is None:
        return settings, ""
    return settings._replace(systemd_version=(found.release,)), found.path


def _of_library(root: RootTree) -> ReleaseOfTree | None:
    libraries = [f"/usr/lib/{name}/systemd" for name in root.names_in("/usr/lib") if "-linux-" in name]
    for folder in ("/usr/lib/systemd", "/lib/systemd", "/usr/lib64/systemd", *sorted(libraries)):
        for name in sorted(root.names_in(folder)):
            found = _LIBRARY.fullmatch(name)
            if found:
                return ReleaseOfTree(int(found[1]), f"{folder}/{name}")
    return None


def _of_package(root: RootTree) -> ReleaseOfTree | None:
    found = _PACKAGE.search(root.head(_STATUS, _MOST))
    return None if found is None else ReleaseOfTree(int(found[1]), _STATUS)


def _of_distribution(root: RootTree) -> ReleaseOfTree | None:
    for path in OS_RELEASE:
        text = root.head(path, 65536).decode("utf-8", "replace")
        fields = dict(line.partition("=")[::2] for line in text.splitlines() if "=" in line)
        values = {name: value.strip("\"' ") for name, value in fields.items()}
        target = target_of(values.get("ID", ""), values.get("VERSION_ID", ""))
        if target is not None:
            return ReleaseOfTree(target, path)
    return None
