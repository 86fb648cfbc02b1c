"""`unitlint show`."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `unitlint show`."""
    parser.add_argument("unit", metavar="UNIT", help="the path of a unit file, or with --root a unit's name")
    parser.add_argument("--root", metavar="DIR", help="read the units and drop-ins of this root directory")
    parser.add_argument("--systemd-version", metavar="RELEASE", help="merge as this release does (default: newest)")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")


def main(arguments: Namespace) -> int:
    """Prints the effective unit."""
    from unitlint.api import load_unit
    from unitlint.catalogue import NEWEST
    from unitlint.cli.output import wants_color, write
    from unitlint.report.show import render_unit
    from unitlint.settings.model import Settings, from_keywords

    release = NEWEST
    if arguments.systemd_version:
        release = max(from_keywords(Settings(), {"systemd_version": arguments.systemd_version}).systemd_version)
    unit = load_unit(arguments.unit, arguments.root, systemd_version=release)
    if arguments.root is None:
        from unitlint.units.in_host import host_of, with_lines_of_host

        host = host_of(arguments.unit)
        if host is not None:
            with_lines_of_host(unit, host)
    if unit.looks is not None:
        from unitlint.units.placeholders import write_placeholders

        write_placeholders(unit)
    text = render_unit(unit, color=wants_color(arguments.color, sys.stdout))
    write(text, None)
    return 0
