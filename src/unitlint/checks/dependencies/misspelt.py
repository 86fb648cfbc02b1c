"""UL730: a name that is one slip away from the unit that was to be started."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from unitlint.catalogue import facts
from unitlint.checks.references import Reference, all_references, neighbour, references, stem_of, tree_of
from unitlint.files.names import template_of
from unitlint.rules.model import Context, Hit, Place, header_place
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SHORTEST = 5
NAMED_IN = {"timer": "Unit", "path": "Unit", "socket": "Service"}


def started_units(unit: Unit, context: Context) -> Iterator[Hit]:
    """Speaks up only where the unit that was meant stands in the same tree: what is missing may come from elsewhere.

    Silent under --root, where UL722 and UL723 know what is there.
    """
    if context.root is not None or unit.masked or not unit.has_fragment:
        return
    for one in references(unit, "OnFailure", "OnSuccess"):
        yield from _said(unit, one.name, one, context)
    directive = NAMED_IN.get(unit.type)
    if directive is None:
        return
    named = references(unit, directive, section=unit.type.capitalize())
    if named:
        yield from _said(unit, named[-1].name, named[-1], context)
    else:
        yield from _said(unit, _by_default(unit), None, context)


def _by_default(unit: Unit) -> str:
    """``x.service`` of ``x.timer``; for each connection of an Accept=yes socket an instance of ``x@.service``."""
    accept = unit.type == "socket" and unit.is_on("Socket", "Accept")
    return f"{stem_of(unit.name)}{'@' if accept else ''}.service"


def _said(unit: Unit, name: str, named: Reference | None, context: Context) -> Iterator[Hit]:
    guess = _meant(unit, name, context)
    if guess is None:
        return
    at: Place | None = named.line if named else header_place(unit, unit.type.capitalize())
    head = header_place(context.units[guess], "Unit")
    related: tuple[tuple[Place, str], ...] = () if head is None else ((head, f"{guess} is here"),)
    if at is not None:
        how = f"{named.line.directive}= names" if named else f"a {unit.type} of this name starts"
        yield Hit(at, {"name": name, "how": how, "guess": guess}, related, span=named.span if named else None)


def _meant(unit: Unit, name: str, context: Context) -> str | None:
    """The other unit of the same tree that this name all but is."""
    stem, _, suffix = name.rpartition(".")
    prefix, at, _ = stem.partition("@")
    if len(prefix) < SHORTEST or "%" in prefix or not suffix or neighbour(unit, name, context) is not None:
        return None
    if name in context.units or (template_of(name) or name) in system_units() | user_units():
        return None
    other_form = f"{prefix}.{suffix}" if at else f"{prefix}@.{suffix}"
    if unit.type != "socket" and other_form != unit.name and neighbour(unit, other_form, context) is not None:
        return other_form
    end = f"@.{suffix}" if at else f".{suffix}"
    near = [one for one in one_slip_away(prefix, end, context.units) if one != unit.name]
    here = [one for one in near if tree_of(context.units[one].path) == tree_of(unit.path)]
    return here[0] if len(here) == 1 else None


USER = "user/"


class _Known:
    """Made on first use."""

    system: frozenset[str] = frozenset()
    user: frozenset[str] = frozenset()


def system_units() -> frozenset[str]:
    """Names of the system manager."""
    return _known().system


def user_units() -> frozenset[str]:
    """Names of the user manager."""
    return _known().user


def _known() -> type[_Known]:
    if not _Known.system:
        shipped: list[str] = facts("shipped_units")
        _Known.system = frozenset({one for one in shipped if not one.startswith(USER)} | _special("system"))
        _Known.user = frozenset({one[len(USER) :] for one in shipped if one.startswith(USER)} | _special("user"))
    return _Known


def _special(manager: str) -> set[str]:
    special: list[dict[str, Any]] = facts("special_units")
    return {str(one["name"]) for one in special if one["manager"] == manager}


LETTERS = "abcdefghijklmnopqrstuvwxyz-_"
SMALL = 1000
"""In larger sets a letter that is missing or another one costs too much to look for."""


def one_slip_away(stem: str, end: str, known: Collection[str]) -> list[str]:
    """The known names ``x`` + ``end`` where ``x`` is one letter away, has two neighbours swapped or other dashes.

    Digits tell real names apart, so that none of them is taken for a slip.
    """
    candidates = [*_shorter_or_swapped(stem), *(_longer_or_other(stem) if len(known) <= SMALL else ())]
    return sorted({name for one in candidates if one != stem and (name := f"{one}{end}") in known})


def _shorter_or_swapped(stem: str) -> Iterator[str]:
    for at, char in enumerate(stem):
        if char.isdigit():
            continue
        yield stem[:at] + stem[at + 1 :]
        if not stem[at + 1 : at + 2].isdigit():
            yield stem[:at] + stem[at + 1 : at + 2] + char + stem[at + 2 :]
    yield stem.replace("_", "-")
    yield stem.replace("-", "_")
    yield stem.replace("-", "")


def _longer_or_other(stem: str) -> Iterator[str]:
    for at in range(len(stem) + 1):
        head, tail = stem[:at], stem[at:]
        replaced = tail[1:] if tail and not tail[0].isdigit() else None
        for letter in LETTERS:
            yield f"{head}{letter}{tail}"
            if replaced is not None:
                yield f"{head}{letter}{replaced}"


SUFFIX = ".target"

SHORTEST_TARGET = 8
"""Shorter names are too near to each other."""
NEVER_A_SERVICE = frozenset((
    "multi-user", "graphical", "basic", "sysinit", "sockets", "timers", "paths", "network-online", "rescue",
    "emergency", "shutdown", "reboot", "poweroff", "halt",
))  # fmt: skip
"""Stems of targets that no package ships as a service."""
REAL_ELSEWHERE = ("networking", "network", "default", "time-sync", "local-fs", "remote-fs", "swap", "sleep", "sound")
"""Stems that packages use for services or targets of their own."""


def misspelt_target(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for units of the checked set, and for a known target's name with another suffix that is in use."""
    for one in all_references(unit):
        guess = _meant_target(one.name)
        if guess is not None and one.name not in context.units:
            yield Hit(one.line, {"name": one.name, "guess": guess}, span=one.span, suggestion=guess, replacement=guess)


@lru_cache(maxsize=1)
def _known_names() -> frozenset[str]:
    return system_units() | user_units()


@lru_cache(maxsize=4096)
def _meant_target(name: str) -> str | None:
    known = _known_names()
    if name in known or "%" in name or not name.endswith((SUFFIX, ".service")):
        return None
    stem, _, suffix = name.rpartition(".")
    if suffix == "service":
        other = stem + SUFFIX
        return other if stem in NEVER_A_SERVICE else None
    if len(stem) < SHORTEST_TARGET or stem in REAL_ELSEWHERE:
        return None
    plain = stem.replace("-", "").replace("_", "")
    for one in sorted(one for one in known if one.endswith(SUFFIX)):
        if plain == one[: -len(SUFFIX)].replace("-", "") or _one_slip(stem, one[: -len(SUFFIX)]):
            return one
    return None


def _one_slip(left: str, right: str) -> bool:
    """True where one letter is missing, added, changed, or two neighbours are swapped; digits tell real names apart."""
    if abs(len(left) - len(right)) > 1 or left == right:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    one, two = left[start:], right[start:]
    if any(char.isdigit() for char in one[:1] + two[:1]):
        return False
    swapped = one[:2] == two[1::-1] and one[2:] == two[2:] and len(one) > 1
    return one[1:] == two[1:] or one[1:] == two or one == two[1:] or swapped
