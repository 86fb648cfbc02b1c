"""`unitlint show`."""

from __future__ import annotations

import sys

from unitlint.base.json_text import json_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from unitlint.settings.model import Settings
    from unitlint.units.unit import Unit

FORMATS = ("text", "json")
JSON_VERSION = 1


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `unitlint show`."""
    parser.add_argument(
        "units",
        nargs="+",
        metavar="UNIT",
        help="the path of a unit file, with --root a unit's name, or - for standard input",
    )
    parser.add_argument("--root", metavar="DIR", help="read the units and drop-ins of this root directory")
    parser.add_argument("--systemd-version", metavar="RELEASE", help="merge as this release does (default: newest)")
    parser.add_argument("--config", metavar="FILE", help="read the root directory and the release from these settings")
    parser.add_argument(
        "--stdin-filename", metavar="NAME", default="stdin.service", help="the name under which standard input is read"
    )
    parser.add_argument("--output-format", choices=FORMATS, default="text")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")


def main(arguments: Namespace) -> int:
    """Prints the effective units."""
    from unitlint.cli.output import wants_color, write
    from unitlint.report.show import render_unit, unit_object

    settings = _settings(arguments)
    release = max(settings.systemd_version)
    units = [_unit(name, settings.root, release, arguments.stdin_filename) for name in arguments.units]
    if arguments.output_format == "json":
        whole = {"version": JSON_VERSION, "units": [unit_object(unit, release) for unit in units]}
        write(json_of(whole, indent=2) + "\n", None)
        return 0
    color = wants_color(arguments.color, sys.stdout)
    write("\n".join(render_unit(unit, release, color=color) for unit in units), None)
    return 0


def _settings(arguments: Namespace) -> Settings:
    from unitlint.settings.model import Settings, from_keywords

    settings = Settings()
    if arguments.config:
        from unitlint.settings import files

        settings = files.load(arguments.config)
    return from_keywords(settings, {"systemd_version": arguments.systemd_version or None, "root": arguments.root})


def _unit(name: str, root: str | None, release: int, stdin_filename: str) -> Unit:
    from unitlint.api import load_unit

    if name == "-":
        unit = _of_standard_input(stdin_filename, release)
    else:
        unit = load_unit(name, root, systemd_version=release)
        if root is None:
            from unitlint.units.in_host import host_of, with_lines_of_host

            host = host_of(name)
            if host is not None:
                with_lines_of_host(unit, host)
    if unit.looks is not None:
        from unitlint.units.placeholders import write_placeholders

        write_placeholders(unit)
    return unit


def _of_standard_input(name: str, release: int) -> Unit:
    """The unit in standard input, with the drop-ins that a unit of this name has here."""
    from unitlint.base.errors import UnitlintError
    from unitlint.base.streams import read_input
    from unitlint.files.gather import discovered, overlay_of
    from unitlint.files.layout import group
    from unitlint.files.read import filled
    from unitlint.settings.model import Settings
    from unitlint.units.load import load

    sources = map(filled, discovered([], Settings(), overlay=overlay_of(read_input(), name)))
    files = next(iter(group(sources)), None)
    if files is None:
        raise UnitlintError(f"{name} is not the name of a unit file", hint="--stdin-filename app.service")
    return load(files, release)
