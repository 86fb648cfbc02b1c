"""The cycles in the order of the checked set, found in time and space linear in its dependencies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

from unitlint.checks.dependencies import order_notes
from unitlint.checks.dependencies.boot_order import WITHOUT_DEFAULTS, leads_to, shipped
from unitlint.checks.dependencies.order_notes import BY_DEFAULT, INSTALL, STARTS, WRITTEN, Edge, Note, implied, written
from unitlint.checks.references import references
from unitlint.rules.model import Hit, Place, WholeSet, header_place
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SHIPPED = "shipped"

OrderCycle = tuple[Edge, ...]
"""Edges of which each ends where the next one begins; the first one is written in a file, if any is."""


def cycles(notes: Iterable[Note]) -> Iterator[OrderCycle]:
    """One cycle for each group of units that wait for each other."""
    trees: dict[str, list[Note]] = {}
    for note in notes:
        trees.setdefault(note.tree, []).append(note)
    for members in trees.values():
        if len(members) == 1 and not _may_turn_back(members[0]):
            continue
        from unitlint.checks.dependencies.graphs import strongly_connected

        graph = _graph(members)
        tree: _Tree | None = None  # most trees have no cycles
        for group in strongly_connected(graph, [note.name for note in members]):
            tree = tree or _Tree(members)
            cycle = _shortest(group, tree)
            if not _are_enemies({edge.before for edge in cycle}, tree) and not _begins_later(cycle, tree):
                yield cycle


def _may_turn_back(note: Note) -> bool:
    """Whether what comes after a unit may lead to what comes before it, by systemd's own order alone."""
    edges = [*written(note), *implied(note)]
    first = {before for before, _, _ in edges}
    return any(not first.isdisjoint(leads_to(after)) for _, after, _ in edges if after != note.name) or (
        len(leads_to(note.name)) > 1
    )


class _Tree:
    """The notes of one tree by the unit's name, and what follows from all of them."""

    def __init__(self, notes: list[Note]) -> None:
        self._by_name: dict[str, list[tuple[int, Note]]] = {}
        for place, note in enumerate(notes):
            self._by_name.setdefault(note.name, []).append((place, note))
        self.late, self.early = _by_defaults(notes)
        self.activated = {name for note in notes for why, names in note.named if why == STARTS for name in names}
        """What timers, paths and sockets start."""
        self.shipped = shipped(notes[0].tree, {note.name for note in notes})

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def of(self, names: Collection[str]) -> list[Note]:
        """The notes on these units, in their order; no other note tells of an edge between two of them."""
        return [
            note for _, note in sorted((noted for name in names for noted in self._by_name.get(name, ())), key=_nth)
        ]


def _nth(noted: tuple[int, Note]) -> int:
    return noted[0]


def _graph(notes: list[Note]) -> dict[str, Collection[str]]:
    graph: dict[str, set[str]] = {}
    for note in notes:
        for before, after, _ in written(note):
            if before in graph:
                graph[before].add(after)
            else:
                graph[before] = {after}
    late, early = _by_defaults(notes)
    for note in notes:
        for before, after, _ in implied(note):
            if before in late and after not in early and before not in graph.get(after, ()):
                graph.setdefault(before, set()).add(after)
    own = shipped(notes[0].tree, {note.name for note in notes})
    joined: dict[str, Collection[str]] = {**own, **graph}
    for name in own.keys() & graph.keys():
        joined[name] = graph[name].union(own[name])
    return joined


def _by_defaults(notes: list[Note]) -> tuple[set[str], set[str]]:
    """Names of units with and without default dependencies; systemd's own targets are as it ships them."""
    late = {note.name for note in notes if note.has_defaults}
    early = {note.name for note in notes if not note.has_defaults}
    return late, early.union(WITHOUT_DEFAULTS - late)


def _edges(group: set[str], tree: _Tree) -> dict[str, dict[str, Edge]]:
    """The graph of one group, each edge with its reason; the rules are those of :func:`_graph`."""
    notes = tree.of(group)
    edges: dict[str, dict[str, Edge]] = {name: {} for name in group}
    for note in notes:
        for before, after, why in written(note):
            if before in group and after in group:
                edges[before].setdefault(after, Edge(before, after, note.path, why))
    for note in notes:
        for before, after, why in implied(note):
            inside = before in group and after in group and after not in tree.early
            if inside and before in tree.late and before not in edges[after]:
                edges[before].setdefault(after, Edge(before, after, note.path, why))
    for first, successors in tree.shipped.items():
        for second in group.intersection(successors) if first in group else ():
            edges[first].setdefault(second, Edge(first, second, "", SHIPPED))
    return edges


def _shortest(group: set[str], tree: _Tree) -> OrderCycle:
    """A shortest cycle through the first unit in alphabetical order, turned so that it begins with a written line."""
    from unitlint.checks.dependencies.graphs import way_back

    edges = _edges(group, tree)
    start = min(group, key=lambda name: (name not in tree, name.endswith(".target"), name))
    names = way_back(start, group, edges)
    way = [edges[one][two] for one, two in zip(names, (*names[1:], start), strict=True)]
    first = min(range(len(way)), key=lambda at: (way[at].why not in WRITTEN, way[at].why == SHIPPED, way[at].path))
    return (*way[first:], *way[:first])


def _are_enemies(names: set[str], tree: _Tree) -> bool:
    """True for units that stop each other: these are never started together."""
    for note in tree.of(names):
        for why, others in note.named:
            if why == "Conflicts" and not names.isdisjoint(others):
                return True
    return False


def _begins_later(cycle: OrderCycle, tree: _Tree) -> bool:
    """True where only a timer, path or socket unit outside of the cycle starts one of the services.

    Its job is not in the transaction that starts the others (systemd.path(5)).
    """
    names = {edge.before for edge in cycle}
    enabled = {note.name for note in tree.of(names) if any(why in INSTALL for why, _ in note.named)}
    return any(edge.before in tree.activated and edge.before not in enabled for edge in cycle) and not any(
        edge.why == STARTS for edge in cycle
    )


REASONS = {
    "After": "After={other}",
    "Before": "Before={other}",
    STARTS: "a {type} comes before the unit it starts",
    BY_DEFAULT: "by default, as DefaultDependencies=no is not set",
    "Wants": "a target waits for what it pulls in (Wants={other})",
    "Requires": "a target waits for what it pulls in (Requires={other})",
    "WantedBy": "once enabled, {other} waits for it (WantedBy=)",
    "RequiredBy": "once enabled, {other} waits for it (RequiredBy=)",
}


_note = partial(tuple.__new__, Note)
"""Makes a Note in half the time of a call of the class."""


def conclude(notes: list[Any], unit_at: Callable[[str], Unit]) -> Iterator[tuple[Unit, Hit]]:
    """At the first line of each cycle, with all others as related places."""
    for cycle in cycles(map(_note, notes)):
        names = [edge.before for edge in cycle]
        related: list[tuple[Place, str]] = []
        for edge in cycle[1:]:
            if edge.why != SHIPPED:
                unit = unit_at(edge.path)
                at = _place(edge, unit)
                if at is not None:
                    related.append((at, f"{edge.before} before {edge.after}: {_reason(edge, unit)}"))
        unit = unit_at(cycle[0].path)
        at = _place(cycle[0], unit)
        if at is not None:
            yield unit, Hit(at, {"cycle": " → ".join([*names, names[0]])}, tuple(related))


def _place(edge: Edge, unit: Unit) -> Place | None:
    """The line, or the section in which a default could be switched off."""
    section = "Install" if edge.why in ("WantedBy", "RequiredBy") else "Unit"
    other = _other(edge, unit)
    lines = (one.line for one in references(unit, edge.why, section=section) if one.name == other)
    return next(lines, None) or header_place(unit, "Unit")


def _reason(edge: Edge, unit: Unit) -> str:
    return REASONS[edge.why].format(other=_other(edge, unit), type=unit.type)


def _other(edge: Edge, unit: Unit) -> str:
    return edge.before if edge.after == unit.name else edge.after


RULE = WholeSet(order_notes.note, conclude)
