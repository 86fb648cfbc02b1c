"""UL417 and UL418: kinds of sockets that are forbidden and needed (load-fragment.c: config_parse_address_families)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.facts import SECTION
from unitlint.checks.service import service_type
from unitlint.grammar.words import split_words
from unitlint.rules.model import Context, Hit, Place
from unitlint.rules.typed import INFINITY, timespan
from unitlint.units.unit import Unit

UNIX = ("AF_UNIX",)
INTERNET = ("AF_INET", "AF_INET6")
DIRECTIVE = "RestrictAddressFamilies"


def allowed(unit: Unit, families: tuple[str, ...]) -> bool:
    """False where RestrictAddressFamilies= forbids all of ``families``; the first line says which kind of list."""
    lines = unit.all(SECTION, DIRECTIVE)
    if not lines:
        return True
    allow = not lines[0].value.startswith("~")
    named: set[str] = set()
    for line in lines:
        words = {word.text for word in split_words(line.value.removeprefix("~"))} - {"none"}
        named = named | words if line.value.startswith("~") is not allow else named - words
    return any((one in named) is allow for one in families)


def notify_without_unix(unit: Unit, context: Context) -> Iterator[Hit]:
    """READY=1, WATCHDOG=1 and the bus all go through a Unix socket that the program opens itself."""
    need = _speaks(unit, context)
    if need is not None and not allowed(unit, UNIX):
        reason, place = need
        yield Hit(unit.all(SECTION, DIRECTIVE)[-1], {"reason": reason}, ((place, "this needs AF_UNIX"),))


def without_unix(unit: Unit, context: Context) -> Iterator[Hit]:
    """Everything else that silently uses Unix sockets."""
    if not allowed(unit, UNIX) and _speaks(unit, context) is None:
        yield Hit(unit.all(SECTION, DIRECTIVE)[-1])


def _speaks(unit: Unit, context: Context) -> tuple[str, Place] | None:
    kind = service_type(unit, context.release)
    line = unit.last(SECTION, "Type") or unit.last(SECTION, "BusName")
    if kind in ("notify", "notify-reload") and line is not None:
        return "the program cannot send READY=1, and every start times out", line
    if kind == "dbus" and line is not None:
        return "the program cannot reach the bus to take its name, and every start times out", line
    watchdog = unit.last(SECTION, "WatchdogSec")
    if watchdog is not None and timespan(watchdog.value) not in (None, 0, INFINITY):
        return "the program cannot feed the watchdog, and systemd kills it again and again", watchdog
    return None
