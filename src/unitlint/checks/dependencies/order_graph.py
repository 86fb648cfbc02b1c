"""The cycles in the order of the checked set, found in time and space linear in its dependencies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from unitlint.checks.dependencies.cycles import strongly_connected, way_back
from unitlint.checks.dependencies.order_notes import WRITTEN, Edge, Note, implied, written

BOOT = (
    ("local-fs-pre.target", "local-fs.target"), ("local-fs.target", "sysinit.target"),
    ("swap.target", "sysinit.target"), ("sysinit.target", "basic.target"),
    ("sockets.target", "basic.target"), ("paths.target", "basic.target"),
    ("basic.target", "multi-user.target"), ("multi-user.target", "graphical.target"),
    ("network-pre.target", "network.target"), ("network.target", "network-online.target"),
)  # fmt: skip
"""The order that systemd's own targets have among themselves (bootup(7))."""
SHIPPED = "shipped"

Cycle = tuple[Edge, ...]
"""Edges of which each ends where the next one begins; the first one is written in a file, if any is."""


def cycles(notes: Iterable[Note]) -> Iterator[Cycle]:
    """One cycle for each group of units that wait for each other."""
    trees: dict[str, list[Note]] = {}
    for note in notes:
        trees.setdefault(note.tree, []).append(note)
    for members in trees.values():
        graph = _graph(members)
        for group in strongly_connected(graph):
            cycle = _shortest(group, members)
            if not _are_enemies({edge.before for edge in cycle}, members):
                yield cycle


def _graph(notes: list[Note]) -> dict[str, set[str]]:
    graph: dict[str, set[str]] = {}
    for note in notes:
        for before, after, *_ in written(note):
            graph.setdefault(before, set()).add(after)
    late = {note.name for note in notes if note.has_defaults}
    for note in notes:
        for before, after, *_ in implied(note):
            if before in late and before not in graph.get(after, ()):
                graph.setdefault(before, set()).add(after)
    for name in {after for successors in graph.values() for after in successors if after not in graph}:
        graph[name] = set()
    for first, second in BOOT:
        if first in graph and second in graph:
            graph[first].add(second)
    return graph


def _edges(group: set[str], notes: list[Note]) -> dict[str, dict[str, Edge]]:
    """The graph of one group, each edge with its reason; the rules are those of :func:`_graph`."""
    edges: dict[str, dict[str, Edge]] = {name: {} for name in group}
    for note in notes:
        for edge in written(note):
            if edge.before in group and edge.after in group:
                edges[edge.before].setdefault(edge.after, edge)
    late = {note.name for note in notes if note.has_defaults}
    for note in notes:
        for edge in implied(note):
            inside = edge.before in group and edge.after in group
            if inside and edge.before in late and edge.before not in edges[edge.after]:
                edges[edge.before].setdefault(edge.after, edge)
    for first, second in BOOT:
        if first in group and second in group:
            edges[first].setdefault(second, Edge(first, second, "", SHIPPED))
    return edges


def _shortest(group: set[str], notes: list[Note]) -> Cycle:
    """A shortest cycle through the first unit in alphabetical order, turned so that it begins with a written line."""
    edges = _edges(group, notes)
    start = min(group, key=lambda name: (name.endswith(".target"), name))
    names = way_back(start, group, edges)
    way = [edges[one][two] for one, two in zip(names, (*names[1:], start), strict=True)]
    first = min(range(len(way)), key=lambda at: (way[at].why not in WRITTEN, way[at].why == SHIPPED, way[at].path))
    return (*way[first:], *way[:first])


def _are_enemies(names: set[str], notes: list[Note]) -> bool:
    """True for units that stop each other: these are never started together."""
    for note in notes:
        if note.name in names:
            for why, others in note.named:
                if why == "Conflicts" and not names.isdisjoint(others):
                    return True
    return False
