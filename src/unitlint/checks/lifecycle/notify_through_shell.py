"""UL609: Type=notify with a process in front of the program that would say READY=1."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import NOTIFY_TYPES, SHELLS, commands, is_whole, program
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.grammar.exec_line import Command

WRAPPERS = ("sudo", "su", "runuser", "timeout", "script", "strace")
"""Programs that start another and wait for its end."""
_FORKS = re.compile(r"(?<!\|)\|(?!\|)|(?<![&>|])&(?![&>])")
"""A pipe or a background sign, but neither ``||``, ``&&``, ``2>&1`` nor ``&>``."""
SPEAKS_ITSELF = ("exec ", "systemd-notify", "sd_notify", "NOTIFY_SOCKET")


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the first word of the command; silent where NotifyAccess= lets other processes speak."""
    kind = unit.last("Service", "Type")
    if kind is None or kind.value not in NOTIFY_TYPES or not is_whole(unit):
        return
    if unit.value("Service", "NotifyAccess", "main") not in ("main", "none"):
        return
    related: tuple[tuple[Place, str], ...] = ((kind, "the message is waited for"),)
    for line, command in commands(unit, context):
        if program(command) in WRAPPERS or _stays_in_front(command):
            fields: dict[str, object] = {"runner": program(command), "type": kind.value}
            yield Hit(line, fields, related, span=(command.path_start, command.path_end))


def _stays_in_front(command: Command) -> bool:
    """True for ``sh -c`` with a pipe or a program in the background, of which no part takes the shell's place.

    Shells replace themselves by the last command of a list, so ``;`` and ``&&`` prove nothing.
    """
    if program(command) not in SHELLS:
        return False
    words = [word.text for word in command.words]
    script = next((words[at + 1] for at in range(len(words) - 1) if re.fullmatch(r"-[a-z]*c[a-z]*", words[at])), "")
    return not any(word in script for word in SPEAKS_ITSELF) and _FORKS.search(_top_level(script)) is not None


def _top_level(script: str) -> str:
    """The script without what stands in quotes, parentheses and backticks."""
    kept: list[str] = []
    quote, depth = "", 0
    for char in script:
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"`":
            quote = char
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif depth == 0:
            kept.append(char)
    return "".join(kept)
