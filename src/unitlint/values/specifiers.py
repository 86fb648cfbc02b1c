"""What specifiers may stand for, so that a value can be judged as systemd sees it.

The value of a specifier depends on the host; a stand-in of the same shape (an absolute path, a
name, a number) is enough to tell a sound value from an unsound one.
"""

from __future__ import annotations

from functools import lru_cache

from unitlint.base.late_patterns import late_pattern
from unitlint.values.problem import ValueContext, ValueProblem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.base.finding import Effect

FULL = "full"
NAME = "name"

_HOST = {
    "A": "1", "a": "x86-64", "B": "1", "b": "0123456789abcdef" * 2, "H": "host", "l": "host", "M": "image",
    "m": "0123456789abcdef" * 2, "o": "linux", "q": "host", "T": "/tmp", "V": "/var/tmp", "v": "6.1.0",
    "W": "variant", "w": "1", "g": "root", "G": "0", "u": "root", "U": "0",
}  # fmt: skip
_SYSTEM = {
    "C": "/var/cache", "D": "/usr/share", "E": "/etc", "h": "/root", "L": "/var/log",
    "S": "/var/lib", "s": "/bin/sh", "t": "/run", "Y": "/etc/systemd/system",
}  # fmt: skip
_USER = {
    "C": "/home/user/.cache", "D": "/home/user/.local/share", "E": "/home/user/.config",
    "h": "/home/user", "L": "/home/user/.local/state/log", "S": "/home/user/.local/state",
    "s": "/bin/sh", "t": "/run/user/1000", "Y": "/home/user/.config/systemd/user",
    "u": "user", "g": "user", "U": "1000", "G": "1000",
}  # fmt: skip


def expand(text: str, context: ValueContext, where: str = FULL) -> str | None:
    """``text`` with every specifier replaced by a stand-in; None if systemd fails to expand it.

    ``where`` is ``name`` for the directives that hold unit names, which know fewer specifiers.
    A percent sign before anything but a letter or a digit stays (specifier.c: specifier_printf).
    """
    at = text.find("%")
    if at < 0:
        return text
    out: list[str] = []
    done = 0
    while at >= 0:
        out.append(text[done:at])
        follow = text[at + 1 : at + 2]
        if follow.isascii() and follow.isalnum():
            value = _value(follow, context, where)
            if value is None:
                return None
            out.append(value)
        else:
            out.append("%" if follow in ("", "%") else f"%{follow}")
        done = at + 2
        at = text.find("%", done)
    out.append(text[done:])
    return "".join(out)


_DEPRECATED = late_pattern(r"(?<!%)(?:%%)*(%[crR])")


def deprecated_specifiers(text: str, context: ValueContext) -> list[ValueProblem]:
    """The words on %c, %r and %R, which name control groups before there are any (unit-printf.c: bad_specifier)."""
    if "%c" not in text and "%r" not in text and "%R" not in text:
        return []
    if context.entry.get("specifiers") != FULL or context.directive.startswith("SetCredential"):
        return []
    reason = "the control group is not known when systemd reads the unit"
    advice = "Write the name of the control group itself, such as system.slice/NAME.service."
    return [
        ValueProblem("warned", *found.span(1), reason, "deprecated-value", help=advice)
        for found in _DEPRECATED.finditer(text)
    ]


def _value(letter: str, context: ValueContext, where: str) -> str | None:
    if not _is_known(letter, where, context.release):
        return None
    value = _USER.get(letter) if context.user_manager else None
    value = value or _SYSTEM.get(letter) or _HOST.get(letter)
    return _of_unit(context.unit_name or "unit.service").get(letter, "x") if value is None else value


@lru_cache(maxsize=256)
def _is_known(letter: str, where: str, release: int) -> bool:
    entry = _table().get("%" + letter)
    if entry is None or where not in entry["contexts"]:
        return False
    return max(entry.get("since") or 0, entry.get(f"{where}_since") or 0) <= release


def _table() -> dict[str, dict[str, Any]]:
    if not _entries:
        from unitlint.catalogue import facts

        _entries.update((entry["specifier"], entry) for entry in facts("specifiers"))
    return _entries


_entries: dict[str, dict[str, Any]] = {}


@lru_cache(maxsize=64)
def _of_unit(name: str) -> dict[str, str]:
    """What the specifiers stand for that a unit's name decides; the units of a set come one after the other."""
    stem, _, suffix = name.rpartition(".")
    prefix, at, instance = stem.partition("@")
    if at and not instance:
        instance = "test_instance"
    whole = f"{prefix}@{instance}" if at else prefix
    last = prefix.rpartition("-")[2]
    return {
        "c": f"/{whole}.{suffix}", "r": "", "R": "",
        "d": f"/run/credentials/{whole}.{suffix}", "f": "/" + _unescaped(instance or prefix),
        "I": _unescaped(instance), "i": instance, "J": _unescaped(last), "j": last,
        "n": f"{whole}.{suffix}", "N": whole, "P": _unescaped(prefix), "p": prefix,
        "y": f"/etc/systemd/system/{name}",
    }  # fmt: skip


def _unescaped(name: str) -> str:
    """systemd-escape(1) backwards."""
    path = name.replace("-", "/")
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), path) if "\\" in path else path


_ESCAPE = late_pattern(r"\\x([0-9a-fA-F]{2})")

BAD_SPECIFIER = "there is no such specifier here; write %% for a percent sign"


def effect_of(context: ValueContext) -> Effect:
    """Refused for the directives without whose value systemd does not load a unit, else ignored."""
    return "refused" if context.entry.get("fatal_on_error") is True else "ignored"
