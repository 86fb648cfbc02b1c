"""The groups of system calls, as each release was compiled."""

from __future__ import annotations

from functools import cache

from unitlint.catalogue import facts
from unitlint.security._syscalls import ABSENT, GROUPS

DEFAULT_ARCHITECTURE = "x86-64"
EVERY_CALL = "@known"
"""The group of all calls that systemd knew when it was compiled; no other one holds it."""


@cache
def members(name: str, release: int) -> frozenset[str]:
    """The calls of an @group and the groups in it at ``release``; of a call itself, the call."""
    if not name.startswith("@"):
        return frozenset((name,))
    if name == EVERY_CALL:
        return frozenset(call for call, since in facts("known_syscalls").items() if since <= release)
    found: frozenset[str] = frozenset()
    for member in _at(GROUPS.get(name, ()), release).split():
        found |= members(member, release)
    return found


@cache
def assessed(name: str, release: int, architecture: str = DEFAULT_ARCHITECTURE) -> frozenset[str]:
    """The calls of a group that the processor has: only these can be left open by mistake."""
    return members(name, release) - frozenset(_at(ABSENT[architecture], release).split())


def _at(steps: tuple[tuple[int, str], ...], release: int) -> str:
    """What held at ``release``: the newest record that is not newer; before the first one, nothing."""
    held = ""
    for since, text in steps:
        if since <= release:
            held = text
    return held
