"""Many inputs in one run of the linter, which takes a fraction of the time: what looks wrong is then tried alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from time import process_time

from tools.robustness.inputs import Input
from tools.robustness.trial import check, has_bad_place, limited, lines_of, read_logs
from unitlint.base.errors import UnitlintError
from unitlint.base.finding import Finding
from unitlint.engine.fix_loop import fix_all
from unitlint.engine.report import Report
from unitlint.files.gather import sources_of
from unitlint.files.source import Source
from unitlint.report.formats import HOMES, render

SLOW = 0.5
"""Seconds of CPU that an input may take."""


def suspects(inputs: Sequence[Input], *, rendered: bool, fixed: bool) -> set[int]:
    """The numbers of the inputs that are to be tried alone, because they may have a fault.

    Units are read as files of a folder each, logs as those of one machine. ``rendered`` and ``fixed`` tell whether the
    report is also rendered in all formats, and fixes are applied.
    """
    by_kind = {kind: [at for at, tried in enumerate(inputs) if tried.kind == kind] for kind in ("unit", "log")}
    alone = set(range(len(inputs))).difference(*by_kind.values())
    logs = [inputs[at] for at in by_kind["log"]]
    if logs and not _is_quick(lambda: read_logs(logs)):
        alone |= set(by_kind["log"])
    units = _Units([(at, inputs[at]) for at in by_kind["unit"]])
    if not _is_quick(units.check):
        return alone | set(by_kind["unit"])
    try:
        with limited():
            units.suspects |= units.fixed_wrongly() if fixed else set()
            if rendered:
                _render(units.report)
    except KeyboardInterrupt:
        raise
    except BaseException:
        return alone | set(by_kind["unit"])
    return alone | units.suspects


def _is_quick(work: Callable[[], None]) -> bool:
    """True where it succeeds in the time that one input may take."""
    began = process_time()
    try:
        with limited():
            work()
    except KeyboardInterrupt:
        raise
    except BaseException:
        return False
    return process_time() - began <= SLOW


class _Units:
    """Units that are checked in one run, by their numbers."""

    def __init__(self, inputs: Iterable[tuple[int, Input]]) -> None:
        self._inputs = dict(inputs)
        self.suspects: set[int] = set()
        self.sources: list[Source] = []
        self.report: Report

    def check(self) -> None:
        """Reads and checks them."""
        for number, tried in self._inputs.items():
            try:
                self.sources += sources_of(tried.data, f"{number}/{tried.name}")
            except UnitlintError:  # a mistake in the input that is told to people
                continue
            except Exception:
                self.suspects.add(number)
        self.report = check(self.sources)
        self.suspects |= {_number(error) for error in self.report.errors}
        lines = {number: lines_of(tried) for number, tried in self._inputs.items()}
        found = self.report.findings
        self.suspects |= {at for finding in found if has_bad_place(finding, lines[at := _number(finding.path)])}

    def fixed_wrongly(self) -> set[int]:
        """Those that a second --fix changes, or in which a fix brings a refusal where there was none."""
        result = fix_all(self.sources, check, unsafe=False)
        if not result.after:
            return set()
        again = fix_all(result.sources, check, unsafe=False)
        before = _refusals(self.report.findings)
        more = {_number(path) for path, _ in _refusals(result.report.findings) - before}
        return {_number(path) for path in again.after} | (more - {_number(path) for path, _ in before})


def _render(report: Report) -> None:
    for name in HOMES:
        text = render(report, name)
        text.encode("utf-8", "backslashreplace")
        if name in ("json", "sarif", "gitlab", "rdjson"):
            json.loads(text)


def _refusals(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    return {(found.path, found.code) for found in findings if found.effect == "refused"}


def _number(path: str) -> int:
    return int(path.partition("/")[0])
