"""Fixing until nothing is left to fix: one fix may make room for another, and one that does harm is taken back."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable

from unitlint.base.finding import Edit, Finding
from unitlint.base.records import NamedTuple
from unitlint.engine.report import Report
from unitlint.files.overlay import overlay
from unitlint.files.source import Source
from unitlint.fix.apply import changed

MOST_ROUNDS = 25
"""Fixes that undo each other would go on for ever; none should. Lines that touch are fixed by halves, so that 25 rounds
do for 30 million of them."""
MOST_STEPS = 300
"""So many fixes are tried one by one where together they did harm."""

FixCheck = Callable[[list[Source]], Report]
FixKey = tuple[str, str, tuple[tuple[str, str], ...]]
"""What a fix is, wherever in its file it stands: path, code, and the texts that its edits take and put."""


class FixResult(NamedTuple):
    """The outcome: what is left to report, and the files as they should be."""

    report: Report
    before: dict[str, str]
    """The texts of the files that change, as they are now."""
    after: dict[str, str]
    fixed: Counter[str]
    """How many findings were fixed in each of these files."""
    sources: list[Source]
    """What was checked last: with the new texts."""
    taken_back: frozenset[FixKey] = frozenset()
    """The fixes that would do harm."""


def fix_all(sources: Iterable[Source], check: FixCheck, *, unsafe: bool, refusals: FixCheck | None = None) -> FixResult:
    """Checks, applies every fix in memory, and checks again; nothing is written.

    ``refusals`` is a check by every rule that knows what systemd refuses, whatever rules are asked for; without it
    ``check`` decides.  Where fixes bring a refusal or an error that was not there, or come to no end, those of the
    files concerned are tried one by one, and those that do it are left out.
    """
    sources = list(sources)
    result, ended = _rounds(sources, check, unsafe, Counter())
    harmed = _harmed(sources, result, refusals or check) if result.after else set()
    harmed |= set() if ended else result.after.keys()
    if not harmed:
        return result
    careful = _one_by_one(_of_units(sources, harmed), check, refusals or check, unsafe)
    tried = overlay(careful.after).over(sources) if careful.after else sources
    rest, _ = _rounds(tried, check, unsafe, Counter(careful.fixed), frozenset(harmed))
    return rest._replace(
        before={**rest.before, **careful.before},
        after={**careful.after, **rest.after},
        taken_back=careful.taken_back,
    )


def _rounds(
    sources: list[Source],
    check: FixCheck,
    unsafe: bool,  # noqa: FBT001
    fixed: Counter[str],
    untouched: frozenset[str] = frozenset(),
) -> tuple[FixResult, bool]:
    """Every fix that fits, round by round, in files other than those ``untouched``; and whether that came to an end."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    unfixed = untouched | {source.path for source in sources if source.context}
    report = check(sources)
    for _ in range(MOST_ROUNDS):
        fixable = [finding for finding in report.findings if finding.path not in unfixed]
        found = changed(report.sources, fixable, unsafe=unsafe)
        if not found:
            return FixResult(report, before, after, fixed, sources), True
        texts = _same_for_same_file({path: applied.text for path, applied in found.items()}, report)
        for path, text in texts.items():
            before.setdefault(path, report.sources[path])
            after[path] = text
            fixed[path] += len(found[path].findings) if path in found else 0
        sources = overlay(texts).over(sources)
        report = check(sources)
    return FixResult(report, before, after, fixed, sources), False


def _same_for_same_file(texts: dict[str, str], report: Report) -> dict[str, str]:
    """One text for one file: where several paths lead to it, that of the first."""
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for path, text in texts.items():
        known = first.setdefault(os.path.realpath(path), path)
        found[path] = found[known] if report.sources.get(known) == report.sources.get(path) and known in found else text
    return found


def _one_by_one(sources: list[Source], check: FixCheck, refusals: FixCheck, unsafe: bool) -> FixResult:  # noqa: FBT001
    """Each fix alone, in the order of the findings, without those after which the units are worse off, or no better."""
    context = {source.path for source in sources if source.context}
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    fixed: Counter[str] = Counter()
    left_out: set[FixKey] = set()
    report = check(sources)
    for _ in range(MOST_STEPS):
        fixable = [finding for finding in report.findings if finding.path not in context and finding.fix is not None]
        wanted = [finding for finding in fixable if _key(finding) not in left_out]
        finding = next((finding for finding in wanted if changed(report.sources, [finding], unsafe=unsafe)), None)
        if finding is None:
            break
        ((path, applied),) = changed(report.sources, [finding], unsafe=unsafe).items()
        tried = overlay({path: applied.text}).over(sources)
        found = check(tried)
        if _number(found, finding) >= _number(report, finding) or _is_worse(refusals(sources), refusals(tried)):
            left_out.add(_key(finding))
            continue
        before.setdefault(path, report.sources[path])
        after[path] = applied.text
        fixed[path] += 1
        sources, report = tried, found
        left_out.clear()  # what did harm before may do none now
    return FixResult(report, before, after, fixed, sources, frozenset(left_out))


def _harmed(sources: list[Source], result: FixResult, refusals: FixCheck) -> set[str]:
    """The changed files of the units that are worse off than before."""
    before = _of_units(sources, result.after)
    after = _of_units(result.sources, result.after)
    worse = _worse_units(refusals(before), refusals(after))
    if not worse:
        return set()
    from unitlint.files.layout import group

    paths = {path for files in group(after) if files.name in worse for part in files.parts for path in _paths(part)}
    return (paths & result.after.keys()) or set(result.after)


def _of_units(sources: list[Source], paths: Iterable[str]) -> list[Source]:
    """The sources of the units that have a part in these files."""
    from unitlint.files.layout import group

    wanted = set(paths)
    units = [files.parts for files in group(source for source in sources if source.kind not in _NO_PARTS)]
    near = {path for parts in units if any(not wanted.isdisjoint(_paths(part)) for part in parts)
            for part in parts for path in _paths(part)}  # fmt: skip
    return [source for source in sources if not (near | wanted).isdisjoint(_paths(source))]


_NO_PARTS = ("skip", "error", "host")


def _paths(source: Source) -> tuple[str, ...]:
    return (source.path,) if source.host is None else (source.path, source.host.path)


def _worse_units(before: Report, after: Report) -> set[str]:
    """The units with a refusal that they did not have, or with more errors in all."""
    was, now = _grave(before), _grave(after)
    units = {unit for unit, _, _ in now}
    return {
        unit
        for unit in units
        if any(number > was[key] for key, number in now.items() if key[0] == unit and key[2])
        or sum(number for key, number in now.items() if key[0] == unit)
        > sum(number for key, number in was.items() if key[0] == unit)
    }


def _is_worse(before: Report, after: Report) -> bool:
    return bool(_worse_units(before, after))


def _grave(report: Report) -> Counter[tuple[str, str, bool]]:
    """How often each unit has each refusal or error: unit, code, and whether systemd refuses the unit."""
    grave = [finding for finding in report.findings if finding.effect == "refused" or finding.severity == "error"]
    return Counter((finding.unit or finding.path, finding.code, finding.effect == "refused") for finding in grave)


def _key(finding: Finding) -> FixKey:
    edits: tuple[Edit, ...] = finding.fix.edits if finding.fix is not None else ()
    return finding.path, finding.code, tuple((edit.old, edit.new) for edit in edits)


def _number(report: Report, finding: Finding) -> int:
    """How many findings are like this one."""
    return sum(other.code == finding.code and other.path == finding.path for other in report.findings)


def not_fixed(result: FixResult) -> list[Finding]:
    """The findings that are left because their fixes would do harm."""
    return [finding for finding in result.report.findings if _key(finding) in result.taken_back]


def once_a_file(result: FixResult) -> FixResult:
    """The outcome with one path for each file, where several lead to it and its text is the same for all."""
    first: dict[tuple[str, str], str] = {}
    for path, text in result.after.items():
        first.setdefault((os.path.realpath(path), text), path)
    paths = set(first.values())
    after = {path: text for path, text in result.after.items() if path in paths}
    return result._replace(after=after, fixed=Counter({path: result.fixed[path] for path in after}))


def without(result: FixResult, path: str) -> FixResult:
    """The outcome where the file ``path`` stays as it is; its report is that of before."""
    sources = overlay({path: result.before[path]}).over(result.sources)
    after = {other: text for other, text in result.after.items() if other != path}
    fixed = Counter({other: number for other, number in result.fixed.items() if other != path})
    return result._replace(sources=sources, after=after, fixed=fixed)
