"""The folders in which systemd and Podman's generator look for units."""

from __future__ import annotations

from functools import lru_cache

SEARCH_PATH = ("etc/systemd/", "run/systemd/", "usr/local/lib/systemd/", "usr/lib/systemd/", "lib/systemd/")
"""systemd.unit(5), highest first; what stands in none of them has the lowest rank."""
QUADLET_PATH = ("run/containers/systemd/", "etc/containers/systemd/", "usr/share/containers/systemd/")
"""podman-systemd.unit(5), highest first."""
DEPENDENCY_FOLDERS = {".wants": "Wants", ".requires": "Requires", ".upholds": "Upholds"}
"""Folders beside a unit whose links are dependencies of it (load-dropin.c: unit_load_dropin)."""
ALONE = ("misplaced", "preset")
"""Files of these kinds merge with no others."""
UPHOLDS_SINCE = 254


@lru_cache(maxsize=1024)
def is_searched(folder: str) -> bool:
    """Whether a folder is one of the managers' own, of a tree or of a home directory."""
    path = f"/{folder.replace(chr(92), '/')}/"
    return any(f"/{part}{manager}/" in path for part in SEARCH_PATH for manager in ("system", "user")) or any(
        f"/{home}systemd/user/" in path for home in (".config/", ".local/share/")
    )


@lru_cache(maxsize=1024)
def tree_of_folder(folder: str) -> str:
    """The part of a folder's path before the search path, or else the folder."""
    path = folder + "/"
    for part in (*SEARCH_PATH, *QUADLET_PATH):
        at = path.rfind("/" + part)
        if at >= 0:
            return path[: at + 1]
        if path.startswith(part):
            return "/"
    return folder
