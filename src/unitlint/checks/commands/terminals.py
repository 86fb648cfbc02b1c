"""UL554: screen and tmux in the foreground, which need a terminal (screen(1), tmux(1))."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.rules.model import Context, Hit
from unitlint.units.commands import commands, program
from unitlint.units.unit import Unit

_DETACHES = late_pattern(r"-(?=[A-Za-z]*[dD])[A-Za-z]+")
_OF_SCREEN = late_pattern(r"-(?:[A-Za-z]*[XQvh]|ls|list|wipe|r\w*|R\w*|x|-help|-version)")
"""Options that speak to a session, or only print something."""
_NEW_SESSION = ("new", "new-session", "attach", "attach-session", "a")
DETACHED = {"screen": "-DmS NAME", "tmux": "new-session -d"}


def without_terminal(unit: Unit, context: Context) -> Iterator[Hit]:
    """A session that is not detached; none of the command's terminal settings gives it one."""
    if unit.value("Service", "StandardInput").startswith("tty") or unit.last("Service", "TTYPath") is not None:
        return
    for line, command in commands(unit, context.release, "ExecStart", "ExecStartPre", "ExecStartPost"):
        name = program(command)
        words = [word.text for word in command.words]
        if command.via_shell or name not in DETACHED or any("$" in word for word in words):
            continue
        if (_needs_terminal_screen if name == "screen" else _needs_terminal_tmux)(words):
            fields = {"program": name}
            hint = f"Write `{name} {DETACHED[name]} …`, or start the program itself without {name}."
            yield Hit(line, fields, span=(command.path_start, command.path_end), suggestion=hint)


def _needs_terminal_screen(words: list[str]) -> bool:
    options = [word for word in words if word.startswith("-")]
    return bool(words) and not any(_DETACHES.fullmatch(word) or _OF_SCREEN.fullmatch(word) for word in options)


def _needs_terminal_tmux(words: list[str]) -> bool:
    verb = next((at for at, word in enumerate(words) if word in _NEW_SESSION), None)
    if verb is None or any(word in ("-C", "-CC", "-D", "-N") for word in words[:verb]):
        return False
    return not any(_DETACHES.fullmatch(word) for word in words[verb + 1 :])
