"""UL718: a name that is one slip away from a target of systemd's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from unitlint.checks.dependencies.known_units import system_units, user_units
from unitlint.checks.dependencies.names import all_references
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

SUFFIX = ".target"
SHORTEST = 8
"""Shorter names are too near to each other."""
REAL_ELSEWHERE = ("networking", "network", "default", "time-sync", "local-fs", "remote-fs", "swap", "sleep", "sound")
"""Stems that packages use for services or targets of their own."""


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for units of the checked set, and for a known target's name with another suffix that is in use."""
    for one in all_references(unit):
        guess = _meant(one.name)
        if guess is not None and one.name not in context.units:
            yield Hit(one.line, {"name": one.name, "guess": guess}, span=one.span, suggestion=guess, replacement=guess)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return system_units() | user_units()


@lru_cache(maxsize=4096)
def _meant(name: str) -> str | None:
    known = _known()
    if name in known or "%" in name or not name.endswith((SUFFIX, ".service")):
        return None
    stem, _, suffix = name.rpartition(".")
    if suffix == "service":
        other = stem + SUFFIX
        return other if other in known and stem not in REAL_ELSEWHERE and f"{stem}.service" not in known else None
    if len(stem) < SHORTEST or stem in REAL_ELSEWHERE:
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
