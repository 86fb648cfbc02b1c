"""The paths that common commands make or change, also in scripts of a shell: mkdir, cp, chown, ``> file`` and so on."""

from __future__ import annotations

from functools import lru_cache

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.sandbox.facts import called
from unitlint.checks.service import SHELLS, script_of
from unitlint.units.commands import program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.values.exec_line import Command

_PARTS = late_pattern(r"&&|\|\||[;|\n]|\b(?:then|do|else)\b")
_WRITES_TO = late_pattern(r">>?\s*([^\s;|&>]+)")
TAKE_VALUE = frozenset(("-m", "-o", "-g", "--mode", "--owner", "--group", "-t", "-Z"))
MAKING = ("mkdir", "touch", "truncate", "tee")
COPYING = ("cp", "ln", "mv", "install", "git", "virtualenv")
REMOVING = ("rm", "rmdir", "unlink")
CHANGING = ("chown", "chmod", "chgrp", "setfacl")
"""Their first operand is an owner or a mode."""
_MAY_MAKE = SHELLS.union(("env",), MAKING, COPYING)
_MAY_CHANGE = _MAY_MAKE.union(REMOVING, CHANGING)


def made(command: Command) -> list[str]:
    """What is there after the command and perhaps was not before: folders, copies, links, files written to."""
    if program(command) not in _MAY_MAKE:  # as most commands
        return []
    script = script_of(command)
    return _made(script, plain_commands(command, script))


def changed(command: Command) -> list[str]:
    """All that the command writes to: what it makes, removes, or gives another owner or mode."""
    if program(command) not in _MAY_CHANGE:
        return []
    script = script_of(command)
    commands = plain_commands(command, script)
    found = _made(script, commands)
    for words in commands:
        if words[0] in REMOVING:
            found += _operands(words[1:])
        elif words[0] in CHANGING:
            found += _operands(words[1:])[1:]
    return found


def plain_commands(command: Command, script: str | None) -> list[list[str]]:
    """The words of the command, or those of each command in its ``script``, the program by its file name."""
    return [called(command)] if script is None else _commands_of_script(script)


@lru_cache(maxsize=256)
def _commands_of_script(script: str) -> list[list[str]]:
    found = []
    for part in _PARTS.split(script):
        words = _words_of(part)
        if words:
            found.append([words[0].rpartition("/")[2], *words[1:]])
    return found


def _words_of(part: str) -> list[str]:
    """As a shell divides a command into words."""
    if part.isascii() and part.isprintable() and not any(mark in part for mark in "\\\"'"):
        return part.split()
    import shlex

    try:
        return shlex.split(part)
    except ValueError:
        return part.split()


def _made(script: str | None, commands: list[list[str]]) -> list[str]:
    found = [] if script is None else [path[1].strip("\"'") for path in _WRITES_TO.finditer(script)]
    for words in commands:
        found += _made_by(words)
    return found


def _made_by(words: list[str]) -> list[str]:
    name = words[0]
    if name in MAKING:
        return _operands(words[1:])
    if name not in COPYING:
        return []
    operands = _operands(words[1:])
    if name == "install" and any(word.startswith(("-d", "--directory")) for word in words[1:]):
        return operands
    return operands[-1:] if len(operands) > 1 else []


def _operands(words: list[str]) -> list[str]:
    found: list[str] = []
    skips = False
    for word in words:
        if skips:
            skips = False
        elif word.startswith("-"):
            skips = word in TAKE_VALUE
        else:
            found.append(word)
    return found
