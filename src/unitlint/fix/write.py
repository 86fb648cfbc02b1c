"""Writing what fixes, `init` and `harden` make of files, and only within what was asked for."""

from __future__ import annotations

import os
from collections.abc import Iterable

from unitlint.base.real_path import is_below, real_path
from unitlint.base.safe_read import CannotReadError, read_with_status
from unitlint.base.whole_file import CannotKeepError, replace, write_new


class NotWrittenError(Exception):
    """Why a file was left as it is, as a clause for a person."""


def replace_text(path: str, before: str, after: str, trees: Iterable[str], root: str | None = None) -> None:
    """The file ``path``, which must hold ``before``, holds ``after``; its mode, owner and attributes stay.

    ``trees`` are the folders and files that were asked for: a symlink that leads out of them is not followed, and
    none out of the root directory ``root``.
    Raises NotWrittenError, and then the file is as it was.
    """
    target = _target(path, trees, root)
    old = before.encode("utf-8", "surrogateescape")
    try:
        data, status = read_with_status(target)
        if data != old:
            raise NotWrittenError("it was changed in the meantime")
        if status.st_nlink > 1:
            raise NotWrittenError("it has hard links, which would keep the old text; edit it in place")
        replace(target, after.encode("utf-8", "surrogateescape"), old)
    except CannotReadError as obstacle:
        raise NotWrittenError(obstacle.reason) from None
    except CannotKeepError as reason:
        raise NotWrittenError(str(reason)) from None
    except OSError as error:
        raise NotWrittenError(error.strerror or str(error)) from None


def create_text(path: str, text: str, tree: str, name: str = "") -> None:
    """A file that was not there, with the folders above it; no symlink is followed out of the folder ``tree``.

    Messages call that folder ``name``.

    Raises NotWrittenError, FileExistsError where there is one, and OSError; then no new file or folder is there.
    """
    folder = os.path.dirname(path)
    if not is_below(real_path(folder or "."), real_path(tree or ".")):
        raise NotWrittenError(f"a link leads out of {name or tree or 'this folder'}; nothing was written")
    missing = _missing_folders(folder)
    try:
        os.makedirs(folder or ".", exist_ok=True)
        write_new(path, text.encode("utf-8", "backslashreplace"))
    except OSError:
        _remove_empty(missing)
        raise


def _missing_folders(folder: str) -> list[str]:
    """The folder and those above it, as far as there are none yet, the deepest one first."""
    missing = []
    while folder and not os.path.lexists(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    return missing


def _remove_empty(folders: Iterable[str]) -> None:
    for folder in folders:
        try:
            os.rmdir(folder)
        except OSError:  # it was never made, or somebody else has written into it
            continue


def _target(path: str, trees: Iterable[str], root: str | None) -> str:
    """The file itself, behind symlinks; the folders that were asked for may be symlinks themselves."""
    target = real_path(path)
    if root is not None and is_below(os.path.abspath(path), os.path.abspath(root)):
        if not is_below(target, real_path(root)):
            raise NotWrittenError(f"it is a link to {target}, outside of the root directory")
        return target
    for tree in trees:
        if is_below(target, real_path(tree if os.path.isdir(tree) else os.path.dirname(tree) or ".")):
            return target
    raise NotWrittenError(f"it is a symlink to {target}, outside the checked directories")
