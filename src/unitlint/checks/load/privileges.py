"""UL217 to UL219: credentials and extensions, at the start and at reloads (service.c: service_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import load_condition
from unitlint.checks.load.service_commands import has_command
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.commands import commands
from unitlint.units.service import first_credential, type_and_line
from unitlint.units.unit import Unit
from unitlint.values.typed import parse_boolean


@load_condition
def race(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL217: Type=simple does not wait until the credentials are there, and ExecStartPost= runs at once."""
    kind, line = type_and_line(unit, context.release)
    after = list(commands(unit, context.release, "ExecStartPost"))
    credential = first_credential(unit)
    if kind == "simple" and line is not None and after and credential is not None:
        related = ((after[0][0], "this runs right away"), (credential, "the credentials are set here"))
        yield Hit(line, {}, related)


@load_condition
def refresh_unused(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL218: RefreshOnReload=credentials where there are none."""
    found = refreshes(unit, "credentials", context)
    if found is not None and first_credential(unit) is None:
        yield Hit(found)


@load_condition
def extensions_unused(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL219: RefreshOnReload=extensions where nothing can be refreshed."""
    found = refreshes(unit, "extensions", context)
    if found is None:
        return
    if unit.scope == "user":
        yield Hit(found, {"why": "the user manager cannot refresh them"})
    elif not has_command(unit, context, "ExecStart"):
        yield Hit(found, {"why": "there is no ExecStart= whose process has them"})
    elif not any(_is_versioned(path) for path in _extensions(unit, context)):
        yield Hit(found, {"why": "no extension is a folder of versions (.v)"})


def _extensions(unit: Unit, context: Context) -> Iterator[str]:
    for directive in ("ExtensionImages", "ExtensionDirectories"):
        for assignment in unit.all("Service", directive):
            for word in assignment.value.split():
                yield word.removeprefix("-").partition(":")[0]


def _is_versioned(path: str) -> bool:
    """True for a path of which systemd picks the newest version (vpick.c: path_uses_vpick)."""
    parts = [part for part in path.split("/") if part]
    if parts and parts[-1].endswith(".v"):
        return True
    return len(parts) > 1 and parts[-2].endswith(".v") and "___" in parts[-1]


def refreshes(unit: Unit, what: str, context: Context) -> Assignment | None:
    """The last RefreshOnReload= if ``what`` is all that it leaves switched on.

    The first plain list replaces the default (extensions) and further ones add to it; ``~`` takes away.
    """
    flags = {"extensions"}
    listed = False
    assignments = unit.all("Service", "RefreshOnReload")
    for assignment in assignments:
        truth = parse_boolean(assignment.value)
        names = set(assignment.value.removeprefix("~").split())
        if truth is not None:
            flags = {"extensions", "credentials"} if truth else set()
        elif assignment.value.startswith("~"):
            flags = flags - names
        else:
            flags = (flags if listed else set()) | names
        listed = True
    return assignments[-1] if assignments and flags == {what} else None


@load_condition
def home(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL261: a user that exists only while the service runs has no home."""
    section = unit.type.capitalize()
    user, folder = unit.last(section, "DynamicUser"), unit.last(section, "WorkingDirectory")
    if user is None or folder is None or not unit.is_on(section, "DynamicUser"):
        return
    if folder.value.removeprefix("-") == "~":
        yield Hit(folder, {}, ((user, "the user is made up when the service starts"),))


@load_condition
def user_manager(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL262: only the system manager can make up users."""
    section = unit.type.capitalize()
    user = unit.last(section, "DynamicUser")
    if unit.scope == "user" and user is not None and unit.is_on(section, "DynamicUser"):
        yield Hit(user)


@load_condition
def managed_private_users(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL265: PrivateUsers=managed brings its own users along."""
    section = unit.type.capitalize()
    users = unit.last(section, "PrivateUsers")
    if users is None or users.value != "managed":
        return
    for directive in ("User", "Group", "DynamicUser", "PAMName"):
        other = unit.last(section, directive)
        if other is not None and (directive != "DynamicUser" or unit.is_on(section, directive)):
            yield Hit(users, {"other": directive}, ((other, "this needs a user of the host"),))
            return


@load_condition
def user_namespace_path(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL266: a user namespace is either joined or made."""
    section = unit.type.capitalize()
    path, users = unit.last(section, "UserNamespacePath"), unit.last(section, "PrivateUsers")
    if path is None or users is None or unit.is_off(section, "PrivateUsers"):
        return
    yield Hit(path, {}, ((users, "a new one is asked for here"),))


@load_condition
def forking(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL216: the daemon that a forking service leaves behind is not seen from outside."""
    kind, line = type_and_line(unit, context.release)
    pids = unit.last("Service", "PrivatePIDs")
    if kind == "forking" and line is not None and pids is not None and unit.is_on("Service", "PrivatePIDs"):
        yield Hit(pids, {}, ((line, "the type is set here"),))


@load_condition
def not_service(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL263: only services have the main process that such a namespace needs."""
    section = unit.type.capitalize()
    pids = unit.last(section, "PrivatePIDs")
    if pids is not None and unit.is_on(section, "PrivatePIDs"):
        yield Hit(pids)


@load_condition
def with_pam(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL264: the PAM session's process would stand outside the namespace."""
    section = unit.type.capitalize()
    pids, pam = unit.last(section, "PrivatePIDs"), unit.last(section, "PAMName")
    if pids is not None and pam is not None and unit.is_on(section, "PrivatePIDs"):
        yield Hit(pids, {}, ((pam, "PAM is switched on here"),))
