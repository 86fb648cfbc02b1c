"""UL261, UL262, UL265, UL266: users and user namespaces at odds (unit.c: unit_verify_contexts)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import is_on, last, load_condition
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


@load_condition
def home(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL261: a user that exists only while the service runs has no home."""
    section = unit.type.capitalize()
    user, folder = last(unit, section, "DynamicUser", context), last(unit, section, "WorkingDirectory", context)
    if user is None or folder is None or not is_on(unit, section, "DynamicUser", context):
        return
    if folder.value.removeprefix("-") == "~":
        yield Hit(folder, {}, ((user, "the user is made up when the service starts"),))


@load_condition
def user_manager(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL262: only the system manager can make up users."""
    section = unit.type.capitalize()
    user = last(unit, section, "DynamicUser", context)
    if unit.scope == "user" and user is not None and is_on(unit, section, "DynamicUser", context):
        yield Hit(user)


@load_condition
def managed_private_users(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL265: PrivateUsers=managed brings its own users along."""
    section = unit.type.capitalize()
    users = last(unit, section, "PrivateUsers", context)
    if users is None or users.value != "managed":
        return
    for directive in ("User", "Group", "DynamicUser", "PAMName"):
        other = last(unit, section, directive, context)
        if other is not None and (directive != "DynamicUser" or is_on(unit, section, directive, context)):
            yield Hit(users, {"other": directive}, ((other, "this needs a user of the host"),))
            return


@load_condition
def user_namespace_path(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL266: a user namespace is either joined or made."""
    section = unit.type.capitalize()
    path, users = last(unit, section, "UserNamespacePath", context), last(unit, section, "PrivateUsers", context)
    if path is None or users is None or users.value.lower() in ("no", "off", "false", "0", "n", "f"):
        return
    yield Hit(path, {}, ((users, "a new one is asked for here"),))
