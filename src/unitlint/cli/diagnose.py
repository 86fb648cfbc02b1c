"""`unitlint diagnose`."""

from __future__ import annotations

import sys

from unitlint.base.foreign_text import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from unitlint.diagnose.model import Diagnosis

FORMATS = ("full", "json", "markdown")


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `unitlint diagnose`."""
    parser.add_argument(
        "logs", nargs="*", metavar="LOG",
        help="log files, compressed or not, and directories such as a sosreport (default: standard input)",
    )  # fmt: skip
    parser.add_argument(
        "--units", action="append", metavar="PATH", help="unit files, or directories with unit files; may be repeated"
    )
    parser.add_argument("--root", metavar="DIR", help="read the unit files of this root directory")
    parser.add_argument(
        "--unit", action="append", metavar="NAME", help="report only this unit; a pattern such as 'web@*' names several"
    )
    parser.add_argument(
        "--since", metavar="TIME", help="read only entries from this time on: 2026-05-01 12:00, '2 hours ago' (UTC)"
    )
    parser.add_argument("--until", metavar="TIME", help="read only entries up to this time")
    parser.add_argument("-v", "--verbose", action="store_true", help="also show a timeline, one line for each event")
    parser.add_argument("--output-format", choices=FORMATS, default="full")
    parser.add_argument("--output-file", metavar="FILE", help="write the report into this file")
    parser.add_argument("--json-schema", action="store_true", help="print the JSON Schema of --output-format json")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")


def main(arguments: Namespace) -> int:
    """Prints what went wrong; returns 0 where nothing did, 1 for incidents, 2 where a log cannot be read."""
    from unitlint.cli.output import write

    if arguments.json_schema:
        from json import dumps

        from unitlint.report.diagnosis.json_schema import json_schema

        write(dumps(json_schema(), indent=2) + "\n", arguments.output_file)
        return 0
    diagnosis = _diagnosis(arguments)
    for message in diagnosis.errors:
        say(message)
    write(_rendered(diagnosis, arguments), arguments.output_file)
    return 2 if diagnosis.errors else int(bool(diagnosis))


def _diagnosis(arguments: Namespace) -> Diagnosis:
    from unitlint.base.errors import UnitlintError
    from unitlint.diagnose.run import diagnose
    from unitlint.diagnose.times import read_time

    if not arguments.logs and sys.stdin.isatty():
        raise UnitlintError(
            "no log to read", hint="name a file, or pipe one: journalctl -b -o short-iso | unitlint diagnose"
        )
    if arguments.units and arguments.root:
        raise UnitlintError("--units and --root cannot be given together")
    return diagnose(
        arguments.logs,
        units=arguments.units or (),
        root=arguments.root,
        only=arguments.unit or (),
        since=read_time(arguments.since) if arguments.since else None,
        until=read_time(arguments.until, "--until") if arguments.until else None,
    )


def _rendered(diagnosis: Diagnosis, arguments: Namespace) -> str:
    if arguments.output_format == "json":
        from unitlint.report.diagnosis import json_format

        return json_format.render(diagnosis)
    if arguments.output_format == "markdown":
        from unitlint.report.diagnosis import markdown

        return markdown.render(diagnosis)
    from unitlint.cli.output import wants_color
    from unitlint.report.diagnosis import full

    color = not arguments.output_file and wants_color(arguments.color, sys.stdout)
    return full.render(diagnosis, color=color, verbose=arguments.verbose)
