"""Several worker processes over one list of units."""

from __future__ import annotations

import gc
import marshal
import os
import signal
import sys
from collections import deque
from contextlib import contextmanager

from unitlint.base.errors import UnitlintError
from unitlint.base.finding import Edit, Finding, Fix, Related

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor
    from typing import Any

    from unitlint.engine.checking import OnProgress
    from unitlint.engine.plan import Plan
    from unitlint.files.source import UnitFiles
    from unitlint.units.loaded import UnitsByName

CHUNK = 100
_shared: tuple[UnitsByName, list[UnitFiles], list[Plan]] | None = None


def cores() -> int:
    """The number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_in_pool(
    units: UnitsByName, groups: list[UnitFiles], plans: list[Plan], jobs: int, progress: OnProgress | None
) -> list[Finding]:
    """The same findings as one process would give, in the same order.

    The plans' notes and failures and the units' unread files are completed by what the workers send. Raises
    UnitlintError where a worker is killed, as the kernel does when memory runs out.
    """
    from concurrent.futures.process import BrokenProcessPool

    from unitlint.engine.checking import check_groups

    findings: list[Finding] = []
    done = 0
    if _forks():
        # What the first units bring in (rules, readings of values) need not be brought in by each worker.
        done = min(CHUNK, len(groups) // (jobs + 1))
        findings += check_groups(groups[:done], units, plans)
    starts = range(done, len(groups), CHUNK)
    gc.freeze()  # a collection would touch, and so copy, all that forked workers share with us
    try:
        with _workers(units, groups, plans, min(jobs, len(starts))) as pool:
            # Not pool.map, which cancels futures at an interrupt; a pool whose workers have died trips over these.
            answers = deque([pool.submit(_check_chunk, start) for start in starts])
            while answers:
                findings += _received(answers.popleft().result(), units, plans)
                done = min(done + CHUNK, len(groups))
                if progress is not None:
                    progress(done, len(groups))
    except BrokenProcessPool:
        hint = "if memory is short, check fewer files at once or use fewer processes: --jobs 1"
        raise UnitlintError("a worker process was killed, so that not all files were checked", hint=hint) from None
    finally:
        gc.unfreeze()
    return findings


@contextmanager
def _workers(units: UnitsByName, groups: list[UnitFiles], plans: list[Plan], jobs: int) -> Iterator[Executor]:
    """The worker processes, none of which is left when the run ends, be it by an interrupt."""
    from multiprocessing import active_children

    others = active_children()
    pool = _pool(units, groups, plans, jobs)
    try:
        yield pool
    except BaseException:
        for process in active_children():
            if process not in others:
                process.terminate()
        raise
    finally:
        pool.shutdown()


def _pool(units: UnitsByName, groups: list[UnitFiles], plans: list[Plan], jobs: int) -> Executor:
    """Forked where that is safe, so that nothing has to be sent; elsewhere each worker starts anew."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    if _forks():
        _share(units, groups, plans)
        return ProcessPoolExecutor(jobs, get_context("fork"), _prepare)
    return ProcessPoolExecutor(jobs, get_context("spawn"), _prepare_new, (units, groups, plans))


def _forks() -> bool:
    import threading

    return sys.platform == "linux" and threading.active_count() == 1


def _share(units: UnitsByName, groups: list[UnitFiles], plans: list[Plan]) -> None:
    global _shared  # noqa: PLW0603  # set once for each run
    _shared = (units, groups, plans)


def _prepare_new(units: UnitsByName, groups: list[UnitFiles], plans: list[Plan]) -> None:
    """Before the first chunk of a worker that has started anew."""
    _share(units, groups, plans)
    _prepare()


def _prepare() -> None:
    """Before the first chunk of a worker: it ends at once, and silently, when it is interrupted or left alone."""
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _check_chunk(start: int) -> bytes:
    """The findings, unread files, notes and failures of a chunk; marshal takes a fifth of the time of pickle."""
    from unitlint.engine.checking import check_groups

    assert _shared is not None  # noqa: S101  # _share ran first
    units, groups, plans = _shared
    units.unread.clear()
    units.ignoring.clear()
    for plan in plans:
        plan.notes.clear()
        plan.failures.clear()
    found = [_plain(finding) for finding in check_groups(groups[start : start + CHUNK], units, plans)]
    unread = [(path, tuple(source._replace(data=None, host=None))) for path, source in units.unread.items()]
    of_plans = [(plan.notes, plan.failures) for plan in plans]
    return marshal.dumps((found, unread, list(units.ignoring), of_plans))


def _received(answer: bytes, units: UnitsByName, plans: list[Plan]) -> list[Finding]:
    from unitlint.files.source import Source

    found, unread, ignoring, of_plans = marshal.loads(answer)  # noqa: S302  # from our own workers
    units.ignoring.update(ignoring)
    units.unread.update((path, Source(*fields)) for path, fields in unread)
    for plan, (notes, failures) in zip(plans, of_plans, strict=True):
        plan.failures.extend(failures)
        for code, more in notes.items():
            plan.notes.setdefault(code, []).extend(more)
    return [_finding(fields) for fields in found]


def _plain(finding: Finding) -> tuple[Any, ...]:
    if not finding.related and finding.fix is None:
        return tuple(finding)
    return tuple([_tuples(part) if isinstance(part, tuple) else part for part in finding])


def _tuples(part: Any) -> Any:
    """Records as mere tuples, as marshal takes nothing else."""
    return tuple([_tuples(field) for field in part]) if isinstance(part, tuple) else part


def _finding(fields: tuple[Any, ...]) -> Finding:
    found = Finding(*fields)
    if found.related:
        found = found._replace(related=tuple(Related(*place) for place in found.related))
    if found.fix is not None:
        edits, safe, says = found.fix
        found = found._replace(fix=Fix(tuple(Edit(*edit) for edit in edits), safe, says))
    return found
