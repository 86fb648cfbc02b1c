"""The whole way from sources to a report, at every release that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from unitlint.base.finding import Finding
from unitlint.engine.checking import OnProgress, check_groups, concluded
from unitlint.engine.dispatch import in_order, with_fix, without_fix
from unitlint.engine.plan import make_plan
from unitlint.engine.report import Report
from unitlint.files.layout import group
from unitlint.files.names import template_of
from unitlint.files.source import UnitFiles
from unitlint.units.loaded import UnitsByName

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.base.finding import Suppressed
    from unitlint.files.source import Source
    from unitlint.rules.model import Rule


def run(
    sources: Iterable[Source],
    rules: Iterable[Rule],
    releases: Iterable[int],
    *,
    options: Mapping[str, Mapping[str, Any]] | None = None,
    root: Any = None,
    jobs: int = 1,
    progress: OnProgress | None = None,
    ignores: bool = True,
) -> Report:
    """Checks every unit and conf among the sources; unreadable ones become the report's errors.

    With ``ignores``, comments in the files suppress findings.
    """
    from unitlint.files.texts import Texts

    readable: list[Source] = []
    unread: list[Source] = []
    links: list[Source] = []
    hosts: list[Source] = []
    for source in sources:
        if source.kind in ("error", "skip"):
            unread.append(source)
        elif source.kind == "link":
            links.append(source)
        elif source.kind == "host":
            hosts.append(source)
        else:
            readable.append(source)
    groups = list(group(chain(readable, links)))
    rules = tuple(rules)
    plans = [make_plan(rules, release, options, root) for release in releases]
    context = {source.path for source in (*readable, *unread) if source.context}
    units = UnitsByName(groups, plans[0].release, partial=bool(context))
    asked = _asked(groups, context) if context else groups
    if jobs > 1 and len(asked) > _WORTH_A_POOL:
        from unitlint.engine.pool import check_in_pool

        findings = check_in_pool(units, asked, plans, jobs, progress)
    else:
        findings = list(check_groups(asked, units, plans, progress))
    findings += concluded(plans, units)
    unread += units.unread.values()
    found = _once(findings, {source.path for source in readable if source.kind == "dropin"})
    texts = Texts([*readable, *hosts])
    suppressed: tuple[Suppressed, ...] = ()
    if ignores and units.ignoring:
        from unitlint.engine.suppress import apply

        kept, suppressed = apply(found, texts, units.ignoring, rules)
        found = tuple(sorted(kept, key=in_order))
    if context:
        found = tuple(one for one in found if not _is_about(one, context))
        suppressed = tuple(one for one in suppressed if not _is_about(one.finding, context))
        readable = [source for source in readable if source.path not in context]
        unread = [source for source in unread if source.path not in context]
    if hosts:
        found, suppressed = _at_home(found, suppressed, readable)
    return Report(
        found,
        sum(_counts(source) and source.path not in units.unread for source in readable) + len(hosts),
        sum(1 for files in groups if files.kind != "stray" and _is_read(files, units, context)),
        tuple(sorted(f"{one.path}: {one.note}" for one in unread if one.kind == "error")),
        tuple(sorted((one.path, one.note) for one in unread if one.kind == "skip")),
        texts,
        rules,
        suppressed,
    )


def _counts(source: Source) -> bool:
    """Whether it is a file that was checked, and not a unit within one."""
    return source.home is None


def _at_home(
    found: tuple[Finding, ...], suppressed: tuple[Suppressed, ...], sources: list[Source]
) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...]]:
    """Findings where people see them, where units stand in other files."""
    from unitlint.files.host_spans import brought_home, suppressed_at_home

    homes = {source.path: source.home for source in sources if source.home is not None}
    return tuple(sorted(brought_home(found, homes), key=in_order)), suppressed_at_home(suppressed, homes)


_WORTH_A_POOL = 200
"""Fewer units are checked sooner by one process than a second one starts."""


def _once(findings: list[Finding], drop_ins: set[str]) -> tuple[Finding, ...]:
    """In order; what is wrong in a drop-in of several units, or in a template with instances, is said once."""
    of_templates = {_place(one, one.unit) for one in findings if "@." in (one.unit or "")}
    alone = [
        one
        for one in findings
        if one.path not in drop_ins and not (of_templates and _place(one, template_of(one.unit or "")) in of_templates)
    ]
    shared: dict[Finding, list[Finding]] = {}
    for one in findings:
        if one.path in drop_ins:
            shared.setdefault(without_fix(one)._replace(unit=None), []).append(one)
    joined = [with_fix(without_fix(same[0]), (one.fix for one in same)) for same in shared.values()]
    return tuple(sorted([*alone, *joined], key=in_order))


def _place(finding: Finding, unit: str | None) -> tuple[str | None, str, str, int, int]:
    return unit, finding.code, finding.path, finding.line, finding.column


def _asked(groups: list[UnitFiles], context: set[str]) -> list[UnitFiles]:
    """The units of which a file is to be reported on, and those that start each other with them: a timer's service."""
    names = (files.name for files in groups if any(part.path not in context for part in _parts(files)))
    stems = {name.rpartition(".")[0] or name for name in names}
    return [files for files in groups if (files.name.rpartition(".")[0] or files.name) in stems]


def _parts(files: UnitFiles) -> tuple[Source, ...]:
    return files.drop_ins if files.fragment is None else (files.fragment, *files.drop_ins)


def _is_about(finding: Finding, context: set[str]) -> bool:
    """Whether no file that is to be reported on has part in it."""
    return finding.path in context and all(other.path in context for other in finding.related)


def _is_read(files: UnitFiles, units: UnitsByName, context: set[str]) -> bool:
    if not units.unread and not context:
        return True
    return any(part.path not in units.unread and part.path not in context for part in _parts(files))
