"""Fixing until nothing is left to fix: one fix may make room for another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from unitlint.base.records import NamedTuple
from unitlint.engine.report import Report
from unitlint.files.overlay import overlay
from unitlint.files.source import Source
from unitlint.fix.apply import changed

MOST_ROUNDS = 25
"""Fixes that undo each other would go on for ever; none should. Lines that touch are fixed by halves, so that 25 rounds
do for 30 million of them."""


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


def fix_all(sources: Iterable[Source], check: Callable[[list[Source]], Report], *, unsafe: bool) -> FixResult:
    """Checks, applies every fix in memory, and checks again; nothing is written."""
    sources = list(sources)
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    fixed: Counter[str] = Counter()
    context = {source.path for source in sources if source.context}
    report = check(sources)
    for _ in range(MOST_ROUNDS):
        fixable = [finding for finding in report.findings if finding.path not in context]
        found = changed(report.sources, fixable, unsafe=unsafe)
        if not found:
            break
        for path, applied in found.items():
            before.setdefault(path, report.sources[path])
            after[path] = applied.text
            fixed[path] += len(applied.findings)
        sources = overlay({path: applied.text for path, applied in found.items()}).over(sources)
        report = check(sources)
    return FixResult(report, before, after, fixed, sources)


def without(result: FixResult, path: str) -> FixResult:
    """The outcome where the file ``path`` stays as it is; its report is that of before."""
    sources = overlay({path: result.before[path]}).over(result.sources)
    after = {other: text for other, text in result.after.items() if other != path}
    fixed = Counter({other: number for other, number in result.fixed.items() if other != path})
    return result._replace(sources=sources, after=after, fixed=fixed)
