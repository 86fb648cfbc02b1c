"""Units as items of pytest: one a file, all checked in one run when the first of them is asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from unitlint.base.errors import UnitlintError
from unitlint.base.foreign_text import safe, safe_lines
from unitlint.engine.report import Report
from unitlint.files.gather import discovered
from unitlint.testing.findings import Outcome, described, failing

if TYPE_CHECKING:
    from unitlint.files.source import Source
    from unitlint.settings.model import Settings

NO_ITEMS = ("skip", "link")
"""Kinds of sources that `unitlint check` says nothing about."""
SETTINGS = ("profile", "select", "ignore", "systemd_version", "root", "fail_on")
"""Options that are settings of the same name."""
PATHS = ("root", "config", "baseline")
"""Options that are paths: of the command line from where pytest was started, else from its settings file."""


def start(config: pytest.Config) -> None:
    """Has units collected in this run; raises pytest.UsageError for settings that cannot be."""
    try:
        run = Run(config)
    except UnitlintError as error:
        raise pytest.UsageError(f"unitlint: {safe_lines(str(error))}") from None
    config.stash[RUN] = run
    config.pluginmanager.register(Collector(run), "unitlint-collector")


class Run:
    """What is the same for all items: which files there are, and what was found in them."""

    def __init__(self, config: pytest.Config) -> None:
        self._folder = config.invocation_params.dir
        self._groups = _groups(config)
        self._baseline = _option(config, "baseline")
        self._known: frozenset[str] = frozenset()
        self._sources: list[list[Source]] | None = None
        self._outcomes: list[Outcome] | None = None
        self._look_for_mistakes()

    @property
    def settings(self) -> list[Settings]:
        """Those of each settings file that holds for one of the paths."""
        return [settings for settings, _ in self._groups]

    def files(self) -> dict[str, str]:
        """The files that unitlint would check, by absolute path, with the path that findings have."""
        found = (one for sources in self._discovered() for one in sources if one.kind not in NO_ITEMS)
        return {str(self._folder / one.path): one.path for one in found if not one.context}

    def unreadable(self) -> list[str]:
        """What is no file, so that pytest collects nothing of it and nobody can read it: folders, FIFOs and so on."""
        found = (source for sources in self._discovered() for source in sources if source.kind not in NO_ITEMS)
        paths = [source.path for source in found if source.link is None and source.host is None and not source.context]
        return [path for path in paths if not os.path.isfile(self._folder / path)]

    def failing(self, path: str) -> Report:
        """What makes a file fail: the report of the run with this file's findings and errors alone."""
        reports = (failing(outcome, path) for outcome in self._checked())
        return next((one for one in reports if one.findings or one.errors), Report((), 1, 1))

    def _look_for_mistakes(self) -> None:
        """A run over no files: unknown rules, options and folders are told before anything is collected."""
        from unitlint import api
        from unitlint.engine import baseline

        with _in_folder(self._folder):
            if self._baseline:
                self._known = baseline.read(self._baseline)
            for settings, paths in self._groups:
                discovered(paths, settings)
                api.run([], settings, 1)

    def _discovered(self) -> list[list[Source]]:
        if self._sources is None:
            with _in_folder(self._folder):
                self._sources = [list(discovered(paths, settings)) for settings, paths in self._groups]
        return self._sources

    def _checked(self) -> list[Outcome]:
        """All files are checked at once, when the first is asked for: rules look at other units, too."""
        if self._outcomes is None:
            from unitlint import api
            from unitlint.engine import baseline

            sources = self._discovered()
            with _in_folder(self._folder):
                pairs = zip(self.settings, sources, strict=True)
                outcomes = [Outcome(api.run(some, settings, 1), settings) for settings, some in pairs]
                if self._baseline:
                    outcomes = [
                        Outcome(baseline.without_known(report, self._known, self._baseline), settings)
                        for report, settings in outcomes
                    ]
            self._outcomes = outcomes
        return self._outcomes


class Collector:
    """The hooks that only a run with --unitlint has."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._files: dict[str, str] | None = None

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.File | None:
        """A file that unitlint would check becomes an item, whatever else pytest makes of it."""
        if self._files is None:
            self._files = self._run.files()
        shown = self._files.get(str(file_path))
        if shown is None:
            return None
        return UnitFile.from_parent(parent, path=file_path, shown=shown, **_plain_names(file_path, parent))

    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """An item that fails for each thing that cannot be read, and of which pytest made none."""
        for path in self._run.unreadable():
            items.append(UnreadableItem.from_parent(session, name=f"unitlint: {safe(path)}", shown=path))

    def pytest_report_header(self) -> list[str]:
        """The settings that hold, a line for each settings file."""
        return [f"unitlint: {_described(settings)}" for settings in self._run.settings]


def _plain_names(path: Path, parent: pytest.Collector) -> dict[str, Any]:
    """The names of a node whose path holds what steers a terminal, or invalid bytes, which XML does not take."""
    relative = os.path.relpath(path, parent.config.rootpath)
    if safe(relative) == relative:
        return {}
    return {"name": safe(path.name), "nodeid": safe(relative).replace(os.sep, "/")}


class UnitFile(pytest.File):
    """A unit, drop-in or conf; ``shown`` is its path as findings have it."""

    def __init__(self, *, shown: str, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.shown = shown

    def collect(self) -> Iterator[pytest.Item]:
        """Its one item."""
        yield UnitItem.from_parent(self, name="unitlint", shown=self.shown)


class FoundError(Exception):
    """There are findings in a file; ``report`` holds them."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{len(report.findings)} findings")
        self.report = report


class UnitItem(pytest.Item):
    """The check of one file."""

    def __init__(self, *, shown: str, **keywords: Any) -> None:
        super().__init__(**keywords)
        self._shown = shown
        self.add_marker("unitlint")

    def runtest(self) -> None:
        """Raises FoundError for findings of a severity that counts, and for a file that cannot be read."""
        report = self.config.stash[RUN].failing(self._shown)
        if report.findings or report.errors:
            raise FoundError(report)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The findings as `unitlint check` shows them, without a traceback."""
        if isinstance(excinfo.value, UnitlintError):
            return f"unitlint: {safe_lines(str(excinfo.value))}"
        if not isinstance(excinfo.value, FoundError):
            return super().repr_failure(excinfo, style)
        return described(excinfo.value.report, color=self.config.get_terminal_writer().hasmarkup)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The file; the item's name is that of the unit, or for a drop-in that of its folder and its own."""
        folder = f"{self.path.parent.name}/" if self.path.parent.name.endswith(".d") else ""
        return self.path, None, f"unitlint: {safe(folder + self.path.name)}"

    @property
    def location(self) -> tuple[str, int | None, str]:
        """The file, no line, and the name, as other processes take them."""
        path, line, name = super().location
        return safe(path), line, name


class UnreadableItem(pytest.Item):
    """Something that cannot be read, so that nobody knows what is in it."""

    def __init__(self, *, shown: str, **keywords: Any) -> None:
        super().__init__(**keywords)
        self._shown = shown
        self.add_marker("unitlint")

    def runtest(self) -> None:
        """Raises UnitlintError with what the check says of it."""
        for error in self.config.stash[RUN].failing(self._shown).errors:
            raise UnitlintError(error)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The reason, without a traceback."""
        return f"unitlint: {safe_lines(str(excinfo.value))}"

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The folder where pytest runs, and the name."""
        return self.path, None, self.name


def _groups(config: pytest.Config) -> list[tuple[Settings, list[str]]]:
    """The paths that pytest was given, by the settings that hold for them."""
    from unitlint.settings import files
    from unitlint.settings.model import from_keywords

    arguments = [os.path.relpath(one.partition("::")[0]) for one in config.args]
    paths = [one for one in dict.fromkeys(arguments) if os.path.exists(one)]
    file = _option(config, "config")
    groups = [(files.load(file), paths)] if file else files.group_by_settings(paths)
    given = {name: _option(config, name) for name in SETTINGS}
    return [(from_keywords(settings, given), some) for settings, some in groups]


def _option(config: pytest.Config, name: str) -> str | None:
    """What the command line says, or else pytest's settings file."""
    given = config.getoption(f"unitlint_{name}", None)
    if given:
        return str(given)
    value = str(config.getini(f"unitlint_{name}") or "")
    if value and name in PATHS:
        beside = config.inipath.parent if config.inipath else config.rootpath
        return os.path.relpath(beside / value)
    return value or None


@contextmanager
def _in_folder(folder: Path) -> Iterator[None]:
    """Tests that ran before may have gone elsewhere; our paths count from where pytest was started."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _described(settings: Settings) -> str:
    releases = ", ".join(map(str, settings.systemd_version))
    where = f", {safe(os.path.relpath(settings.source))}" if settings.source else ""
    return f"systemd {releases}, profile {settings.profile}{where}"


RUN = pytest.StashKey[Run]()
