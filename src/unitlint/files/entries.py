"""One entry of a folder: what it is by its name, and the sources that it makes."""

from __future__ import annotations

import os
import stat

from unitlint.base.errors import failure
from unitlint.files.classify import (
    AMBIGUOUS_CONFS,
    TEMPLATE_ENDINGS,
    classify,
    classify_with_suffix,
    is_drop_in_folder,
    is_link_folder,
    scope_of,
    without_suffix,
)
from unitlint.files.host_kinds import host_kind_of
from unitlint.files.links import LEAVES
from unitlint.files.read import OF_QUADLETS, read_source
from unitlint.files.source import Source
from unitlint.files.temporary_names import BACKUP_ENDINGS, NOTE, is_temporary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from unitlint.files.links import Links

BY_CONTENT = ("guess", *OF_QUADLETS)
"""Files of these kinds are read as they are met, to know what they are."""


def is_folder(entry: os.DirEntry[str], links: Links) -> bool:
    """Folders, and links to drop-in folders: systemd follows these, and they hold no folders."""
    try:
        if entry.is_dir(follow_symlinks=False):
            return True
        return is_drop_in_folder(entry.name) and entry.is_dir() and links.may_follow(entry.path)
    except OSError:
        return False


def kind_and_name(entry: os.DirEntry[str]) -> tuple[str, str] | None:
    """(kind, name) by the path; ``guess`` where the content must decide."""
    if entry.name.startswith("."):  # hidden files are no units (path-util.c: hidden_or_backup_file)
        return ("temporary", entry.name) if is_temporary(entry.path) else None
    is_template = entry.name.endswith(TEMPLATE_ENDINGS)
    found = classify_with_suffix(entry.path)[0] if is_template else classify(entry.path)
    if found is None and entry.name in AMBIGUOUS_CONFS and not os.path.dirname(entry.path).endswith(".d"):
        return "guess", entry.name
    if found is None and host_kind_of(entry.path) is not None:
        return "host", entry.name
    if found is None and entry.name.endswith(BACKUP_ENDINGS) and is_temporary(entry.path):
        return "temporary", entry.name
    return found


def sources_in_entry(
    entry: os.DirEntry[str], shown: str, kind_and_name: tuple[str, str], links: Links
) -> Iterator[Source]:
    """The sources of one file, which reports call ``shown``; whatever fails in it is an error of this file."""
    try:
        yield from _read(entry, shown, kind_and_name, links)
    except Exception as error:
        yield Source(shown, "error", entry.name, note=failure(error, "internal error"))


def _read(entry: os.DirEntry[str], shown: str, kind_and_name: tuple[str, str], links: Links) -> Iterator[Source]:
    kind, name = kind_and_name
    if kind == "temporary":
        yield Source(shown, "skip", name, note=NOTE)
        return
    if kind == "host":
        if not entry.is_symlink():
            from unitlint.files.hosts import sources_in_file

            yield from sources_in_file(entry.path, shown)
        return
    scope = scope_of(entry.path)
    language = without_suffix(entry.name)[1] if entry.name.endswith(TEMPLATE_ENDINGS) else ""
    link = None
    if entry.is_symlink():
        link = links.target(entry.path)
        is_dependency = is_link_folder(os.path.dirname(entry.path))
        if link == os.devnull and not is_dependency:
            if kind not in OF_QUADLETS:  # that is how Quadlets are switched off
                yield Source(shown, kind, name, link=link, scope=scope)
            return
        if is_dependency or not links.is_file_of_unit(entry.path, kind):
            note = LEAVES if not is_dependency and links.leads_too_far(entry.path) else ""
            yield Source(shown, "link", name, note=note, link=link, scope=scope)
            return
    if kind == "unit" and link is None and is_link_folder(os.path.dirname(entry.path)) and _size(entry):
        # No dependency, and no unit either (systemd: src/core/load-dropin.c, process_deps).
        yield Source(shown, "link", name, scope=scope)
        kind = "misplaced"
    if _is_socket(entry):
        yield Source(shown, "skip", name, note="a socket, such as a running program makes", scope=scope)
        return
    if kind not in BY_CONTENT:
        yield Source(shown, kind, name, None, "", link, scope, template=language)
        return
    source = read_source(entry.path, kind, name, link=link, scope=scope)
    # Another program's file of that name needs no word, unless it is systemd's own.
    if source.kind != "skip" or "networkd" in source.note:
        yield source._replace(path=shown, template=language if kind in OF_QUADLETS else "")


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except OSError:
        return 0


def _is_socket(entry: os.DirEntry[str]) -> bool:
    try:
        return not entry.is_file() and stat.S_ISSOCK(entry.stat().st_mode)
    except OSError:
        return False
