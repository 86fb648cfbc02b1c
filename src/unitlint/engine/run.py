"""The whole way from sources to a report, at every release that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from unitlint.base.finding import Finding
from unitlint.base.records import NamedTuple
from unitlint.engine.checking import OnProgress, check_groups, concluded
from unitlint.engine.dispatch import in_order, with_fix, without_fix
from unitlint.engine.plan import make_plan
from unitlint.engine.report import Report
from unitlint.files.layout import group
from unitlint.files.names import template_of
from unitlint.files.source import UnitFiles
from unitlint.files.texts import Texts
from unitlint.units.loaded import UnitsByName

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.base.finding import Suppressed
    from unitlint.engine.plan import Plan
    from unitlint.files.source import Source
    from unitlint.rules.model import Rule

WORTH_A_POOL = 200
"""Fewer units are checked sooner by one process than a second one starts."""
WORTH_ALL_CORES = 1000
"""From so many units on a run takes all cores, unless it was told how many."""


class _Sources(NamedTuple):
    """The sources of a run by what becomes of them."""

    units: list[Source]
    """The files of units and confs, and the units within other files."""
    links: list[Source]
    hosts: list[Source]
    """Files that hold units among other things; these are among ``units``."""
    unread: list[Source]
    context: set[str]
    """The paths of files that are not to be reported on."""


class _Found(NamedTuple):
    """What is reported, and what is not because a comment says so."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()


def run(
    sources: Iterable[Source],
    rules: Iterable[Rule],
    releases: Iterable[int],
    *,
    options: Mapping[str, Mapping[str, Any]] | None = None,
    root: Any = None,
    jobs: int | None = 1,
    progress: OnProgress | None = None,
    ignores: bool = True,
    for_people: bool = False,
) -> Report:
    """Checks every unit and conf among the sources; what cannot be read or fails becomes one of the report's errors.

    ``options`` are those of the rules, by code or name; ``root`` is the root directory (files/root_tree.py). ``jobs``
    is the number of processes, None for as many as suit the number of units. With ``ignores``, comments in the files
    suppress findings. ``for_people`` tells more than systemd does, and says each thing once: plain files with
    placeholders are templates (syntax/unfilled.py), a refused value does not end the check, and what follows from
    another finding is a note of it (engine/causes.py).
    """
    given = _by_use(sources)
    rules = tuple(rules)
    groups = list(group(chain(given.units, given.links)))
    by_release: dict[int, list[int]] = {}
    for target in releases:
        by_release.setdefault(int(target), []).append(target)
    types = {files.name.rpartition(".")[2] for files in groups}
    fitting = [rule for rule in rules if not rule.whole_set or _is_about_some(rule, types)]
    plans = [
        make_plan(fitting, release, options, root, for_people=for_people)._replace(targets=tuple(targets))
        for release, targets in by_release.items()
    ]
    units = UnitsByName(groups, plans[0].release, partial=bool(given.context), for_people=for_people)
    wanted = _with_part_in(groups, given.context) if given.context else groups
    findings = _check(wanted, units, plans, jobs, progress)
    findings += concluded(plans, units)
    units.forget_all()
    texts = Texts([*given.units, *given.hosts])
    found = _Found(_told_once(findings, {source.path for source in given.units if source.kind == "dropin"}))
    if ignores and units.ignoring:
        found = _without_ignored(found, texts, units.ignoring, rules)
    if given.context:
        found = _without_context(found, given.context)
    if given.hosts:
        found = _in_host_files(found, given.units)
    return _report(found, given, groups, units, plans, rules, texts)


def _is_about_some(rule: Rule, types: set[str]) -> bool:
    return "all" in rule.applies_to or not types.isdisjoint(rule.applies_to)


def _by_use(sources: Iterable[Source]) -> _Sources:
    found = _Sources([], [], [], [], set())
    lists = {"error": found.unread, "skip": found.unread, "link": found.links, "host": found.hosts}
    for source in sources:
        lists.get(source.kind, found.units).append(source)
        if source.note and source.kind == "link":
            found.unread.append(source._replace(kind="skip"))
        if source.context and source.kind not in ("link", "host"):
            found.context.add(source.path)
    return found


def _with_part_in(groups: list[UnitFiles], context: set[str]) -> list[UnitFiles]:
    """The units of which a file is to be reported on, and those that start each other with them: a timer's service."""
    names = (files.name for files in groups if any(part.path not in context for part in files.parts))
    stems = {name.rpartition(".")[0] or name for name in names}
    return [files for files in groups if (files.name.rpartition(".")[0] or files.name) in stems]


def _check(
    groups: list[UnitFiles], units: UnitsByName, plans: list[Plan], jobs: int | None, progress: OnProgress | None
) -> list[Finding]:
    """The findings of each unit, in as many processes as are worth it."""
    if len(groups) > (WORTH_ALL_CORES if jobs is None else WORTH_A_POOL) and jobs != 1:
        from unitlint.engine.pool import check_in_pool, cores

        if (jobs or cores()) > 1:
            return check_in_pool(units, groups, plans, jobs or cores(), progress)
    return list(check_groups(groups, units, plans, progress))


def _told_once(findings: list[Finding], drop_ins: set[str]) -> tuple[Finding, ...]:
    """In order; what is wrong in a drop-in of several units, or in a template with instances, is said once."""
    of_templates = {_place(finding, finding.unit) for finding in findings if "@." in (finding.unit or "")}
    alone: list[Finding] = []
    shared: dict[Finding, list[Finding]] = {}
    for finding in findings:
        if finding.path in drop_ins:
            shared.setdefault(without_fix(finding)._replace(unit=None), []).append(finding)
        elif not of_templates or _place(finding, template_of(finding.unit or "")) not in of_templates:
            alone.append(finding)
    joined = [with_fix(without_fix(same[0]), (finding.fix for finding in same)) for same in shared.values()]
    return tuple(sorted([*alone, *joined], key=in_order))


def _place(finding: Finding, unit: str | None) -> tuple[str | None, str, str, int, int]:
    return unit, finding.code, finding.path, finding.line, finding.column


def _without_ignored(found: _Found, texts: Texts, paths: set[str], rules: tuple[Rule, ...]) -> _Found:
    """Without what comments in the files ``paths`` suppress, and with findings about comments that suppress nothing."""
    from unitlint.engine.suppress import apply

    kept, suppressed = apply(found.findings, texts, paths, rules)
    return _Found(tuple(sorted(kept, key=in_order)), suppressed)


def _without_context(found: _Found, context: set[str]) -> _Found:
    """Without what only files say that are not to be reported on."""

    def is_reported(finding: Finding) -> bool:
        return finding.path not in context or any(place.path not in context for place in finding.related)

    return _Found(
        tuple(filter(is_reported, found.findings)),
        tuple([entry for entry in found.suppressed if is_reported(entry.finding)]),
    )


def _in_host_files(found: _Found, sources: list[Source]) -> _Found:
    """With the findings in units that stand in other files at their places there."""
    from unitlint.files.host_spans import in_host_files, suppressed_in_host_files

    hosts = {source.path: source.host for source in sources if source.host is not None}
    findings = tuple(sorted(in_host_files(found.findings, hosts), key=in_order))
    return _Found(findings, suppressed_in_host_files(found.suppressed, hosts))


def _report(
    found: _Found,
    given: _Sources,
    groups: list[UnitFiles],
    units: UnitsByName,
    plans: list[Plan],
    rules: tuple[Rule, ...],
    texts: Texts,
) -> Report:
    outside = given.context | units.unread.keys()
    files = [source for source in given.units if source.host is None and source.path not in outside]
    unread = [source for source in (*given.unread, *units.unread.values()) if source.path not in given.context]
    failures = {failure for plan in plans for failure in plan.failures if failure[0] not in given.context}
    errors = [(source.path, source.note) for source in unread if source.kind == "error"]
    return Report(
        found.findings,
        len(files) + len(given.hosts),
        len([unit for unit in groups if unit.kind != "misplaced" and (not outside or _is_read(unit, outside))]),
        tuple(sorted(f"{path}: {note}" if path else note for path, note in (*errors, *failures))),
        tuple(sorted((source.path, source.note) for source in unread if source.kind == "skip")),
        texts,
        rules,
        found.suppressed,
    )


def _is_read(files: UnitFiles, outside: set[str]) -> bool:
    return not outside.issuperset([part.path for part in files.parts])
