"""The folders in which systemd and Podman's generator look for units."""

from __future__ import annotations

import os
from functools import lru_cache

SEARCH_PATH = ("etc/systemd/", "run/systemd/", "usr/local/lib/systemd/", "usr/lib/systemd/", "lib/systemd/")
"""systemd.unit(5), highest first; what stands in none of them has the lowest rank."""
MANAGERS = ("system", "user")
HOMES = (".config/", ".local/share/")
"""Folders of a home directory in which user managers look for systemd/user/."""
QUADLET_PATH = ("run/containers/systemd/", "etc/containers/systemd/", "usr/share/containers/systemd/")
"""podman-systemd.unit(5), highest first."""
DEPENDENCY_FOLDERS = {".wants": "Wants", ".requires": "Requires", ".upholds": "Upholds"}
"""Folders beside a unit whose links are dependencies of it (load-dropin.c: unit_load_dropin)."""
ALONE = ("misplaced", "preset")
"""Files of these kinds merge with no others."""
UPHOLDS_SINCE = 254


def is_of_a_manager(folder: str) -> bool:
    """True of etc/systemd/system, usr/lib/systemd/user and the like."""
    return folder.endswith(MANAGERS) and f"/{folder.replace(os.sep, '/')}".endswith(_OF_MANAGERS)


_OF_MANAGERS = tuple([f"/{part}{name}" for part in SEARCH_PATH for name in MANAGERS])


def is_of_a_home(folder: str) -> bool:
    """True of ~/.config/systemd/user and the like."""
    return f"/{folder.replace(os.sep, '/')}".endswith(tuple(f"/{home}systemd/user" for home in HOMES))


@lru_cache(maxsize=1024)
def tree_of_folder(folder: str) -> str:
    """The part of a folder's path before the search path, or else the folder."""
    path = folder + "/"
    if "systemd/" not in path:  # as in each of them
        return folder
    for part in (*SEARCH_PATH, *QUADLET_PATH):
        at = path.rfind("/" + part)
        if at >= 0:
            return path[: at + 1]
        if path.startswith(part):
            return "/"
    return folder
