"""Values by shape: every directive with many words, lines and continuations, bad and good, of a given size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from unitlint.catalogue import QUADLET_TYPES, directives_of, lookup, sections_of
from unitlint.files.classify import CONFS

TYPES = {
    "Unit": "service", "Install": "service", "Service": "service", "Socket": "socket", "Timer": "timer",
    "Path": "path", "Mount": "mount", "Automount": "automount", "Swap": "swap", "Slice": "slice", "Scope": "scope",
    **{name.capitalize(): name for name in QUADLET_TYPES},
}  # fmt: skip
BASES = {"service": "[Service]\nExecStart=/bin/true\n", "mount": "[Mount]\nWhat=/dev/sda\nWhere=/x\n"}


class Place(NamedTuple):
    """A directive of a section in a file of some name."""

    file: str
    section: str
    directive: str

    def text(self, lines: str) -> str:
        """A unit in which ``lines`` stand in the section."""
        base = BASES.get(self.file.rpartition(".")[2], "")
        return f"{base}[{self.section}]\n{lines}"


def places() -> Iterator[Place]:
    """Every directive of units, Quadlets and confs."""
    for section, kind in TYPES.items():
        for directive in directives_of("unit", section):
            yield Place(f"x.{kind}", section, directive)
    for conf in sorted(CONFS):
        for section in sorted(sections_of(conf)):
            for directive in directives_of(conf, section):
                yield Place(f"systemd/{conf}", section, directive)


def good_value(place: Place) -> str:
    """A value that the directive may well take."""
    kind = "unit" if place.file.startswith("x.") else place.file.rpartition("/")[2]
    entry = lookup(kind, place.section, place.directive) or {}
    words = entry.get("enum") or entry.get("keywords") or ()
    parser = str(entry.get("parser"))
    if words:
        return str(next(iter(words)))
    for part, value in _GOOD.items():
        if part in parser:
            return value
    return "1"


_GOOD = {
    "bool": "yes", "path": "/usr/bin/x", "exec": "/usr/bin/x a b", "unit_deps": "a.service", "sec": "5s",
    "mode": "0644",
    "size": "1G", "limit": "1G", "environ": "A=b", "syscall": "read", "capability": "CAP_CHOWN", "mounts": "/a",
    "documentation": "man:x(1)", "socket_listen": "/run/x", "calendar": "daily", "timer": "5s", "condition": "/a",
    "in_addr": "10.0.0.1", "user": "root", "signal": "SIGTERM", "device": "/dev/sda rw",
}  # fmt: skip

Shape = Callable[[Place, int], str]
"""The lines of a value, of about so many characters."""


def _words(word: Callable[[Place, int], str], separator: str = " ") -> Shape:
    def lines(place: Place, size: int) -> str:
        return f"{place.directive}={_repeated(lambda at: word(place, at), separator, size)}\n"

    return lines


def _lines(word: Callable[[Place, int], str]) -> Shape:
    def lines(place: Place, size: int) -> str:
        return _repeated(lambda at: f"{place.directive}={word(place, at)}\n", "", size)

    return lines


def _repeated(part: Callable[[int], str], separator: str, size: int) -> str:
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(part(len(parts)))
        length += len(parts[-1]) + len(separator)
    return separator.join(parts)


def _good(place: Place, _at: int) -> str:
    return good_value(place)


def _bad(_place: Place, at: int) -> str:
    return f"bad{at}"


def _sign(text: str) -> Callable[[Place, int], str]:
    return lambda _place, _at: text


SHAPES: dict[str, Shape] = {
    "good words": _words(_good),
    "bad words": _words(_bad),
    "good lines": _lines(_good),
    "bad lines": _lines(_bad),
    "good continuations": _words(_good, " \\\n "),
    "bad continuations": _words(_bad, " \\\n "),
    "comments in a continuation": _words(_bad, " \\\n# x\n"),
    "resets": _lines(lambda place, at: good_value(place) if at % 2 else ""),
    "near misses": _words(lambda place, at: f"{good_value(place)}{'xyz'[at % 3]}{at}"),
    "near misses in lines": _lines(lambda place, at: f"{good_value(place)}{'xyz'[at % 3]}{at}"),
    "one word": _words(_sign("a"), ""),
    "digits": _words(_sign("9"), ""),
    "paths": _words(_sign("/a"), ""),
    "assignments": _words(lambda _place, at: f"A{at}=b"),
    "commands": _words(lambda _place, at: f"/bin/x{at} ${{A{at}}} a", " ; "),
    "a long beginning": lambda place, size: f"{place.directive}={'a' * size}{good_value(place)}\n",
    "a long end": lambda place, size: f"{place.directive}={good_value(place)}{'a' * size}\n",
    "a long target": lambda place, size: f"{place.directive}={'a' * size}.target\n",
    "a list in braces": lambda place, size: f"{place.directive}=/{{{',' * size}\n",
    **{
        f"signs {sign!r}": _words(_sign(sign), "")
        for sign in (":", ",", "=", "%", "%%", "%i", "\\", "\\x41", '"', "'", '"a" ', "'a' ", "-", "+", "!", "~",
        "@", "|",
                     "/", "//", "/./", "../", ".", "*", "[", "{", "$", "${A}", "${", "$(", "`a ",
                     ";", " ; ", "#", "\t", "é",
                     "\ud800", "a:b ",
                     "a,b ", "0-", "1.", "::", "@a ", "-- ", "{{ a }}", "a.service ")
    },
}  # fmt: skip
"""Shapes of values by name."""
