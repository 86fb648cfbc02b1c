"""The calls that the package offers to Python."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator

from unitlint.catalogue import NEWEST
from unitlint.engine.chosen_rules import chosen_rules
from unitlint.settings.model import Settings, from_keywords

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.base.finding import Finding
    from unitlint.engine.checking import OnProgress
    from unitlint.engine.report import Report
    from unitlint.files.source import Source
    from unitlint.security.score import Exposure
    from unitlint.units.unit import Unit

Paths = Iterable[str | os.PathLike[str]]


def check_paths(paths: Paths | str | os.PathLike[str], *, jobs: int | None = None, **settings: Any) -> Report:
    """Checks files and folders.

    ``settings`` are those of the settings files, with underscores: ``profile="conform"``,
    ``systemd_version=252``.  ``jobs`` is the number of processes, 1 where None.
    Raises UnitlintError for a path that does not exist, and for unknown settings.
    """
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    chosen = from_keywords(Settings(), settings)
    return run(discovered([os.fspath(path) for path in paths], chosen), chosen, jobs or 1)


def check_text(text: str | bytes, name: str = "x.service", **settings: Any) -> list[Finding]:
    """Checks one unit, drop-in (``x.service.d/y.conf``) or conf that is no file, or the units in a YAML text."""
    return list(run(sources_of(text, name), from_keywords(Settings(), settings), 1).findings)


def load_unit(
    path: str | os.PathLike[str], root: str | os.PathLike[str] | None = None, *, systemd_version: int = NEWEST
) -> Unit:
    """The effective unit of a unit file with all of its drop-ins, as that release of systemd takes it.

    Those beside it count, or where it stands in a folder of the search path, those of the whole tree.
    With ``root``, the tree is that one, and ``path`` may be a unit's name, also an alias or an instance.
    Raises UnitlintError where there is no such unit.
    """
    from unitlint.base.errors import UnitlintError
    from unitlint.files.classify import is_host_name
    from unitlint.files.layout import find, group
    from unitlint.files.of_one_unit import sources_around
    from unitlint.units.load import load

    path = os.fspath(path)
    if root is None and (is_host_name(path) or not os.path.lexists(path)):
        from unitlint.units.in_host import host_of, unit_in_file

        host = host_of(path)
        if host is not None:
            return unit_in_file(host, path, systemd_version)
    sources = sources_around(path, None if root is None else os.fspath(root))
    candidates = list(find(sources, os.path.basename(path)))
    real = os.path.realpath(path)
    for files in (*candidates, *(group(sources) if os.path.lexists(path) else ())):
        parts = (*([files.fragment] if files.fragment else []), *files.drop_ins)
        if any(os.path.realpath(part.path) == real for part in parts):
            return load(files, systemd_version)
    if not candidates:
        raise UnitlintError(f"no such unit: {path}" if root is not None else f"not a unit file: {path}")
    return load(next((one for one in candidates if one.scope == "system"), candidates[0]), systemd_version)


def services_below(paths: Iterable[str], settings: Settings, errors: list[str] | None = None) -> Iterator[Unit]:
    """The services among files and folders, each with its drop-ins; what is masked or has no unit file is left out.

    Drop-ins count as for systemd: those of the same search path.  A file that cannot be read becomes one of the
    ``errors``.  Raises UnitlintError for a path that does not exist, or names no service.
    """
    from unitlint.base.errors import UnitlintError
    from unitlint.files.layout import group
    from unitlint.files.read import filled
    from unitlint.units.load import load

    sources: list[Source] = []
    for path in paths:
        if not os.path.isdir(path):
            unit = load_unit(path, settings.root)
            if unit.type != "service" or not unit.has_fragment:
                raise UnitlintError("only services have an exposure", path)
            yield unit
            continue
        for source in map(filled, discovered([path], settings)):
            if source.kind in ("unit", "dropin") and not source.template and source.home is None:
                sources.append(source)
            elif source.kind == "error" and errors is not None:
                errors.append(f"{source.path}: {source.note}")
    for files in group(sources, adopt=False):
        if files.fragment is not None and files.fragment.name == files.name and files.name.endswith(".service"):
            unit = load(files)
            if not unit.masked:
                yield unit


def exposure(unit: Unit | str | os.PathLike[str], systemd_version: int = NEWEST) -> Exposure:
    """How exposed a service is, as ``systemd-analyze security`` of that release counts; ``.value`` is the number.

    Raises UnitlintError for a path that is no unit's.
    """
    from unitlint.security.score import expose

    return expose(load_unit(unit) if isinstance(unit, (str, os.PathLike)) else unit, systemd_version)


def discovered(paths: list[str], settings: Settings, *, force_exclude: bool = False) -> Iterable[Source]:
    """The sources below the paths, as the settings say; files and drop-in folders come with what belongs to them."""
    from unitlint.files.discover import discover
    from unitlint.files.patterns import Ignored

    ignored = Ignored(settings.exclude, settings.folder, gitignore=settings.respect_gitignore)
    found = discover(paths, ignored, force_exclude=force_exclude, root=settings.root)
    if settings.templates:
        from unitlint.files.patterns import as_declared

        found = as_declared(found, settings)
    files = [file for path in paths for file in _named_by(path)]
    return with_companions(found, files, settings) if files else found


def _named_by(path: str) -> Iterable[str]:
    """The file itself, or of a drop-in folder that is named outright the files in it."""
    if not os.path.isdir(path):
        return (path,)
    return (os.path.join(path, name) for name in os.listdir(path)) if path.rstrip(os.sep).endswith(".d") else ()


def with_companions(sources: Iterable[Source], named: Iterable[str], settings: Settings) -> Iterator[Source]:
    """The sources, and what belongs to those whose paths are ``named``; that is not reported on."""
    from unitlint.files import of_one_unit
    from unitlint.files.patterns import Ignored

    ignored = Ignored(settings.exclude, settings.folder, gitignore=settings.respect_gitignore)
    return of_one_unit.with_companions(sources, named, ignored, settings.root)


def sources_of(text: str | bytes, name: str) -> list[Source]:
    """The source that is no file; of YAML and JSON those of the units in it.  Raises UnitlintError for other names."""
    from unitlint.files.classify import classify, is_host_name

    if not is_host_name(name) or classify(name) is not None:
        return [source_of(text, name)]
    from unitlint.files.hosts import sources_in

    return list(sources_in(name, text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text))


def source_of(text: str | bytes, name: str) -> Source:
    """A source that is no file; raises UnitlintError where ``name`` is no unit's, drop-in's or conf's."""
    from unitlint.base.errors import UnitlintError
    from unitlint.files.classify import classify_with_suffix, scope_of
    from unitlint.files.read import OF_QUADLETS
    from unitlint.files.source import Source

    what, language = classify_with_suffix(name)
    if what is None:
        what, language = classify_with_suffix(f"systemd/{name}")
    if what is None:
        raise UnitlintError(f"`{name}` is not the name of a unit, drop-in or conf", hint="for instance nginx.service")
    data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
    if what[0] in OF_QUADLETS:
        from unitlint.files.quadlet import recognised

        return recognised(name, *what, data)
    return Source(name, what[0], what[1], data, scope=scope_of(name), template=language)


def run(sources: Iterable[Source], settings: Settings, jobs: int, progress: OnProgress | None = None) -> Report:
    """Sources to a report, obeying the settings."""
    from unitlint.engine import run

    root = None
    if settings.root is not None:
        from unitlint.files.root_tree import RootTree

        root = RootTree(settings.root)
    rules = chosen_rules(settings)
    thresholds = gc.get_threshold()
    # Nearly all that a run makes lives to its end or goes by itself; looking for garbage among it takes a tenth of it.
    gc.set_threshold(max(thresholds[0], 200_000), *thresholds[1:])
    try:
        report = run.run(
            sources,
            rules,
            settings.systemd_version,
            options=settings.options,
            root=root,
            jobs=jobs,
            progress=progress,
            ignores=settings.ignore_comments,
        )
    finally:
        gc.set_threshold(*thresholds)
    if settings.per_file_ignores:
        from unitlint.rules.select import without_ignored

        report = report._replace(findings=without_ignored(report.findings, settings))
    if settings.baseline is not None:
        from unitlint.engine import baseline

        report = baseline.without_known(report, baseline.read(settings.baseline), settings.baseline)
    return report
