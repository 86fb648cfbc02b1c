"""Where reports go, and in which formats."""

from __future__ import annotations

import os
import sys

from unitlint.base.errors import UnitlintError
from unitlint.report.formats import FOR_PEOPLE, FORMATS, parts, render, resolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable
    from typing import Any, TextIO

    from unitlint.engine.report import Report

Output = tuple[str, str | None]
"""A format, and the file that it goes to; None for standard output."""


def add_outputs(parser: Any) -> None:
    """--output-format and --output-file, as often as wanted: a file is for the format named before it."""
    parser.add_argument(
        "--output-format", dest="outputs", action="append", type=_format, metavar="FORMAT",
        help="full, concise, json, json-lines, github, gitlab, junit, checkstyle, rdjson, sarif, azure, or auto: "
        "github in GitHub Actions, else full",
    )  # fmt: skip
    parser.add_argument(
        "--output-file", dest="outputs", action="append", type=_file, metavar="FILE",
        help="write the report of the --output-format before it into this file; both options may be repeated",
    )  # fmt: skip


def _format(name: str) -> tuple[str, str]:
    if name not in FORMATS:
        from argparse import ArgumentTypeError

        from unitlint.base.likeness import did_you_mean

        near = did_you_mean(name, FORMATS)
        raise ArgumentTypeError(f"no format `{name}`; {near or 'choose from ' + ', '.join(FORMATS)}")
    return "format", name


def _file(path: str) -> tuple[str, str]:
    return "file", path


def outputs_of(arguments: Namespace) -> list[Output]:
    """The reports to be made: ``full`` on standard output where nothing is said."""
    found: list[Output] = []
    for kind, value in arguments.outputs or ():
        if kind == "format":
            found.append((value, None))
        elif found and found[-1][1] is None:
            found[-1] = (found[-1][0], value)
        else:
            found.append(("full", value))
    if sum(path is None for _, path in found) > 1:
        raise UnitlintError("only one report can go to standard output", hint="give the others an --output-file")
    return found or [("full", None)]


def rendered(report: Report, name: str, path: str | None, arguments: Namespace) -> str | Iterable[str]:
    """The report as text, or as its parts."""
    by = arguments.statistics_by or "rule"
    if wants_statistics(arguments) and name == "json":
        from unitlint.report import statistics

        return statistics.render_json(report, by)
    if resolved(name) not in FOR_PEOPLE:
        return parts(report, name)
    if not report.findings:
        from unitlint.report.summary import summary_line

        return "" if arguments.quiet else summary_line(report)
    if wants_statistics(arguments):
        from unitlint.report import statistics

        return statistics.render(report, by)
    color = path is None and wants_color(arguments.color, sys.stdout)
    return render(report, name, color=color, quiet=arguments.quiet, verbose=arguments.verbose)


def wants_statistics(arguments: Namespace) -> bool:
    """Whether counts were asked for."""
    return bool(arguments.statistics or arguments.statistics_by)


def shows_statistics(name: str) -> bool:
    """Whether a report of this format shows counts in place of findings; others stay, and the counts go beside."""
    return name == "json" or resolved(name) in FOR_PEOPLE


def wants_color(choice: str, stream: TextIO) -> bool:
    """--color, then NO_COLOR and FORCE_COLOR, then whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def write(text: str | Iterable[str], path: str | None) -> bool:
    """A report to a file, or to standard output; False where whoever read that has gone, which changes no exit status.

    Raises UnitlintError where a file cannot be written.
    """
    data = (part.encode("utf-8", "backslashreplace") for part in ((text,) if isinstance(text, str) else text))
    if path is None:
        return write_bytes(data)
    from unitlint.base.whole_file import write_whole

    try:
        write_whole(path, data)
    except OSError as error:
        raise UnitlintError(f"cannot write the report: {error.strerror}", path) from None
    return True


def write_bytes(data: Iterable[bytes]) -> bool:
    """Standard output, as :func:`write` does."""
    try:
        sys.stdout.flush()  # what was printed stands first
        sys.stdout.buffer.writelines(data)
        sys.stdout.flush()
    except BrokenPipeError:
        from unitlint.base.streams import discard_output

        discard_output()
        return False
    return True
