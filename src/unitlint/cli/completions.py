"""`unitlint completions`."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Action, ArgumentParser, Namespace
    from collections.abc import Iterator

SHELLS = ("bash", "zsh", "fish", "tcsh")


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `unitlint completions`."""
    parser.add_argument("shell", choices=SHELLS, help="your shell")


def main(arguments: Namespace) -> int:
    """Prints the shell's script; where to put it is in docs/command-line.md."""
    sys.stdout.write(script(arguments.shell))
    return 0


def script(shell: str) -> str:
    """What one of the shells has to source so that it completes commands, options, files and rules."""
    import shtab

    from unitlint.cli.parser import parser

    whole = parser()
    for action in _actions(whole):
        if action.metavar in ("FILE", "PATH"):
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # shtab reads this
        elif action.metavar in ("DIR", "FOLDER"):
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        elif action.metavar in _words():
            action.choices = _words()[str(action.metavar)]
    return str(shtab.complete(whole, shell))


def _actions(parser: ArgumentParser) -> Iterator[Action]:
    """The options of a parser and of its subcommands."""
    from argparse import _SubParsersAction

    for action in parser._actions:  # noqa: SLF001  # argparse has no other way to tell
        yield action
        if isinstance(action, _SubParsersAction):
            for inner in action.choices.values():
                yield from _actions(inner)


def _words() -> dict[str, list[str]]:
    """What can stand where the help says RULE, FORMAT and so on."""
    from unitlint.catalogue import RELEASES
    from unitlint.report.formats import FORMATS
    from unitlint.rules.rule_set import load_rules

    rules = load_rules()
    words = [*(rule.code for rule in rules), *(rule.name for rule in rules)]
    return {"RULE": words, "RULES": ["ALL", *words], "FORMAT": list(FORMATS), "RELEASES": list(map(str, RELEASES))}
