"""Arguments to calls: nothing here knows rules or systemd."""

from __future__ import annotations

import os
import sys

from unitlint.base import late_imports
from unitlint.base.version import __version__
from unitlint.cli import quick_arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence
    from typing import Any

    from unitlint.cli.argument_parser import Parser

COMMANDS = {
    "check": "check units, drop-ins and confs",
    "rule": "explain a rule",
    "harden": "propose a drop-in that lowers a service's exposure",
    "security": "show how exposed services are, computed as systemd-analyze security does",
    "diagnose": "explain from a log why units failed, and which lines of the unit files to change",
    "show": "show a unit merged with its drop-ins, each value with its file and line",
    "releases": "list the releases of systemd that --systemd-version accepts, and their distributions",
    "init": "set unitlint up in a project: settings, pre-commit, tox, pytest, CI",
    "test-rules": "run the test cases of your own rules",
    "new-rule": "create a rule of your own",
    "lsp": "run the language server for editors",
    "completions": "print a completion script for your shell",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one subcommand and returns its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    name = words[0] if words and words[0] in COMMANDS else None
    parsed = quick_arguments.parse(_command(name).add_arguments, words[1:]) if name else None
    if parsed is None or name is None:
        parsed = _parse(words)
        name = str(parsed.command)
    status: int = _command(name).main(parsed)
    return status


def _command(name: str) -> Any:
    return late_imports.module(f"unitlint.cli.{name.replace('-', '_')}")


def _parse(words: list[str]) -> argparse.Namespace:
    """By argparse, which knows how to help and how to refuse; only the command that runs pays for its options."""
    whole = parser([name for name in COMMANDS if name in words[:1]])
    found, rest = whole.parse_known_args(words)
    if rest:
        whole.refuse(found.command, rest)
    return found


def parser(with_options: Iterable[str] = COMMANDS) -> Parser:
    """The parser of the command line with the options of the named commands; completions and docs need all of them."""
    from unitlint.cli.argument_parser import Parser

    summary = "Checks systemd unit files before you deploy them."
    whole = Parser(prog="unitlint", description=summary, formatter_class=_formatter)
    whole.add_argument("--version", action="version", version=f"unitlint {__version__}")
    subparsers = whole.add_subparsers(dest="command", metavar="COMMAND", required=True, prog="unitlint")
    for name, summary in COMMANDS.items():
        subparser = subparsers.add_parser(
            name, help=summary, description=summary[0].upper() + summary[1:] + ".", formatter_class=_formatter
        )
        whole.subparsers[name] = subparser
        if name in with_options:
            _command(name).add_arguments(subparser)
    return whole


def _formatter(prog: str) -> argparse.HelpFormatter:
    """argparse makes one for every option; left to itself it imports shutil to ask for the width."""
    from unitlint.cli.argument_parser import HelpFormatter

    try:
        width = os.get_terminal_size(sys.stdout.fileno()).columns - 2
    except (OSError, ValueError, AttributeError):
        width = 98
    return HelpFormatter(prog, width=max(width, 40))
