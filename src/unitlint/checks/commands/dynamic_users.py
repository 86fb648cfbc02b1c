"""UL463 and UL563: names and directories of dynamic users that somebody else has (dynamic-user.c)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from unitlint.checks.commands.root_files import at_boot
from unitlint.checks.commands.root_tree import SECTION
from unitlint.files.names import is_unit_file_name
from unitlint.rules.model import Context, Hit, Place, WholeSet, header_place
from unitlint.units.unit import Unit
from unitlint.values.words import split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.syntax.document import Assignment

KEPT = ("StateDirectory", "CacheDirectory", "LogsDirectory")
"""Directories that outlast the user and are given to the next one (exec-invoke.c: setup_exec_directory)."""


def name_taken(unit: Unit, context: Context) -> Iterator[Hit]:
    """A group of that name without a user, or a Group= that is the name of a user (dynamic_user_realize)."""
    root = context.root
    if root is None or not unit.is_on(SECTION, "DynamicUser") or not unit.has_fragment or unit.scope == "user":
        return
    users = root.users.keys() | at_boot(root).users.keys()
    groups = root.groups.keys() | at_boot(root).groups.keys()
    name = dynamic_name(unit)
    user, group = unit.last(SECTION, "User"), unit.last(SECTION, "Group")
    at = user or unit.last(SECTION, "DynamicUser")
    if at is not None and name in groups and name not in users:
        yield Hit(at, {"name": name, "kind": "group"})
    elif group is not None and group.value != name and group.value in users and group.value not in groups:
        yield Hit(group, {"name": group.value, "kind": "user"})


def dynamic_name(unit: Unit) -> str:
    """The name of the user: User=, else the unit's name up to its @ (unit.c: user_from_unit_name)."""
    return unit.value(SECTION, "User") or unit.name.rpartition(".")[0].partition("@")[0]


def note(unit: Unit) -> tuple[str, str, str, bool, tuple[str, ...]] | None:
    """(path, unit, user, whether it is a task, directories) of a service with a dynamic user."""
    if unit.type != "service" or not unit.is_on(SECTION, "DynamicUser") or not unit.has_fragment or unit.masked:
        return None
    if not is_unit_file_name(unit.name) or "%" in dynamic_name(unit):
        return None
    kept = tuple(sorted({f"{line.directive}={name}" for line, name in _kept(unit)}))
    is_task = unit.value(SECTION, "Type") == "oneshot"
    return (unit.path, unit.name, dynamic_name(unit), is_task, kept) if kept else None


def _kept(unit: Unit) -> Iterator[tuple[Assignment, str]]:
    for directive in KEPT:
        for line in unit.all(SECTION, directive):
            for word in split_words(line.value):
                name = word.text.partition(":")[0].rstrip("/")
                if "%" not in name:
                    yield line, name


def conclude(notes: list[Any], unit_at: Callable[[str], Unit]) -> Iterator[tuple[Unit, Hit]]:
    """At the line of each service, with that of another service whose user has another name.

    Two tasks may run one after the other, each with the directory as its own.
    """
    owners: dict[str, dict[tuple[str, bool], str]] = {}
    for path, _, user, is_task, kept in notes:
        for directory in kept:
            owners.setdefault(directory, {}).setdefault((user, is_task), path)
    for path, name, user, is_task, kept in notes:
        for directory in kept:
            others = owners[directory].items()
            other = next((at for (owner, task), at in others if owner != user and not (task and is_task)), None)
            if other is None:
                continue
            unit, second = unit_at(path), unit_at(other)
            line = next((line for line, word in _kept(unit) if f"{line.directive}={word}" == directory), None)
            if line is None or second.scope != unit.scope or second.name == name:
                continue
            theirs = next((line for line, word in _kept(second) if f"{line.directive}={word}" == directory), None)
            place = theirs or header_place(second, SECTION)
            related: tuple[tuple[Place, str], ...] = () if place is None else ((place, "the same directory"),)
            yield unit, Hit(line, {"directory": directory, "other": second.name}, related)
            break


SHARED = WholeSet(note, conclude)
