"""UL501: User= names somebody whom the root tree does not know."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.commands.at_boot import at_boot
from unitlint.checks.commands.root_tree import ALWAYS, SECTION, sees_this_tree
from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import boolean
from unitlint.units.unit import Unit


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Numbers need no entry; users that systemd-sysusers makes at boot and dynamic users count as known."""
    root, user = context.root, unit.last(SECTION, "User")
    if root is None or user is None or not root.users or not sees_this_tree(unit):
        return
    dynamic = unit.last(SECTION, "DynamicUser")
    if user.value.isdecimal() or "%" in user.value or user.value in ALWAYS:
        return
    if dynamic is not None and boolean(dynamic.value) is True:
        return
    if user.value not in root.users and user.value not in at_boot(root).users:
        yield Hit(user, suggestion=_nearest(user.value, root.users))


def _nearest(name: str, known: object) -> str | None:
    from unitlint.errors import did_you_mean

    return did_you_mean(name, known)
