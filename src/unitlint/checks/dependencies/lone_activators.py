"""Timers, paths and sockets whose service is not among the units that stand beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from unitlint.base.likeness import one_slip_away
from unitlint.base.whole_numbers import is_whole_number
from unitlint.checks.dependencies.activation import says_who, started_by
from unitlint.checks.dependencies.misspelt import SHORTEST, by_default, is_known_name
from unitlint.checks.references import STARTS_BY, references, tree_of
from unitlint.files.names import template_of
from unitlint.rules.model import Hit, Place, WholeSet, header_place
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    ActivatorNote = tuple[str, str, str, tuple[str, ...], bool]

TYPES = ("timer", "path", "socket")
OF_SYSTEMD = "systemd-"
PAIR = 2
LONG = 5
"""Shorter words are in the names of many units."""
MANY = 3
"""So many services in one place are the project's own, rather than a patch to what a package brings."""


def note(unit: Unit) -> ActivatorNote | None:
    """Tree, path of an activator and the service that it starts; names of a service, and whether nobody starts it."""
    if not unit.has_fragment or unit.masked or unit.generated:
        return None
    tree = f"{unit.scope}:{tree_of(unit.path)}"
    if unit.type == "service":
        return tree, "", "", (unit.name, *unit.aliases), not says_who(unit)
    if unit.type not in TYPES or "@" in unit.name or is_known_name(unit.name) or unit.name.startswith(OF_SYSTEMD):
        return None
    return tree, unit.path, _started(unit), (), False


def _started(unit: Unit) -> str:
    if unit.type != "socket":
        return started_by(unit)
    named = references(unit, STARTS_BY["socket"], section="Socket")
    return named[-1].name if named else by_default(unit)


def conclude(notes: list[Any], unit_at: Callable[[str], Unit]) -> Iterator[tuple[Unit, Hit]]:
    """Of trees in which another activator has its service, that hold many services, or one that nobody starts."""
    trees: dict[str, list[ActivatorNote]] = {}
    everywhere: set[str] = set()
    for entry in notes:
        trees.setdefault(entry[0], []).append(entry)
        everywhere.update(entry[3])
    for members in trees.values():
        services = {name for _, _, _, names, _ in members for name in names}
        started = {start for _, path, start, _, _ in members if path}
        left = [
            name for _, path, _, names, waits in members if not path and waits for name in names if name not in started
        ]
        is_project = bool(started & services) or len(services) >= MANY
        for _, path, start, _, _ in members:
            if not path or not start.endswith(".service") or not _is_missing(start, everywhere):
                continue
            unit = unit_at(path)
            is_expected = is_project and unit.type != "socket"  # whose service a package may bring
            is_socket = unit.type == "socket"
            is_only_pair = len(members) == PAIR and bool(left) and not is_socket
            if (
                is_expected or is_only_pair or any(_is_alike(start, name, by_words=not is_socket) for name in left)
            ) and not _is_told(start, services):
                yield from _hit(unit, start)


def _is_alike(name: str, other: str, *, by_words: bool) -> bool:
    """``echo`` and ``echod``, ``zed-api`` and ``zedapi``, ``reload`` and ``app-reload``."""
    stem, other_stem = (one.rpartition(".")[0].replace("_", "-") for one in (name, other))
    plain, other_plain = stem.replace("-", ""), other_stem.replace("-", "")
    words = {word for word in stem.split("-") if len(word) >= LONG} & set(other_stem.split("-"))
    return (by_words and bool(words)) or plain.startswith(other_plain) or other_plain.startswith(plain)


def _hit(unit: Unit, name: str) -> Iterator[tuple[Unit, Hit]]:
    section = unit.type.capitalize()
    named = references(unit, STARTS_BY[unit.type], section=section)
    at: Place | None = named[-1].line if named else header_place(unit, section)
    if at is not None:
        yield unit, Hit(at, {"name": name, "type": unit.type})


def _is_missing(name: str, everywhere: set[str]) -> bool:
    form = template_of(name) or name
    return "%" not in name and not {name, form} & everywhere and not is_known_name(form)


def _is_told(name: str, services: set[str]) -> bool:
    """Whether UL730 or UL707 names the unit that is meant, or a file is there that gets another name when installed."""
    stem = name.removesuffix(".service")
    prefix = stem.rstrip("@")
    other_form = f"{prefix}.service" if stem.endswith("@") else f"{prefix}@.service"
    renamed = (f"{prefix}-", f"{prefix}_at", f"{prefix}.")
    if other_form in services or any(
        service.startswith(renamed) and _is_renamed(service, prefix) for service in services
    ):
        return True
    return len(prefix) >= SHORTEST and bool(one_slip_away(stem, ".service", services))


def _is_renamed(service: str, prefix: str) -> bool:
    """``incus-0.4.service`` of ``incus``, ``git-daemon_at-r1.service`` of ``git-daemon``."""
    rest = service[len(prefix) : -len(".service")]
    return rest.startswith("_at") or is_whole_number(rest.lstrip("-._rv")[:1])


RULE = WholeSet(note, conclude, needs_all=True, needs_no_root=True)
