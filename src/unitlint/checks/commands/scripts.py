"""UL547 and UL548: interpreters whose script is not the one that was meant."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.service import SHELLS, is_whole, script_of
from unitlint.rules.model import Context, Hit
from unitlint.units.commands import commands, program, without_version
from unitlint.units.unit import Unit

_INTERPRETERS = frozenset(
    ("sh", "bash", "dash", "ksh", "zsh", "python", "perl", "ruby", "node", "nodejs", "php", "java")
)
_ALONE = late_pattern(r"-(?:[uBEOOsSIeux]+|jar|w|-(?:login|norc))")
"""Options without a value of their own: what follows them is the script."""
_SCRIPT = late_pattern(r"(?!/)[\w./-]+\.(?:py|sh|bash|pl|rb|js|mjs|cjs|php|jar)")


def relative(unit: Unit, context: Context) -> Iterator[Hit]:
    """``python3 app/main.py`` without WorkingDirectory=: it is looked for in ``/``."""
    if unit.scope != "system" or not is_whole(unit) or unit.last("Service", "WorkingDirectory") is not None:
        return
    for line, command in commands(unit, context.release):
        if without_version(program(command)) not in _INTERPRETERS:
            continue
        word = next((word for word in command.words if not _ALONE.fullmatch(word.text)), None)
        if word is not None and _SCRIPT.fullmatch(word.text):
            path = f"/{word.text.removeprefix('./')}"
            yield Hit(line, {"path": path, "program": program(command)}, span=(word.start, word.end))


_SEARCHED = late_pattern(r"[\w.-]+\.(?:sh|bash|py|pl|rb)(?:\s[^;&|<>$`]*)?")


def only_in_path(unit: Unit, context: Context) -> Iterator[Hit]:
    """``sh -c run.sh``: a command without a slash, which the shell looks for in $PATH and not in WorkingDirectory=."""
    sets_path = any("PATH=" in line.value for line in unit.all("Service", "Environment"))
    folder = unit.last("Service", "WorkingDirectory")
    if not is_whole(unit) or sets_path or folder is None:
        return
    for line, command in commands(unit, context.release):
        script = script_of(command)
        is_login = any(_LOGIN.fullmatch(word.text) for word in command.words[:2])  # whose profile sets the path
        if script is not None and not is_login and _SEARCHED.fullmatch(script.strip()):
            name = script.split()[0]
            yield Hit(line, {"name": name, "program": program(command)}, ((folder, "not looked into"),))


_LOGIN = late_pattern(r"-[a-z]*[li][a-z]*|--login")
_BARE = late_pattern(r"[\w./+-]+")


def arguments_lost(unit: Unit, context: Context) -> Iterator[Hit]:
    """``sh -c cd /opt/app``: the script is the one word behind ``-c``, and all others are its $0, $1 and so on."""
    for line, command in commands(unit, context.release):
        words = command.words
        if program(command) not in SHELLS or len(words) < 3:
            continue
        at = next((at for at, word in enumerate(words) if word.text in ("-c", "-lc", "-ec", "-xc", "-cl", "-ce")), None)
        if at is None or at + 2 >= len(words):
            continue
        script = words[at + 1]
        if _BARE.fullmatch(script.text) and line.value[script.start : script.end] == script.text:
            fields = {"script": script.text, "lost": line.value[words[at + 2].start : words[-1].end]}
            yield Hit(line, fields, span=(words[at + 2].start, words[-1].end))
