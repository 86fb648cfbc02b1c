"""The whole way from sources to a report, at every release that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from unitlint.catalogue import sections_of
from unitlint.engine import Plan, check_unit, in_order, join_releases, make_plan
from unitlint.finding import Finding, Report
from unitlint.syntax.reader import decode, read
from unitlint.units.layout import UnitFiles, group
from unitlint.units.merge import build_unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.files.source import Source
    from unitlint.rules.model import Rule
    from unitlint.syntax.document import Document
    from unitlint.units.unit import Unit

Progress = Callable[[int, int], None]


def run(
    sources: Iterable[Source],
    rules: Iterable[Rule],
    releases: Iterable[int],
    *,
    options: Mapping[str, Mapping[str, Any]] | None = None,
    root: Any = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Report:
    """Checks every unit and conf among the sources; unreadable ones become the report's errors."""
    readable: list[Source] = []
    errors: list[str] = []
    skipped: list[tuple[str, str]] = []
    for source in sources:
        if source.kind == "error":
            errors.append(f"{source.path}: {source.note}")
        elif source.kind == "skip":
            skipped.append((source.path, source.note))
        elif source.kind != "link":
            readable.append(source)
    groups = list(group(readable))
    rules = tuple(rules)
    plans = [make_plan(rules, release, options, root) for release in releases]
    if jobs > 1 and len(groups) > _WORTH_A_POOL:
        from unitlint.pool import check_in_pool

        findings = check_in_pool(groups, plans, jobs, progress)
    else:
        findings = list(check_groups(groups, groups, plans, progress))
    # A drop-in of several units is read for each of them, but what is wrong in it is said once.
    findings = sorted({(*one[:_UNIT], *one[_UNIT + 1 :]): one for one in reversed(findings)}.values(), key=in_order)
    return Report(
        tuple(findings), len(readable), len(groups), tuple(errors), tuple(skipped), _texts(findings, readable)
    )


_UNIT = Finding._fields.index("unit")
_WORTH_A_POOL = 200
"""Fewer units are checked sooner by one process than a second one starts."""


def check_groups(
    part: Iterable[UnitFiles], everything: list[UnitFiles], plans: list[Plan], progress: Progress | None = None
) -> Iterator[Finding]:
    """The findings of ``part``, a slice of ``everything`` (which the rules may look up by name)."""
    others = UnitsByName(everything)
    for number, files in enumerate(part, 1):
        unit = others.of(files)
        if len(plans) == 1:
            yield from check_unit(unit, plans[0], others)
        else:
            yield from join_releases({plan.release: list(check_unit(unit, plan, others)) for plan in plans})
        if progress is not None:
            progress(number, len(everything))


def load(files: UnitFiles) -> Unit:
    """Reads and merges the files of one unit."""
    kind = files.name.rpartition(".")[2] if files.kind == "unit" and "." in files.name else files.kind
    if files.kind == "unit" and "." not in files.name:
        kind = files.name
    sections = sections_of(kind)
    fragment = files.fragment and _document(files.fragment, sections)
    drop_ins = [_document(one, sections) for one in files.drop_ins]
    first = files.fragment or files.drop_ins[0]
    name = files.name if "." in files.name else f"*.{files.name}"
    unit = build_unit(name, first.path, fragment, drop_ins, files.scope, files.kind)
    unit.masked = unit.masked or (files.fragment is not None and files.fragment.link == "/dev/null")
    return unit


def _document(source: Source, sections: frozenset[str]) -> Document:
    return read(source.data, source.path, sections)


_MOST_KEPT = 5000
"""A unit takes about 5 kB; a larger set is read once more by the rules that look at other units."""


class UnitsByName(Mapping[str, "Unit"]):
    """The units of the checked set, each read when it is first asked for; so many of them are kept.

    Of several files that define a unit of the same name (in folders that are no search path) the last one answers
    to the name; the others are still units of their own.
    """

    def __init__(self, groups: Iterable[UnitFiles]) -> None:
        self._groups = {files.name: files for files in groups}
        self._loaded: dict[str, Unit] = {}

    def __getitem__(self, name: str) -> Unit:
        return self.of(self._groups[name])

    def of(self, files: UnitFiles) -> Unit:
        """The unit that these files make."""
        if self._groups[files.name] is not files:
            return load(files)
        unit = self._loaded.get(files.name)
        if unit is None:
            unit = load(files)
            if len(self._loaded) < _MOST_KEPT:
                self._loaded[files.name] = unit
        return unit

    def __iter__(self) -> Iterator[str]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)

    def __contains__(self, name: object) -> bool:
        return name in self._groups


def _texts(findings: Iterable[Finding], sources: Iterable[Source]) -> dict[str, str]:
    wanted = {finding.path for finding in findings}
    wanted.update(related.path for finding in findings for related in finding.related)
    return {source.path: decode(source.data) for source in sources if source.path in wanted}
