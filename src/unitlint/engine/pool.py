"""Several worker processes over one list of units."""

from __future__ import annotations

import gc
import marshal
import os
import signal
import sys
from contextlib import contextmanager

from unitlint.base.errors import UnitlintError
from unitlint.base.finding import Edit, Finding, Fix, Related

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection
    from typing import Any

    from unitlint.engine.checking import OnProgress
    from unitlint.engine.plan import Plan
    from unitlint.files.source import UnitFiles
    from unitlint.units.loaded import UnitsByName

    _Worker = Connection
    """The way to a worker process: numbers of chunks go there, answers come back."""

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
        with _workers(units, groups, plans, min(jobs, len(starts))) as workers:
            for answer in _in_order(workers, starts):
                findings += _received(answer, units, plans)
                done = min(done + CHUNK, len(groups))
                if progress is not None:
                    progress(done, len(groups))
    finally:
        gc.unfreeze()
    return findings


def _in_order(workers: list[_Worker], starts: Iterable[int]) -> Iterator[bytes]:
    """The answer of each chunk in the order of the chunks, each of which goes to a worker that has nothing to do.

    Raises UnitlintError where a worker is gone, even amid an answer: every worker has a pipe of its own, whose other
    end nobody else holds.
    """
    from multiprocessing.connection import wait

    left = iter(starts)
    busy: dict[_Worker, int] = {}
    answers: dict[int, bytes] = {}

    def give(worker: _Worker, start: int) -> None:
        with _told_if_gone():
            worker.send(start)
        busy[worker] = start

    for worker, start in zip(workers, left, strict=False):
        give(worker, start)
    for expected in starts:
        while expected not in answers:
            ready = wait(list(busy))
            for worker in [worker for worker in busy if worker in ready]:
                with _told_if_gone():
                    answer = worker.recv()
                if isinstance(answer, BaseException):
                    raise answer
                answers[busy.pop(worker)] = answer
                following = next(left, None)
                if following is not None:
                    give(worker, following)
        yield answers.pop(expected)


@contextmanager
def _told_if_gone() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError):
        hint = "if memory is short, check fewer files at once or use fewer processes: --jobs 1"
        raise UnitlintError("a worker process was killed, so that not all files were checked", hint=hint) from None


@contextmanager
def _workers(units: UnitsByName, groups: list[UnitFiles], plans: list[Plan], jobs: int) -> Iterator[list[_Worker]]:
    """Connections to worker processes, none of which is left when the run ends, be it by an interrupt.

    They are forked where that is safe, so that nothing has to be sent; elsewhere each starts anew.
    """
    from multiprocessing import get_context

    is_forked = _forks()
    context: Any = get_context("fork" if is_forked else "spawn")
    _share(units, groups, plans)
    given = None if is_forked else _shared
    processes: list[Any] = []
    connections: list[_Worker] = []
    try:
        for _ in range(jobs):
            ours, theirs = context.Pipe()
            connections.append(ours)
            processes.append(context.Process(target=_work, args=(theirs, given), daemon=True))
            with _no_interrupt():
                processes[-1].start()
            theirs.close()
        yield connections
    finally:
        for process in processes:
            if process.pid is not None:
                process.terminate()
                process.join()
        for connection in connections:
            connection.close()


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """A new process is not interrupted before it can end silently."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _forks() -> bool:
    import threading

    return sys.platform == "linux" and threading.active_count() == 1


def _share(units: UnitsByName, groups: list[UnitFiles], plans: list[Plan]) -> None:
    global _shared  # noqa: PLW0603  # set once for each run
    _shared = (units, groups, plans)


def _work(chunks: _Worker, given: tuple[UnitsByName, list[UnitFiles], list[Plan]] | None) -> None:
    """What a worker does until it is ended: it answers chunks, and ends silently when interrupted or left alone."""
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    Thread(target=_end_with_parent, daemon=True).start()
    if given is not None:
        _share(*given)
    while True:
        start = chunks.recv()
        try:
            answer: bytes | Exception = _check_chunk(start)
        except Exception as error:
            answer = error
        chunks.send(answer)


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
