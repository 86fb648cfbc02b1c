"""Units as items of pytest: one a file, all checked in one run when the first of them is asked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from unitlint.finding import Report
from unitlint.pytest_plugin import OPTIONS
from unitlint.testing.assertions import counts, described

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unitlint.config import Settings

CHECKED = ("unit", "dropin", "conf", "conf-dropin", "error")


def start(config: pytest.Config) -> None:
    """Has units collected in this run; raises pytest.UsageError for settings that cannot be."""
    from unitlint.errors import UnitlintError

    try:
        run = Run(config)
    except UnitlintError as error:
        raise pytest.UsageError(f"unitlint: {error}") from None
    config.stash[RUN] = run
    config.pluginmanager.register(Collector(run), "unitlint-collector")


class Run:
    """What is the same for all items: which files there are, and what was found in them."""

    def __init__(self, config: pytest.Config) -> None:
        self._given = _settings_given(config)
        self._config_file = _option(config, "config")
        arguments = [os.path.relpath(one.partition("::")[0]) for one in config.args]
        self._paths = [one for one in arguments if os.path.exists(one)]
        self.groups = self._by_settings()
        self._files: dict[str, str] | None = None
        self._reports: list[tuple[Settings, Report]] | None = None

    def _by_settings(self) -> list[tuple[Settings, list[str]]]:
        from unitlint import config_files
        from unitlint.config import from_keywords

        if self._config_file:
            groups = [(config_files.load(self._config_file), self._paths)]
        else:
            groups = config_files.group_by_settings(self._paths)
        return [(from_keywords(settings, self._given), paths) for settings, paths in groups]

    @property
    def files(self) -> dict[str, str]:
        """The files that unitlint would check, by absolute path, with the path that findings have."""
        if self._files is None:
            from unitlint.api import discovered

            self._files = {
                os.path.abspath(source.path): source.path
                for settings, paths in self.groups
                for source in discovered(paths, settings)
                if source.kind in CHECKED
            }
        return self._files

    def failing(self, file: Path) -> Report:
        """What makes a file fail: the report of the run with this file's findings and errors alone."""
        path = self.files[str(file)]
        for settings, report in self._outcomes():
            errors = tuple(one for one in report.errors if one.startswith(f"{path}: "))
            bad = tuple(one for one in report.findings if one.path == path and counts(one, settings.fail_on))
            if bad or errors:
                return report._replace(findings=bad, errors=errors)
        return Report((), 1, 1)

    def _outcomes(self) -> list[tuple[Settings, Report]]:
        """All files are checked at once, when the first is asked for: rules look at other units, too."""
        if self._reports is None:
            from unitlint import api

            self._reports = [
                (settings, api.run(api.discovered(paths, settings), settings, 1)) for settings, paths in self.groups
            ]
        return self._reports


class Collector:
    """The hooks that only a run with --unitlint has."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.File | None:
        """A file that unitlint would check becomes an item, whatever else pytest makes of it."""
        if str(file_path) not in self._run.files:
            return None
        return UnitFile.from_parent(parent, path=file_path)

    def pytest_report_header(self) -> list[str]:
        """The settings that hold, a line for each settings file."""
        return [f"unitlint: {_described(settings)}" for settings, _ in self._run.groups]


class UnitFile(pytest.File):
    """A unit, drop-in or conf."""

    def collect(self) -> Iterator[pytest.Item]:
        """Its one item."""
        yield UnitItem.from_parent(self, name="unitlint")


class FoundError(Exception):
    """There are findings in a file; ``report`` holds them."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{len(report.findings)} findings")
        self.report = report


class UnitItem(pytest.Item):
    """The check of one file."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.add_marker("unitlint")

    def runtest(self) -> None:
        """Raises FoundError for findings of a severity that counts, and for a file that cannot be read."""
        report = self.config.stash[RUN].failing(self.path)
        if report.findings or report.errors:
            raise FoundError(report)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The findings as `unitlint check` shows them, without a traceback."""
        if not isinstance(excinfo.value, FoundError):
            return super().repr_failure(excinfo, style)
        color = self.config.get_terminal_writer().hasmarkup
        return described(excinfo.value.report, color=color).lstrip("\n")

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The file; the item's name is that of the unit."""
        return self.path, None, f"unitlint: {self.path.name}"


def _settings_given(config: pytest.Config) -> dict[str, object]:
    """The settings that pytest's command line and settings name; the others are those of unitlint's own files."""
    names = [name.replace("-", "_") for name, _ in OPTIONS if name != "config"]
    found = {name: _option(config, name) for name in names}
    root = found.get("root")
    if root:
        found["root"] = os.path.join(config.rootpath, root)
    return {name: value for name, value in found.items() if value}


def _option(config: pytest.Config, name: str) -> str | None:
    value = config.getoption(f"unitlint_{name}", None) or config.getini(f"unitlint_{name}")
    return str(value) if value else None


def _described(settings: Settings) -> str:
    releases = ", ".join(map(str, settings.systemd_version))
    where = f", {os.path.relpath(settings.source)}" if settings.source else ""
    return f"systemd {releases}, profile {settings.profile}{where}"


RUN = pytest.StashKey[Run]()
