"""Several worker processes over one list of units."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.engine import Plan
    from unitlint.finding import Finding
    from unitlint.pipeline import Progress
    from unitlint.units.layout import UnitFiles

CHUNK = 100
_shared: tuple[list[UnitFiles], list[Plan]] | None = None


def check_in_pool(groups: list[UnitFiles], plans: list[Plan], jobs: int, progress: Progress | None) -> list[Finding]:
    """The same findings as one process would give, in no particular order."""
    from multiprocessing import get_context

    starts = range(0, len(groups), CHUNK)
    findings: list[Finding] = []
    with get_context("spawn").Pool(jobs, _receive, (groups, plans)) as pool:
        for number, found in enumerate(pool.imap_unordered(_check_chunk, starts), 1):
            findings += found
            if progress is not None:
                progress(min(number * CHUNK, len(groups)), len(groups))
    return findings


def _receive(groups: list[UnitFiles], plans: list[Plan]) -> None:
    global _shared  # noqa: PLW0603  # set once in each worker, when it starts
    _shared = (groups, plans)


def _check_chunk(start: int) -> list[Finding]:
    from unitlint.pipeline import check_groups

    assert _shared is not None  # noqa: S101  # _receive ran first
    groups, plans = _shared
    return list(check_groups(groups[start : start + CHUNK], groups, plans))
