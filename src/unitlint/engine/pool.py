"""Several worker processes over one list of units."""

from __future__ import annotations

import gc
import marshal
import sys

from unitlint.base.finding import Edit, Finding, Fix, Related

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.engine.checking import OnProgress
    from unitlint.engine.plan import Plan
    from unitlint.files.source import Source, UnitFiles
    from unitlint.units.loaded import UnitsByName

CHUNK = 100
_shared: tuple[UnitsByName, list[UnitFiles], list[Plan]] | None = None


def check_in_pool(
    units: UnitsByName, groups: list[UnitFiles], plans: list[Plan], jobs: int, progress: OnProgress | None
) -> list[Finding]:
    """The same findings as one process would give, in no particular order.

    The plans' notes and the units' unread files are completed by what the workers send.
    """
    findings: list[Finding] = []
    gc.freeze()  # a collection would touch, and so copy, all that forked workers share with us
    try:
        with _pool(units, groups, plans, jobs) as pool:
            starts = range(0, len(groups), CHUNK)
            for number, answer in enumerate(pool.imap_unordered(_check_chunk, starts), 1):
                findings += _taken(answer, units, plans)
                if progress is not None:
                    progress(min(number * CHUNK, len(groups)), len(groups))
    finally:
        gc.unfreeze()
    return findings


def _taken(answer: bytes, units: UnitsByName, plans: list[Plan]) -> list[Finding]:
    found, unread, ignoring, notes = marshal.loads(answer)  # noqa: S302  # from our own workers
    units.ignoring.update(ignoring)
    units.unread.update((path, _unread(fields)) for path, fields in unread)
    for plan, some in zip(plans, notes, strict=True):
        for code, more in some.items():
            plan.notes.setdefault(code, []).extend(more)
    return [_finding(fields) for fields in found]


def _pool(units: UnitsByName, groups: list[UnitFiles], plans: list[Plan], jobs: int) -> Any:
    """Forked where that is safe, so that nothing has to be sent; elsewhere each worker starts anew."""
    import threading
    from multiprocessing import get_context

    if sys.platform == "linux" and threading.active_count() == 1:
        _receive(units, groups, plans)
        return get_context("fork").Pool(jobs)
    return get_context("spawn").Pool(jobs, _receive, (units, groups, plans))


def _receive(units: UnitsByName, groups: list[UnitFiles], plans: list[Plan]) -> None:
    global _shared  # noqa: PLW0603  # set once in each worker, when it starts
    _shared = (units, groups, plans)


def _check_chunk(start: int) -> bytes:
    """The findings, unread files and notes of a chunk; marshal takes a fifth of the time that pickle would."""
    from unitlint.engine.checking import check_groups

    assert _shared is not None  # noqa: S101  # _receive ran first
    units, groups, plans = _shared
    units.unread.clear()
    units.ignoring.clear()
    for plan in plans:
        plan.notes.clear()
    found = [_plain(one) for one in check_groups(groups[start : start + CHUNK], units, plans)]
    unread = [(path, tuple(source)) for path, source in units.unread.items()]
    return marshal.dumps((found, unread, list(units.ignoring), [plan.notes for plan in plans]))


def _plain(finding: Finding) -> tuple[Any, ...]:
    if not finding.related and finding.fix is None:
        return tuple(finding)
    return tuple([_tuples(part) if isinstance(part, tuple) else part for part in finding])


def _tuples(part: Any) -> Any:
    """Records as mere tuples, as marshal takes nothing else."""
    return tuple([_tuples(one) for one in part]) if isinstance(part, tuple) else part


def _finding(fields: tuple[Any, ...]) -> Finding:
    found = Finding(*fields)
    if found.related:
        found = found._replace(related=tuple(Related(*one) for one in found.related))
    if found.fix is not None:
        edits, safe, says = found.fix
        found = found._replace(fix=Fix(tuple(Edit(*one) for one in edits), safe, says))
    return found


def _unread(fields: tuple[Any, ...]) -> Source:
    from unitlint.files.source import Source

    return Source(*fields)
