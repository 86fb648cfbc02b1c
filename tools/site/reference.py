"""What the code knows of its settings and of its command line, as tables."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from unitlint.base.records import NamedTuple
from unitlint.cli.parser import COMMANDS, parser
from unitlint.settings.model import KEYS, Settings


class Command(NamedTuple):
    """A subcommand as argparse knows it: its options by group, each with its forms and its meaning."""

    name: str
    summary: str
    usage: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def commands() -> Iterator[Command]:
    """The subcommands in the order of the help."""
    (subparsers,) = (one for one in parser()._actions if isinstance(one, argparse._SubParsersAction))
    for name, summary in COMMANDS.items():
        of_one: argparse.ArgumentParser = subparsers.choices[name]
        of_one.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=100)
        groups = [
            (str(group.title), tuple((forms(action), meaning(action)) for action in group._group_actions))
            for group in of_one._action_groups
        ]
        usage = of_one.format_usage().removeprefix("usage: ").strip().replace("\n" + " " * 7, "\n")
        yield Command(name, summary, usage, tuple(group for group in groups if group[1]))


def forms(action: argparse.Action) -> str:
    """``-j N, --jobs N``; an argument by its name alone."""
    metavar = str(action.metavar or (f"{{{','.join(map(str, action.choices))}}}" if action.choices else ""))
    if not action.option_strings:
        return metavar or action.dest
    value = f" {metavar or action.dest.upper()}" if action.nargs != 0 else ""
    return ", ".join(f"{one}{value}" for one in action.option_strings)


def meaning(action: argparse.Action) -> str:
    """The help, with what it names in the way of argparse filled in."""
    return (action.help or "").replace("%%", "%")


def command_line() -> str:
    """A section for each subcommand."""
    lines = []
    for command in commands():
        lines.append(f"## `unitlint {command.name}`\n\n{command.summary[0].upper()}{command.summary[1:]}.\n\n")
        lines.append(f"```text\n{command.usage}\n```\n")
        for title, options in command.groups:
            lines.append(f"\n| {title} | |\n| --- | --- |\n")
            lines += [f"| `{_cell(one)}` | {_cell(text)} |\n" for one, text in options]
        lines.append("\n")
    return "".join(lines)


def settings() -> str:
    """The table of all keys of a settings file, with the options that override them."""
    (check,) = (command for command in commands() if command.name == "check")
    known = {word for _, options in check.groups for one, _ in options for word in one.split()}
    rows = ["| key | holds | default | means | option |\n| --- | --- | --- | --- | --- |\n"]
    for key, (field, _, holds, means) in KEYS.items():
        option = next((one for one in (f"--{key}", f"--no-{key}") if one in known), "")
        default = getattr(Settings(), field)
        rows.append(f"| `{key}` | {holds} | {_default(default)} | {means} | {f'`{option}`' if option else ''} |\n")
    return "".join(rows)


def _default(value: object) -> str:
    if value is None or value in ((), {}):
        return ""
    if isinstance(value, tuple):
        return f"`{','.join(map(str, value))}`"
    return f"`{value}`" if isinstance(value, str) else f"`{str(value).lower()}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
