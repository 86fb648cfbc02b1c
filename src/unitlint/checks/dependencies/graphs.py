"""Cycles of any graph, in time and space linear in its edges."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

Graph = Mapping[str, Collection[str]]
"""The successors of every node."""


def strongly_connected(graph: Graph, starts: Iterable[str] | None = None) -> Iterator[set[str]]:
    """Groups in which each node reaches every other one (Tarjan's algorithm, without recursion).

    With ``starts`` only those that can be reached from these nodes.  A node that is no key has no successors.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    for root in graph if starts is None else starts:
        if root in index:
            continue
        work = [(root, iter(graph.get(root, ())))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, successors = work[-1]
            for successor in successors:
                if successor not in graph:
                    continue  # it leads nowhere
                if successor not in index:
                    index[successor] = low[successor] = len(index)
                    stack.append(successor)
                    on_stack.add(successor)
                    work.append((successor, iter(graph.get(successor, ()))))
                    break
                if successor in on_stack:
                    low[node] = min(low[node], index[successor])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] != index[node]:
                    continue
                if stack[-1] == node:  # alone, as most
                    on_stack.remove(stack.pop())
                else:
                    group = _popped(stack, node)
                    on_stack -= group
                    yield group


def _popped(stack: list[str], last: str) -> set[str]:
    group: set[str] = set()
    while not group or last not in group:
        group.add(stack.pop())
    return group


def way_back(start: str, group: set[str], graph: Graph) -> list[str]:
    """The nodes of a shortest way within ``group`` from ``start`` to itself, breadth first; else empty."""
    came_from: dict[str, str] = {}
    queue = [start]
    for node in queue:
        for successor in sorted(group.intersection(graph[node])):
            if successor == start:
                way = [node]
                while way[0] != start:
                    way.insert(0, came_from[way[0]])
                return way
            if successor not in came_from:
                came_from[successor] = node
                queue.append(successor)
    return []
