"""Units that systemd itself ships or knows by name, of both managers."""

from __future__ import annotations

from unitlint.catalogue import facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

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
