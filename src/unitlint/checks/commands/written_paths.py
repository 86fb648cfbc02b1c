"""The paths that common commands make or change, also in scripts of a shell: mkdir, cp, chown, ``> file`` and so on."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.sandbox.facts import called
from unitlint.checks.service import script_of

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


def made(command: Command) -> Iterator[str]:
    """What is there after the command and perhaps was not before: folders, copies, links, files written to."""
    yield from _written_to(command)
    for words in plain_commands(command):
        yield from _made_by(words)


def changed(command: Command) -> Iterator[str]:
    """All that the command writes to: what it makes, removes, or gives another owner or mode."""
    yield from made(command)
    for words in plain_commands(command):
        operands = _operands(words[1:])
        if words[0] in REMOVING:
            yield from operands
        elif words[0] in CHANGING:
            yield from operands[1:]


def plain_commands(command: Command) -> Iterator[list[str]]:
    """The words of the command, or those of each command in a script of a shell, the program by its file name."""
    script = script_of(command)
    if script is None:
        yield called(command)
        return
    import shlex

    for part in _PARTS.split(script):
        try:
            words = shlex.split(part)
        except ValueError:
            words = part.split()
        if words:
            yield [words[0].rpartition("/")[2], *words[1:]]


def _written_to(command: Command) -> Iterator[str]:
    script = script_of(command)
    for found in _WRITES_TO.finditer(script) if script is not None else ():
        yield found[1].strip("\"'")


def _made_by(words: list[str]) -> Iterator[str]:
    name, operands = words[0], _operands(words[1:])
    makes_folders = name == "install" and any(word.startswith(("-d", "--directory")) for word in words[1:])
    if name in MAKING or makes_folders:
        yield from operands
    elif name in COPYING and len(operands) > 1:
        yield operands[-1]


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
