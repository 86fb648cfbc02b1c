"""One input is tried: what it was made for reads it, and the answer is looked at."""

from __future__ import annotations

import io
import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from types import FrameType
from typing import NamedTuple

from tools.robustness.inputs import Input
from unitlint import api
from unitlint.base.errors import UnitlintError
from unitlint.engine.fix_loop import fix_all
from unitlint.engine.report import Report
from unitlint.files.gather import discovered, sources_of
from unitlint.report.formats import HOMES, render
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
def _limited() -> Iterator[None]:
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
        with _limited():
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
    sources = sources_of(tried.data, tried.name)
    report = api.run(sources, STRICT, 1)
    if report.errors:
        return report.errors[0]
    lines = tried.data.count(b"\n") + tried.data.count(b"\r") + tried.data.count(b"\0") + 1
    for found in report.findings:
        if not 1 <= found.line <= found.end_line <= lines or found.column < 1:
            return f"{found.code} points at line {found.line}, column {found.column}"
    if not thorough:
        return ""
    for name in HOMES:
        text = render(report, name)
        text.encode("utf-8", "backslashreplace")
        if name in ("json", "sarif", "gitlab", "rdjson"):
            json.loads(text)
    return _fixes(tried)


def _fixes(tried: Input) -> str:
    def check(sources: list[object]) -> Report:
        return api.run(sources, STRICT, 1)  # type: ignore[arg-type]

    before = refusals(check(sources_of(tried.data, tried.name)))  # type: ignore[arg-type]
    result = fix_all(sources_of(tried.data, tried.name), check, unsafe=False)  # type: ignore[arg-type]
    if not result.after:
        return ""
    again = fix_all(result.sources, check, unsafe=False)  # type: ignore[arg-type]
    if again.after:
        return f"a second --fix changes more: {sorted(again.fixed.items())}"
    more = refusals(result.report) - before
    return f"a fix brings a refusal: {sorted(more)}" if more and not before else ""


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
    from unitlint.engine.run import run
    from unitlint.rules.compile import compile_files

    home = folder / "ACME001-any"
    home.mkdir(exist_ok=True)
    data = tried.data.replace(b"code: UL", b"code: ACME")
    (home / tried.name).write_bytes(data)
    rules = compile_files([str(home / tried.name)])
    report = run(sources_of(b"[Service]\nType=simple\nExecStart=/bin/a b\nUser=a\n", "x.service"), rules, (257,))
    return next((error for error in report.errors if "internal error" in error), "")


def _log(tried: Input, _folder: Path, _thorough: bool) -> str:  # noqa: FBT001
    from unitlint.diagnose.run import diagnose_streams
    from unitlint.report.diagnosis import full, json_format, markdown

    stream = io.BufferedReader(io.BytesIO(tried.data))
    found = diagnose_streams([(tried.name, lambda: stream)])
    full.render(found, verbose=True)
    markdown.render(found)
    json.loads(json_format.render(found))
    return ""


_TRIALS: dict[str, Callable[[Input, Path, bool], str]] = {
    "unit": _unit, "settings": _settings, "baseline": _baseline, "policy": _policy, "diff": _diff, "rule": _rule,
    "log": _log,
}  # fmt: skip
