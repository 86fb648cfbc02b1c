"""The settings that hold for a file, found as the command finds them, and read again when their files change."""

from __future__ import annotations

import os

from unitlint.base.errors import UnitlintError
from unitlint.base.records import NamedTuple
from unitlint.lsp.stamps import Stamp, stamp_of
from unitlint.settings.files import NAMES, find
from unitlint.settings.model import Settings, fields_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


class _Known(NamedTuple):
    stamp: Stamp
    settings: Settings
    error: UnitlintError | None


class SettingsCache:
    """Settings by folder; what the editor's own configuration says goes over those of the files."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._given: dict[str, Any] = {}

    def of(self, folder: str) -> Settings:
        """The settings for files in ``folder``; where its settings file has a mistake, those from before it."""
        known = self._known.get(folder)
        stamp = stamp_of(_settings_files(folder))
        if known is None or known.stamp != stamp:
            known = self._known[folder] = self._read(folder, stamp, known)
        return known.settings

    def _read(self, folder: str, stamp: Stamp, known: _Known | None) -> _Known:
        from unitlint.engine.chosen_rules import chosen_rules
        from unitlint.files.root_release import check_root

        try:
            settings = find(folder)._replace(**self._given)
            chosen_rules(settings)  # names of rules in them may be misspelt
        except UnitlintError as error:
            return _Known(stamp, Settings(**self._given) if known is None else known.settings, error)
        try:
            if settings.root is not None:
                check_root(settings.root)
        except UnitlintError as error:
            return _Known(stamp, settings._replace(root=None), error)
        return _Known(stamp, settings, None)

    @property
    def errors(self) -> tuple[UnitlintError, ...]:
        """What is wrong with settings files, each once."""
        errors = {str(known.error): known.error for known in self._known.values() if known.error is not None}
        return tuple(errors.values())

    def configure(self, given: object) -> None:
        """Takes settings from the editor, by the keys of a settings file; raises UnitlintError for those that it
        does not know, and keeps what it had."""
        self._given = fields_of(given) if isinstance(given, dict) else {}
        self.forget()

    def forget(self) -> None:
        """Has all settings read anew, as a rule of one's own may have changed."""
        self._known.clear()


def _settings_files(folder: str) -> Iterator[str]:
    """The files in which settings for a folder may stand."""
    while True:
        yield from (os.path.join(folder, name) for name in NAMES)
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def is_settings_file(path: str) -> bool:
    """Whether settings may stand in a file of this name."""
    return os.path.basename(path) in NAMES
