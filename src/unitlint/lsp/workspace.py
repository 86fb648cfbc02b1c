"""The open texts among the files on disk: what is wrong in them, and the units that they make."""

from __future__ import annotations

import os

from unitlint.base.records import NamedTuple
from unitlint.files.gather import discovered
from unitlint.files.names import edited_name
from unitlint.files.search_path import tree_of_folder
from unitlint.lsp.companions import Companions
from unitlint.lsp.kinds import buffer_name, is_wanted
from unitlint.lsp.settings_cache import SettingsCache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.engine.checking import OnProgress
    from unitlint.engine.report import Report
    from unitlint.files.overlay import Overlay
    from unitlint.files.source import Source, UnitFiles
    from unitlint.lsp.documents import Documents, TextDocument
    from unitlint.settings.model import Settings
    from unitlint.units.loaded import UnitsByName
    from unitlint.units.unit import Unit


class Surroundings(NamedTuple):
    """The units around an open document, with all open documents of its folder in place of their files."""

    units: UnitsByName
    by_path: dict[str, UnitFiles]
    """The files of each unit by the path of any of them."""
    shown: dict[str, str]
    """The paths of open documents by those under which they are read, where these differ."""


class Workspace:
    """Reads what is in the folders of the editor, in those of open documents and in root directories; nothing else."""

    def __init__(self, documents: Documents, folders: list[str]) -> None:
        self.documents = documents
        self.folders = folders
        self.settings = SettingsCache()
        self.revision = 0
        """Counts what may change findings: edits, and files that others changed."""
        self.files_revision = 0
        """Counts what may change which files there are."""
        self.due: set[str] = set()
        """The homes of the documents whose findings are to be published."""
        self._companions = Companions()
        self._memo: dict[Any, Any] = {}

    def touch(self, document: TextDocument | None = None) -> None:
        """Notes that a document changed, or without one that anything may have."""
        self.revision += 1
        self._memo.clear()
        if document is None:
            self.files_revision += 1
            self._companions.forget()
        self.due.update(self.home_of(one) for one in ([document] if document is not None else self.documents))

    def home_of(self, document: TextDocument) -> str:
        """What documents that may be parts of one unit have in common: the tree above their folders."""
        if document.path is None:
            return document.uri
        folder = os.path.dirname(document.path)
        tree = tree_of_folder(folder)
        return os.path.dirname(folder) if tree == folder and folder.endswith(".d") else tree

    def settings_of(self, document: TextDocument) -> Settings:
        """The settings that hold for a document; those of the first folder for a buffer without a file."""
        if document.path is not None:
            return self.settings.of(os.path.dirname(document.path))
        return self.settings.of(self.folders[0] if self.folders else os.getcwd())

    def is_checked(self, document: TextDocument) -> bool:
        """False for what is no unit's business: what settings exclude, what is too large, texts of other languages."""
        if document.is_too_large or not is_wanted(document):
            return False
        if document.path is None:
            return True
        from unitlint.files.discover import is_left_out
        from unitlint.files.patterns import Ignored

        settings = self.settings_of(document)
        return not is_left_out(document.path, Ignored(settings.exclude, settings.folder, gitignore=False))

    def together(self, document: TextDocument) -> list[TextDocument]:
        """The open documents that are checked with this one: those of its home that obey the same settings."""
        if document.path is None:
            return [document] if self.is_checked(document) else []
        home, source = self.home_of(document), self.settings_of(document).source
        return [
            other
            for other in self.documents
            if other.path is not None
            and self.home_of(other) == home
            and self.settings_of(other).source == source
            and self.is_checked(other)
        ]

    def report(self, document: TextDocument) -> Report:
        """What `unitlint check` says of a document and of those that are checked with it, as they are now."""
        together = self.together(document)
        key = ("report", tuple(one.uri for one in together))
        if key not in self._memo:
            from unitlint import api
            from unitlint.engine.report import renamed

            sources, overlay = self._sources(document)
            self._memo[key] = renamed(api.run(sources, self.settings_of(document), 1), overlay.shown)
        found: Report = self._memo[key]
        return found

    def _sources(self, document: TextDocument) -> tuple[list[Source], Overlay]:
        """The sources among which a document is checked, with those that are open as they are in the editor."""
        key = ("sources", document.uri if document.path is None else self.home_of(document))
        if key not in self._memo:
            if document.path is None:
                overlay = _overlay_of_buffer(document)
                self._memo[key] = overlay.over(()), overlay
            else:
                overlay = self.overlay(document)
                home, settings = self.home_of(document), self.settings_of(document)
                self._memo[key] = self._companions.sources(home, overlay, settings, self.folders), overlay
        found_before: tuple[list[Source], Overlay] = self._memo[key]
        return found_before

    def fixed(self, document: TextDocument) -> str:
        """The text of a document after every safe fix, as `unitlint check --fix` would write it."""
        from unitlint import api
        from unitlint.engine.fix_loop import fix_all
        from unitlint.engine.refusals import refusals_by

        settings = self.settings_of(document)
        sources, _ = self._sources(document)
        refusals = refusals_by(settings)
        outcome = fix_all(sources, lambda found: api.run(found, settings, 1), unsafe=False, refusals=refusals)
        return outcome.after.get(real_path(document), document.checked_text)

    def overlay(self, document: TextDocument) -> Overlay:
        """A document and those that are checked with it, in place of their files."""
        return _overlay_of(self.together(document) or [document])

    def whole(self, folder: str, progress: OnProgress | None = None) -> Report:
        """What `unitlint check` says of a whole folder, with the open documents in place of their files."""
        from unitlint import api
        from unitlint.engine.report import renamed

        settings = self.settings.of(folder)
        inside = os.path.join(folder, "")
        documents = [one for one in self.documents if (one.path or "").startswith(inside) and self.is_checked(one)]
        overlay = _overlay_of(documents)
        sources = discovered([folder], settings, overlay=overlay, within=self.folders)
        return renamed(api.run(sources, settings, 1, progress), overlay.shown)

    def surroundings(self, document: TextDocument) -> Surroundings:
        """The units around a document, each merged when it is asked for."""
        key = ("units", self.home_of(document))
        if key not in self._memo:
            self._memo[key] = self._surroundings(document)
        found: Surroundings = self._memo[key]
        return found

    def _surroundings(self, document: TextDocument) -> Surroundings:
        from unitlint.files.layout import group
        from unitlint.units.loaded import UnitsByName

        sources, overlay = self._sources(document)
        groups = list(group(_around(sources, self.together(document) or [document])))
        by_path: dict[str, UnitFiles] = {}
        for files in groups:
            for part in (*([files.fragment] if files.fragment else []), *files.drop_ins):
                by_path.setdefault(overlay.shown.get(part.path, part.path), files)
        release = max(self.settings_of(document).systemd_version)
        return Surroundings(UnitsByName(groups, release, partial=True), by_path, overlay.shown)

    def unit(self, document: TextDocument) -> Unit | None:
        """The effective unit that a document is a part of; None where it is no part of any."""
        surroundings = self.surroundings(document)
        files = surroundings.by_path.get(checked_path(document))
        if files is None and document.path is None:
            files = next(iter(surroundings.by_path.values()), None)
        return None if files is None else surroundings.units.of(files)


def _around(sources: list[Source], documents: list[TextDocument]) -> list[Source]:
    """Of many sources those that can be parts of a unit with one of the documents."""
    from unitlint.files.names import drop_in_folders, is_unit_file_name, template_of

    readable = [one for one in sources if one.kind not in ("error", "skip", "host")]
    own = {real_path(document) for document in documents}
    names: set[str] = set()
    for source in readable:
        if source.path in own:
            if not is_unit_file_name(source.name) or source.kind.startswith("quadlet") or source.host is not None:
                return readable
            names.update((source.name, template_of(source.name) or source.name))
            names.update(folder[:-2] for folder in drop_in_folders(source.name))
    if any(one.kind.startswith("quadlet") for one in readable):
        return readable
    return [one for one in readable if one.name in names or one.kind == "link" or one.path in own]


def checked_path(document: TextDocument) -> str:
    """The path of a document as findings about it name it."""
    return document.path if document.path is not None else buffer_name(document)


def real_path(document: TextDocument) -> str:
    """The path under which a document is read: that of the file which `systemctl edit` will make of it."""
    folder, name = os.path.split(checked_path(document))
    return os.path.join(folder, edited_name(name) or name)


def _overlay_of(documents: list[TextDocument]) -> Overlay:
    from unitlint.files.overlay import overlay

    return overlay({checked_path(document): document.checked_text for document in documents})


def _overlay_of_buffer(document: TextDocument) -> Overlay:
    from unitlint.files.overlay import overlay

    return overlay({buffer_name(document): document.checked_text}, on_disk=False)
