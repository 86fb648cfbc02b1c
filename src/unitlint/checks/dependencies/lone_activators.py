"""Timers, paths and sockets whose service is not among the units that stand beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from unitlint.base.likeness import one_slip_away
from unitlint.base.records import NamedTuple
from unitlint.base.whole_numbers import is_whole_number
from unitlint.checks.dependencies.activation import says_who, started_by
from unitlint.checks.dependencies.misspelt import OF_SYSTEMD, SHORTEST, is_known_name
from unitlint.checks.references import STARTS_BY, home_of, references
from unitlint.files.names import template_of
from unitlint.rules.model import Hit, Place, WholeSet, header_place
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TYPES = ("timer", "path", "socket")
PAIR = 2
LONG = 5
"""Shorter words are in the names of many units."""
MANY = 3
"""So many services in one place are the project's own, rather than a patch to what a package brings."""


class ActivatorNote(NamedTuple):
    """What is kept of a timer, path or socket, or of a service."""

    tree: str
    """Empty for the service of a Quadlet file, which stands in a directory of its own."""
    path: str
    """That of an activator; empty for a service."""
    started: str
    """The unit that an activator starts."""
    names: tuple[str, ...]
    """Those of a service."""
    waits: bool
    """Whether a service does not say who starts it."""


def note(unit: Unit) -> tuple[object, ...] | None:
    """An ActivatorNote as a plain tuple; None for what takes no part."""
    if not unit.has_fragment or unit.masked:
        return None
    if unit.generated:
        return ("", "", "", (unit.name, *unit.aliases), False) if unit.type == "service" else None
    if unit.type == "service":
        return home_of(unit), "", "", (unit.name, *unit.aliases), not says_who(unit)
    if unit.type not in TYPES or "@" in unit.name or is_known_name(unit.name) or unit.name.startswith(OF_SYSTEMD):
        return None
    return home_of(unit), unit.path, started_by(unit), (), False


_note = partial(tuple.__new__, ActivatorNote)
"""Makes an ActivatorNote in half the time of a call of the class."""


def conclude(notes: list[Any], unit_at: Callable[[str], Unit]) -> Iterator[tuple[Unit, Hit]]:
    """Of trees in which another activator has its service, that hold many services, or one that nobody starts."""
    known = [_note(one) for one in notes]
    everywhere = {name for noted in known for name in noted.names}
    trees: dict[str, list[ActivatorNote]] = {noted.tree: [] for noted in known if _is_missing(noted, everywhere)}
    for noted in known:
        if noted.tree in trees:
            trees[noted.tree].append(noted)
    for members in trees.values():
        tree = _Tree(members)
        for noted in members:
            if not _is_missing(noted, everywhere):
                continue
            unit = unit_at(noted.path)
            if tree.should_hold(noted.started, unit.type) and not _is_told(noted.started, tree.services):
                yield from _hit(unit, noted.started)


class _Tree:
    """The services that stand in one tree, and how much they tell of a service that does not."""

    def __init__(self, members: list[ActivatorNote]) -> None:
        started = {noted.started for noted in members if noted.path}
        self.services = {name for noted in members for name in noted.names}
        self._left = [name for noted in members if noted.waits for name in noted.names if name not in started]
        """Services that nobody starts: one of them may be meant."""
        self._is_project = bool(started & self.services) or len(self.services) >= MANY
        self._is_pair = len(members) == PAIR

    def should_hold(self, name: str, activator: str) -> bool:
        """Whether the service would be here; that of a socket may be brought by a package."""
        if activator == "socket":
            return any(_is_alike(name, other, by_words=False) for other in self._left)
        if self._is_project or (self._is_pair and self._left):
            return True
        return any(_is_alike(name, other, by_words=True) for other in self._left)


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


def _is_missing(noted: ActivatorNote, everywhere: set[str]) -> bool:
    """Whether it is an activator, of which the service is neither here nor anybody's."""
    name = noted.started
    if not noted.path or name in everywhere or "%" in name or not name.endswith(".service"):
        return False
    form = template_of(name) or name
    return form not in everywhere and not is_known_name(form)


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
