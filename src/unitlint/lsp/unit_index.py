"""The units of the editor's folders: their names, their files, and where they name each other."""

from __future__ import annotations

import os
import re

from unitlint.base.records import NamedTuple
from unitlint.files.gather import discovered
from unitlint.files.names import is_unit_file_name, quadlet_type, service_of, template_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from unitlint.files.source import Source
    from unitlint.lsp.documents import TextDocument
    from unitlint.lsp.session import Session

MOST_FOLDERS = 5_000
"""A workspace with more folders (a home directory, the root of a machine) is not searched as a whole."""
_WORD = re.compile(r"(?<![A-Za-z0-9:_.\\@-])[A-Za-z0-9:_.\\@-]+\.[a-z]+")


class UnitIndex(NamedTuple):
    """The files of units by name; a drop-in's is that of its unit."""

    fragments: dict[str, list[Source]]
    drop_ins: dict[str, list[Source]]
    links: dict[str, list[Source]]

    @property
    def sources(self) -> Iterator[Source]:
        """All files."""
        for sources in (*self.fragments.values(), *self.drop_ins.values()):
            yield from sources


def index_of(session: Session, document: TextDocument) -> UnitIndex:
    """The units in the workspace and around a document; made anew when anything changed on disk."""
    workspace = session.workspace
    key = (workspace.files_revision, workspace.home_of(document))
    if session.index is None or session.index[0] != key:
        session.index = (key, _make(session, document))
    return session.index[1]


def _make(session: Session, document: TextDocument) -> UnitIndex:

    index = UnitIndex({}, {}, {})
    seen: set[str] = set()
    searched = [folder for folder in session.folders if os.path.isdir(folder) and not _is_vast(folder)]
    groups = [discovered([folder], session.workspace.settings.of(folder)) for folder in searched]
    if document.path is not None:
        settings = session.workspace.settings_of(document)
        overlay = session.workspace.overlay(document)
        groups.append(discovered([], settings, overlay=overlay, within=session.folders))
    for source in (source for found in groups for source in found):
        absolute = os.path.abspath(source.path)
        if absolute not in seen:
            seen.add(absolute)
            _add(index, source._replace(path=absolute))
    return index


def _add(index: UnitIndex, source: Source) -> None:
    if source.kind == "unit":
        index.fragments.setdefault(source.name, []).append(source)
    elif source.kind == "quadlet":
        index.fragments.setdefault(os.path.basename(source.path), []).append(source)
    elif source.kind in ("dropin", "quadlet-dropin"):
        index.drop_ins.setdefault(source.name, []).append(source)
    elif source.kind == "link":
        index.links.setdefault(source.name, []).append(source)


def _is_vast(folder: str) -> bool:
    """Whether there are more folders than a search should walk through."""
    from unitlint.files.discover import SKIPPED_FOLDERS

    number = 0
    for _, below, _ in os.walk(folder):
        below[:] = [name for name in below if name not in SKIPPED_FOLDERS]
        number += 1 + len(below) // 1000
        if number > MOST_FOLDERS:
            return True
    return False


def unit_names(session: Session, document: TextDocument, suffix: str = "") -> Iterator[tuple[str, str]]:
    """Names of units with a word on where they come from: those of the workspace, then systemd's own."""
    from unitlint.catalogue import facts

    index = index_of(session, document)
    for name in sorted(index.fragments):
        if name.endswith(suffix):
            yield name, "in the workspace"
            if quadlet_type(name) and not suffix:
                yield service_of(name), f"generated from {name}"
    if quadlet_type(f"x{suffix}"):
        return
    root = session.workspace.settings_of(document).root
    if root is not None:
        from unitlint.files.root_tree import RootTree, units_of_tree

        for name in sorted(units_of_tree(RootTree(root), "system").names):
            if name.endswith(suffix):
                yield name, "in the root directory"
    for name in facts("shipped_units"):
        if name.endswith(suffix):
            yield name, "of systemd"


def name_at(text: str, offset: int) -> tuple[str, int, int] | None:
    """The name of a unit or Quadlet file around a place, with where it begins and ends; None where there is none."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)]
    for found in _WORD.finditer(line):
        if found.start() <= offset - start <= found.end() and (is_unit_file_name(found[0]) or quadlet_type(found[0])):
            return found[0], start + found.start(), start + found.end()
    return None


def files_of(index: UnitIndex, name: str) -> list[Source]:
    """The files that make up a unit: its fragments (of an instance that of the template), then its drop-ins."""
    template = template_of(name) or ""
    found = [*(index.fragments.get(name) or index.fragments.get(template) or [])]
    if not found:
        found = [
            source
            for quadlet, sources in index.fragments.items()
            if quadlet_type(quadlet) and service_of(quadlet) == name
            for source in sources
        ]
    names = dict.fromkeys((name, template))
    return found + [source for one in names for source in index.drop_ins.get(one, ())]
