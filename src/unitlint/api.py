"""The calls that the package offers to Python."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping

from unitlint.base.argument_types import expect, listed_paths
from unitlint.base.errors import UnitlintError
from unitlint.base.real_path import real_path
from unitlint.catalogue import NEWEST
from unitlint.engine.chosen_rules import chosen_rules
from unitlint.files.gather import discovered, sources_of
from unitlint.settings.model import Settings, from_keywords

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections import Counter
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
    chosen = from_keywords(Settings(), settings)
    return run(discovered(listed_paths(paths), chosen), chosen, jobs or 1)


def check_text(text: str | bytes, name: str = "x.service", **settings: Any) -> list[Finding]:
    """Checks one unit, drop-in (``x.service.d/y.conf``) or conf that is no file, or the units in a YAML text.

    Nothing on disk is read. Raises UnitlintError where ``name`` is no unit's, drop-in's, conf's or YAML file's, for
    unknown settings, and where a rule fails.
    """
    chosen = from_keywords(Settings(), settings)
    report = run(sources_of(text, name), chosen, 1)
    if report.errors:
        raise UnitlintError(report.errors[0])
    return list(report.findings)


def check_overlay(
    texts: Mapping[str | os.PathLike[str], str | bytes],
    paths: Paths | str | os.PathLike[str] | None = None,
    **settings: Any,
) -> Report:
    """Checks texts that are not on disk yet, such as the buffers of an editor, in place of the files of these paths.

    Each is checked together with the rest of its unit on disk, as a file that is named (:func:`check_paths`):
    drop-ins, base unit, the units beside it. The files need not exist; ``texts`` may hold units, drop-ins, confs,
    templates, Quadlets, YAML files with units in them, and what ``systemctl edit`` opens (``.#override.conf`` and 16
    digits). What is none of these is in the report's ``skipped``.

    Findings are those about the texts, at the paths that were given, and about files that a text makes wrong; with
    ``paths``, also those of these files and folders, among which the texts are read. ``settings`` as for
    :func:`check_paths`.
    Raises UnitlintError for one of ``paths`` that does not exist and for unknown settings, TypeError where a text is
    neither str nor bytes.
    """
    from unitlint.engine.report import renamed
    from unitlint.files.overlay import overlay

    chosen = from_keywords(Settings(), settings)
    expect(texts, Mapping, "texts", "a dict of paths to texts")
    buffers = overlay({os.fspath(path): text for path, text in texts.items()})
    sources = discovered(listed_paths(paths), chosen, overlay=buffers)
    return renamed(run(sources, chosen, 1), buffers.shown)


def load_unit(
    path: str | os.PathLike[str], root: str | os.PathLike[str] | None = None, *, systemd_version: int = NEWEST
) -> Unit:
    """The effective unit of a unit file with all of its drop-ins, as that release of systemd takes it.

    Those beside it count, or where it stands in a folder of the search path, those of the whole tree.
    With ``root``, the tree is that one, and ``path`` may be a unit's name, also an alias or an instance.
    Raises UnitlintError where there is no such unit, TypeError for an argument of a wrong type.
    """
    from unitlint.files.classify import is_host
    from unitlint.files.layout import find, group
    from unitlint.files.links import Links
    from unitlint.files.of_one_unit import sources_around
    from unitlint.files.root_release import check_root
    from unitlint.units.load import load

    expect(path, (str, os.PathLike), "path", "a str or a path")
    expect(systemd_version, int, "systemd_version", "a release such as 257")
    path = os.fspath(path)
    if root is not None:
        check_root(os.fspath(root))
    _, reason = Links((path,), None if root is None else os.fspath(root)).place_of(path)
    if reason:
        raise UnitlintError(reason.partition(";")[0], path, hint="name the file to which it leads")
    if root is None and (is_host(path) or not os.path.lexists(path)):
        from unitlint.units.in_host import host_of, unit_in_file

        host = host_of(path)
        if host is not None:
            return unit_in_file(host, path, systemd_version)
    sources = sources_around(path, None if root is None else os.fspath(root))
    candidates = list(find(sources, os.path.basename(path)))
    real = real_path(path)
    for files in (*candidates, *(group(sources) if os.path.lexists(path) else ())):
        parts = (*([files.fragment] if files.fragment else []), *files.drop_ins)
        if any(real_path(part.path) == real for part in parts):
            return load(files, systemd_version)
    if not candidates:
        raise UnitlintError(f"no such unit: {path}" if root is not None else f"not a unit file: {path}")
    return load(next((files for files in candidates if files.scope == "system"), candidates[0]), systemd_version)


def services_below(
    paths: Iterable[str],
    settings: Settings,
    errors: list[str] | None = None,
    passed_over: Counter[str] | None = None,
) -> Iterator[Unit]:
    """The services among files and folders, each with its drop-ins; what is masked or has no unit file is left out.

    Drop-ins count as for systemd: those of the same search path.  A file that cannot be read becomes one of the
    ``errors``. Services in folders that have to be named are counted in ``passed_over``, by what they are: templates,
    units in other files, Quadlet files.  Raises UnitlintError for a path that does not exist, or names no service.
    """
    from unitlint.files.layout import group
    from unitlint.files.read import filled
    from unitlint.files.source import service_to_be_named
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
            what = service_to_be_named(source)
            if what and passed_over is not None:
                passed_over[what] += 1
            elif source.kind in ("unit", "dropin") and not what:
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

    Raises UnitlintError for a path that is not a unit's, TypeError for an argument of a wrong type.
    """
    from unitlint.security.score import expose

    if not hasattr(unit, "assignments"):
        expect(unit, (str, os.PathLike), "unit", "a Unit, a str or a path")
    expect(systemd_version, int, "systemd_version", "a release such as 257")
    return expose(load_unit(unit) if isinstance(unit, (str, os.PathLike)) else unit, systemd_version)


def run(
    sources: Iterable[Source],
    settings: Settings,
    jobs: int | None,
    progress: OnProgress | None = None,
    shown: Mapping[str, str] = {},
) -> Report:
    """Sources to a report, obeying the settings; ``jobs`` is None for as many processes as suit the number of units.

    Files that are checked under another path are called as ``shown`` says.
    """
    from unitlint.engine import run

    root = None
    if settings.root is not None:
        from unitlint.files.root_release import at_release_of_root, holds_package
        from unitlint.files.root_tree import RootTree

        tree = RootTree(settings.root)
        root = None if holds_package(tree) else tree
        settings, _ = at_release_of_root(settings)
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
            for_people=settings.profile != "conform",
        )
    finally:
        gc.set_threshold(*thresholds)
    if settings.ignore and settings.source is not None:
        number = len(chosen_rules(settings._replace(ignore=()))) - len(rules)
        report = report._replace(taken_out={"ignore": number})
    if settings.per_file_ignores:
        from unitlint.rules.select import categories_of, without_ignored

        left = without_ignored(report.findings, settings, categories_of(rules))
        number = len(report.findings) - len(left)
        report = report._replace(findings=left, taken_out={**report.taken_out, "per-file-ignores": number})
    if shown:
        from unitlint.engine.report import renamed

        report = renamed(report, shown)
    if settings.baseline is not None:
        from unitlint.engine import baseline

        new = baseline.without_known(report, baseline.read(settings.baseline), settings.baseline)
        report = new._replace(taken_out={**report.taken_out, "baseline": len(report.findings) - len(new.findings)})
    return report
