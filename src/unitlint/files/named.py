"""A file that was named outright to its sources, by its name and, in doubt, by its content."""

from __future__ import annotations

import os

from unitlint.files.classify import classify_with_suffix, is_host, scope_of
from unitlint.files.read import OF_QUADLETS, read_source, recognised
from unitlint.files.source import Source
from unitlint.files.unread import is_read_elsewhere, kind_of_folder, may_be_misplaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def named_file(path: str, data: bytes | None = None) -> Iterator[Source]:
    """A file that was named outright: read through links, and recognised by its sections if need be.

    With ``data`` that is its content, whatever is on disk, and the file need not exist.
    """
    if is_host(path):
        from unitlint.files.hosts import sources_in, sources_in_file

        found = list(sources_in_file(path, path) if data is None else sources_in(path, data))
        yield from found or [Source(path, "skip", os.path.basename(path), note="it contains no unit")]
        return
    absolute = os.path.abspath(path)
    link = os.readlink(path) if data is None and os.path.islink(path) else None
    what, language = classify_with_suffix(absolute)
    folder, name = os.path.split(absolute)
    folder_kind = kind_of_folder(folder)
    is_misplaced = may_be_misplaced(folder_kind, name) if what is None else is_read_elsewhere(folder_kind, what[0])
    if is_misplaced and link is None:
        what = ("misplaced", name)
    kind, name = what or ("guess", name)
    scope = scope_of(absolute)
    if data is not None:
        yield recognised(path, kind, name, data, scope=scope)._replace(template=language)
    elif link == os.devnull and kind not in OF_QUADLETS:
        yield Source(path, kind, name, link=link, scope=scope)
    else:
        source = read_source(path, kind, name, link=link, scope=scope)._replace(template=language)
        # Under a name that systemd does not read, it is on its way elsewhere, and so is its mode.
        yield source._replace(mode=0) if kind == "guess" else source
