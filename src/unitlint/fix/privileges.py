"""Which respellings may stand in a file where a value grants or takes rights: likeness is not enough there."""

from __future__ import annotations

from functools import lru_cache

from unitlint.catalogue import facts, lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

GRANTING = frozenset((
    "AmbientCapabilities", "CapabilityBoundingSet", "User", "Group", "SupplementaryGroups", "SocketUser", "SocketGroup",
    "SystemCallFilter", "SystemCallLog", "SystemCallArchitectures", "RestrictAddressFamilies", "RestrictNamespaces",
    "RestrictFileSystems", "DeviceAllow", "DevicePolicy", "IPAddressAllow", "IPAddressDeny", "SocketBindAllow",
    "SocketBindDeny", "AddCapability", "DropCapability", "SecureBits", "DelegateNamespaces",
))  # fmt: skip
_PATHS = ("path", "directory", "mounts")
"""What is in the types of values that name places in the file system."""
_MARKS = ("CAP_", "AF_", "@")


def may_respell(section: str, directive: str, word: str, meant: str) -> bool:
    """Whether a fix may write ``meant`` for ``word``: it spells the same, or is the only name that begins like that.

    True of directives that grant nothing.
    """
    if not _grants(section, directive):
        return True
    if _bare(word) == _bare(meant) or word.removeprefix("~") == meant.removeprefix("%h"):
        return True
    if "," in word and [part.strip() for part in word.split(",") if part.strip()] == meant.split():
        return True
    beginning = _bare(word)
    return [name for bare, name in _bare_names() if bare.startswith(beginning)] == [meant]


def _grants(section: str, directive: str) -> bool:
    if directive in GRANTING:
        return True
    entry = lookup("unit", section, directive) or {}
    return any(part in str(entry.get("type", "")) for part in _PATHS)


def _bare(word: str) -> str:
    """The name without what marks its kind, as systemd compares it."""
    text = word.strip().lstrip("~")
    for mark in _MARKS:
        text = text.removeprefix(mark)
    return text.upper()


@lru_cache(maxsize=1)
def _bare_names() -> list[tuple[str, str]]:
    """All names that may be granted, each behind what is compared of it."""
    return [(_bare(name), name) for name in _names()]


def _names() -> Iterable[str]:
    for table in ("capabilities", "address_families", "syscall_groups"):
        yield from (fact["name"] if isinstance(fact, dict) else fact for fact in facts(table))
    yield from facts("known_syscalls")
