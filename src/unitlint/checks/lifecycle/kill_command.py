"""What signal an ExecStop= or ExecReload= sends when it is nothing but a kill."""

from __future__ import annotations

import re

from unitlint.checks.lifecycle.facts import SHELLS, program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.grammar.exec_line import Command

KILLERS = ("kill", "pkill", "killall", "skill")
NUMBERS = {"1": "HUP", "2": "INT", "3": "QUIT", "6": "ABRT", "9": "KILL", "10": "USR1", "12": "USR2", "15": "TERM"}


def killer_words(command: Command) -> list[str]:
    """``[/bin/kill, -HUP, $MAINPID]`` of a kill, be it in ``sh -c``; empty for everything else."""
    words = [command.path, *(word.text for word in command.words)]
    if program(command) in SHELLS and len(words) == 3 and words[1] == "-c":
        if re.search(r"[;|&<>`\n]", words[2]):
            return []
        words = words[2].split()
        if words[:1] == ["exec"]:
            words = words[1:]
    return words if words and words[0].rpartition("/")[2] in KILLERS else []


def signal_of(words: list[str]) -> str:
    """``HUP`` of ``kill -HUP``, ``-1``, ``-s SIGHUP`` or ``--signal=HUP``; TERM where none is named."""
    for at, word in enumerate(words[1:], 1):
        name = None
        if word in ("-s", "--signal", "-n") and at + 1 < len(words):
            name = words[at + 1]
        elif word.startswith("--signal="):
            name = word.partition("=")[2]
        elif re.fullmatch(r"-(?:s?[A-Z][A-Z0-9]+|\d+)", word):
            name = word[1:].removeprefix("s") if word[1:2] == "s" else word[1:]
        if name is not None:
            return signal_name(name)
    return "TERM"


def signal_name(text: str) -> str:
    """``QUIT`` of ``SIGQUIT``, ``quit`` and ``3``."""
    name = text.strip().upper().removeprefix("SIG")
    return NUMBERS.get(name, name)
