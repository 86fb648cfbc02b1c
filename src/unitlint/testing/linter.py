"""The linter with the settings of the project under test, which the pytest fixture hands to a test."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from unitlint.files.gather import discovered, sources_of
from unitlint.testing.calls import told_at_the_call
from unitlint.testing.findings import Findings, Outcome

if TYPE_CHECKING:
    from unitlint.settings.model import Settings
    from unitlint.units.unit import Unit


class Linter:
    """Paths are taken from ``folder``, the project's root.

    Keyword arguments are settings, such as ``profile="strict"`` or ``systemd_version=252``; they come before the
    settings file that is nearest to what is checked, or where there is none (a unit rendered into a temporary
    folder), nearest to ``folder``.
    """

    def __init__(self, folder: str | os.PathLike[str] = ".") -> None:
        self._folder = os.fspath(folder)

    @told_at_the_call
    def check(self, path: str | os.PathLike[str], **settings: Any) -> Findings:
        """The findings in a file or folder, a list; raises UnitlintError for what cannot be read."""
        return _findings(self.outcome(path, **settings))

    @told_at_the_call
    def check_text(self, text: str | bytes, name: str = "x.service", **settings: Any) -> Findings:
        """The findings in a unit that is no file, called ``name``."""
        return _findings(self.outcome_of_text(text, name, **settings))

    @told_at_the_call
    def unit(self, path: str | os.PathLike[str], *, systemd_version: int | None = None) -> Unit:
        """The effective unit with the drop-ins that stand around it."""
        from unitlint.api import load_unit
        from unitlint.catalogue import NEWEST

        return load_unit(self._place(path), systemd_version=systemd_version or NEWEST)

    def outcome(self, path: str | os.PathLike[str], **settings: Any) -> Outcome:
        """The whole outcome of a run: findings, files that could not be read, texts."""
        from unitlint import api

        where = self._place(path)
        chosen = self._settings(where if os.path.isdir(where) else os.path.dirname(where), settings)
        return Outcome(api.run(discovered([where], chosen), chosen, 1), chosen)

    def outcome_of_text(self, text: str | bytes, name: str, **settings: Any) -> Outcome:
        """The same for a unit that is no file."""
        from unitlint import api

        chosen = self._settings(self._folder, settings)
        return Outcome(api.run(sources_of(text, name), chosen, 1), chosen)

    def _place(self, path: str | os.PathLike[str]) -> str:
        """The path as findings show it: as seen from the working folder, where it is below that."""
        place = os.path.abspath(os.path.join(self._folder, os.fspath(path)))
        here = os.getcwd()
        return os.path.relpath(place, here) if (place + os.sep).startswith(here.rstrip(os.sep) + os.sep) else place

    def _settings(self, folder: str, given: dict[str, Any]) -> Settings:
        from unitlint.settings.files import find
        from unitlint.settings.model import from_keywords

        nearest = find(folder)
        return from_keywords(nearest if nearest.source else find(self._folder), given)


def _findings(outcome: Outcome) -> Findings:
    from unitlint.base.errors import UnitlintError

    if outcome.report.errors:
        raise UnitlintError("; ".join(outcome.report.errors))
    return Findings(outcome.report)
