"""One input is tried: what it was made for reads it, and the answer is looked at."""

from __future__ import annotations

import gc
import io
import json
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from time import process_time
from types import FrameType
from typing import NamedTuple

from tools.robustness.inputs import Input
from unitlint import api
from unitlint.base.errors import UnitlintError
from unitlint.base.finding import Finding
from unitlint.engine.chosen_rules import chosen_rules
from unitlint.engine.fix_loop import fix_all
from unitlint.engine.report import Report
from unitlint.engine.run import run
from unitlint.files.gather import discovered, sources_of
from unitlint.files.source import Source
from unitlint.report.formats import HOMES, render
from unitlint.rules.model import Rule
from unitlint.settings.model import Settings

STRICT = Settings(profile="strict", systemd_version=(257,), select=("ALL",))
LONGEST = 10
"""Seconds of CPU after which an input counts as hanging."""


class Outcome(NamedTuple):
    """What went wrong with an input, "" for nothing, and the CPU seconds that it took."""

    fault: str
    seconds: float


class _Hangs(BaseException):
    pass


@contextmanager
def limited() -> Iterator[None]:
    """Raises a BaseException in what takes more than ``LONGEST`` seconds of CPU."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _Hangs

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def outcome_of(tried: Input, folder: Path, *, thorough: bool) -> Outcome:
    """Tries an input; ``thorough`` also renders all formats and applies fixes, ``folder`` is for files."""
    began = process_time()
    try:
        with limited():
            began = process_time()
            fault = _TRIALS[tried.kind](tried, folder, thorough)
    except _Hangs:
        return Outcome(f"hangs: more than {LONGEST} s of CPU", LONGEST)
    except UnitlintError as error:  # a mistake in the input that is told to people
        fault = f"internal error told as a mistake: {error}" if "internal error" in str(error) else ""
    except Exception as error:
        fault = f"{type(error).__name__}: {error} (at {_place(error)})"
    return Outcome(fault, process_time() - began)


def _place(error: BaseException) -> str:
    at, frames = error.__traceback__, []
    while at is not None:
        frames.append(f"{at.tb_frame.f_code.co_filename.rpartition('/')[2]}:{at.tb_lineno}")
        at = at.tb_next
    return " < ".join(frames[:-4:-1])


def _unit(tried: Input, _folder: Path, thorough: bool) -> str:  # noqa: FBT001
    report = check(sources_of(tried.data, tried.name))
    if report.errors:
        return report.errors[0]
    lines = lines_of(tried)
    for found in report.findings:
        if has_bad_place(found, lines):
            return f"{found.code} points at line {found.line}, column {found.column}"
    if not thorough:
        return ""
    for name in HOMES:
        text = render(report, name)
        text.encode("utf-8", "backslashreplace")
        if name in ("json", "sarif", "gitlab", "rdjson"):
            json.loads(text)
    return _fixes(tried)


def lines_of(tried: Input) -> int:
    """The most lines that an input may have."""
    return tried.data.count(b"\n") + tried.data.count(b"\r") + tried.data.count(b"\0") + 1


def has_bad_place(found: Finding, lines: int) -> bool:
    """Whether a finding points out of a file of so many lines."""
    return not 1 <= found.line <= found.end_line <= lines or found.column < 1


def _fixes(tried: Input) -> str:
    before = refusals(check(sources_of(tried.data, tried.name)))
    result = fix_all(sources_of(tried.data, tried.name), check, unsafe=False)
    if not result.after:
        return ""
    again = fix_all(result.sources, check, unsafe=False)
    if again.after:
        return f"a second --fix changes more: {sorted(again.fixed.items())}"
    more = refusals(result.report) - before
    return f"a fix brings a refusal: {sorted(more)}" if more and not before else ""


def check(sources: Iterable[Source]) -> Report:
    """What all rules say, which are looked up once; garbage is looked for as rarely as in `unitlint check`."""
    gc.set_threshold(max(gc.get_threshold()[0], 200_000))
    return run(sources, _rules(), STRICT.systemd_version, for_people=True)


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    return chosen_rules(STRICT)


def refusals(report: Report) -> set[str]:
    """The rules because of which systemd refuses a unit of the report."""
    return {found.code for found in report.findings if found.effect == "refused"}


def _settings(tried: Input, folder: Path, thorough: bool) -> str:  # noqa: FBT001
    from unitlint.settings.files import read_settings

    path = folder / tried.name
    path.write_bytes(tried.data)
    try:
        settings = read_settings(str(path))
    finally:
        path.unlink()
    if settings is None or settings.rules or settings.baseline or settings.root or settings.plugins:
        return ""
    (folder / "a.service").write_text("[Service]\nTipe=x\n")
    report = api.run(discovered([str(folder / "a.service")], settings), settings, 1)
    return report.errors[0] if report.errors and thorough else ""


def _baseline(tried: Input, folder: Path, _thorough: bool) -> str:  # noqa: FBT001
    from unitlint.engine import baseline

    path = folder / tried.name
    path.write_bytes(tried.data)
    baseline.read(str(path))
    return ""


def _policy(tried: Input, _folder: Path, _thorough: bool) -> str:  # noqa: FBT001
    from unitlint.security.policy import parse_policy

    parse_policy(tried.data.decode("utf-8", "replace"), tried.name)
    return ""


def _diff(tried: Input, _folder: Path, _thorough: bool) -> str:  # noqa: FBT001
    from unitlint.changes.diff import changed_lines

    changed_lines(tried.data)
    return ""


def _rule(tried: Input, folder: Path, _thorough: bool) -> str:  # noqa: FBT001
    from unitlint.rules.compile import compile_files

    home = folder / "ACME001-any"
    home.mkdir(exist_ok=True)
    data = tried.data.replace(b"code: UL", b"code: ACME")
    (home / tried.name).write_bytes(data)
    rules = compile_files([str(home / tried.name)])
    report = run(sources_of(b"[Service]\nType=simple\nExecStart=/bin/a b\nUser=a\n", "x.service"), rules, (257,))
    return next((error for error in report.errors if "internal error" in error), "")


def _log(tried: Input, _folder: Path, _thorough: bool) -> str:  # noqa: FBT001
    read_logs([tried])
    return ""


def read_logs(inputs: Iterable[Input]) -> None:
    """Diagnoses logs as those of one machine, and renders what was found."""
    from unitlint.diagnose.run import diagnose_streams
    from unitlint.report.diagnosis import full, json_format, markdown

    found = diagnose_streams([(tried.name, partial(_stream, tried.data)) for tried in inputs])
    full.render(found, verbose=True)
    markdown.render(found)
    json.loads(json_format.render(found))


def _stream(data: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(data))


_TRIALS: dict[str, Callable[[Input, Path, bool], str]] = {
    "unit": _unit, "settings": _settings, "baseline": _baseline, "policy": _policy, "diff": _diff, "rule": _rule,
    "log": _log,
}  # fmt: skip
