"""What systemd makes of a service's own lines: the type and the user that it runs as."""

from __future__ import annotations

from unitlint.catalogue import package_units
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit

CREDENTIALS = (
    "LoadCredential", "LoadCredentialEncrypted", "SetCredential", "SetCredentialEncrypted", "ImportCredential",
)  # fmt: skip
CREDENTIALS_MAKE_EXEC_SINCE = 257
ROOT = ("", "root", "0")


def service_type(unit: Unit, release: int) -> str:
    """Type=, or what systemd takes where it is unset."""
    return type_and_line(unit, release)[0]


def type_and_line(unit: Unit, release: int) -> tuple[str, Assignment | None]:
    """The type, with the line that decides it: Type= or what systemd goes by without it (service_add_extras)."""
    given = unit.last("Service", "Type")
    if given is not None:
        return given.value, given
    key = ("type", release)
    found: tuple[str, Assignment | None] | None = unit.memo.get(key)
    if found is None:
        found = unit.memo[key] = _type_where_unset(unit, release)
    return found


def _type_where_unset(unit: Unit, release: int) -> tuple[str, Assignment | None]:
    bus_name = unit.last("Service", "BusName")
    if bus_name is not None:
        return "dbus", bus_name
    if not unit.all("Service", "ExecStart"):
        return "simple" if may_be_drop_in(unit) else "oneshot", None
    if release >= CREDENTIALS_MAKE_EXEC_SINCE:
        credential = first_credential(unit)
        if credential is not None:
            return "exec", credential
    return "simple", None


def may_be_drop_in(unit: Unit) -> bool:
    """True of nothing but settings of [Service] in a template, or under the name of a distribution's unit in a file
    that stands in no folder of systemd.

    ``systemd.service.erb`` may be written anywhere, and ``openvpn@.service`` of a package into openvpn@.service.d.
    """
    if not unit.has_fragment or ("Service", "ExecStop") in unit.assignments:
        return False
    if any(section != "Service" for section, _ in unit.assignments):
        return False
    if unit.documents[0].template is not None:
        return True
    return unit.may_be_renamed and unit.name in package_units()


def first_credential(unit: Unit) -> Assignment | None:
    """A directive by which the service gets credentials."""
    for name in CREDENTIALS:
        found = unit.all("Service", name)
        if found:
            return found[0]
    return None


def other_user(unit: Unit) -> Assignment | None:
    """The line by which a system service runs as somebody else than root: User= or DynamicUser=."""
    if unit.scope == "user":
        return None
    dynamic = unit.last("Service", "DynamicUser")
    user = unit.last("Service", "User")
    if user is not None and user.value not in ROOT:
        return user
    is_dynamic = dynamic is not None and dynamic.value != "" and not unit.is_off("Service", "DynamicUser")
    return dynamic if is_dynamic else None


def runs_as_root(unit: Unit) -> bool:
    """True for a system service of which no line names another user."""
    return unit.scope == "system" and other_user(unit) is None
