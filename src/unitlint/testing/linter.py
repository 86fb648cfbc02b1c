"""The linter with the settings of the project under test, which the pytest fixture hands to a test."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from unitlint.config import Settings
    from unitlint.finding import Finding, Report
    from unitlint.units.unit import Unit


class Linter:
    """Paths are taken from ``folder``, the project's root.

    Keyword arguments are settings, such as ``profile="strict"`` or ``systemd_version=252``; they come before the
    nearest settings file.
    """

    def __init__(self, folder: str | os.PathLike[str] = ".") -> None:
        self._folder = os.fspath(folder)

    def check(self, path: str | os.PathLike[str], **settings: Any) -> list[Finding]:
        """The findings in a file or folder; raises UnitlintError for what cannot be read."""
        from unitlint.errors import UnitlintError

        report = self.report(path, **settings)
        if report.errors:
            raise UnitlintError("; ".join(report.errors))
        return list(report.findings)

    def report(self, path: str | os.PathLike[str], **settings: Any) -> Report:
        """The whole outcome of a run: findings, files that could not be read, texts."""
        from unitlint import api

        where = os.path.normpath(os.path.join(self._folder, os.fspath(path)))
        chosen = self._settings(where if os.path.isdir(where) else os.path.dirname(where), settings)
        return api.run(api.discovered([where], chosen), chosen, 1)

    def check_text(self, text: str | bytes, name: str = "x.service", **settings: Any) -> list[Finding]:
        """The findings in a unit that is no file, called ``name``."""
        from unitlint import api

        chosen = self._settings(self._folder, settings)
        return list(api.run([api.source_of(text, name)], chosen, 1).findings)

    def unit(self, path: str | os.PathLike[str]) -> Unit:
        """The effective unit with the drop-ins that stand around it."""
        from unitlint.api import load_unit

        return load_unit(os.path.join(self._folder, os.fspath(path)))

    def _settings(self, folder: str, given: dict[str, Any]) -> Settings:
        from unitlint.config import from_keywords
        from unitlint.config_files import find

        return from_keywords(find(folder), given)
