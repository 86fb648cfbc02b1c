"""Who is started before whom in the checked set, and the cycles in it.

Built once for a set, in time and space linear in the set's dependencies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from unitlint.checks.dependencies.names import references, stem_of, tree_of
from unitlint.record import NamedTuple
from unitlint.rules.places import header_place
from unitlint.rules.typed import boolean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.rules.model import Place
    from unitlint.units.unit import Unit

Node = tuple[str, str]
"""(tree and manager, unit name): units of different trees never start together."""
ACTIVATORS = {"socket": "Service", "timer": "Unit", "path": "Unit"}
"""Types that start another unit, with the directive that names it."""
BOOT = (
    ("local-fs-pre.target", "local-fs.target"), ("local-fs.target", "sysinit.target"),
    ("swap.target", "sysinit.target"), ("sysinit.target", "basic.target"),
    ("sockets.target", "basic.target"), ("paths.target", "basic.target"),
    ("basic.target", "multi-user.target"), ("multi-user.target", "graphical.target"),
    ("network-pre.target", "network.target"), ("network.target", "network-online.target"),
)  # fmt: skip
"""The order that systemd's own targets have among themselves (bootup(7))."""


class Edge(NamedTuple):
    """``before`` is started before ``after``, because of a line or a default that stands there."""

    before: Node
    after: Node
    owner: str
    """The unit that says so."""
    at: Place | None
    reason: str
    written: bool = False
    """True for After= and Before=, False for what systemd adds."""


class Cycle(NamedTuple):
    """Edges of which each ends where the next one begins; the first one is written in a file."""

    edges: tuple[Edge, ...]


class _Cache:
    """The cycles of the set that was asked for last; a set is told by its identity."""

    units: Mapping[str, Unit] | None = None
    found: dict[str, list[Cycle]] = {}  # replaced, never changed


def cycles_of(unit: Unit, units: Mapping[str, Unit]) -> list[Cycle]:
    """The cycles that are to be reported at ``unit``."""
    if _Cache.units is not units:
        found: dict[str, list[Cycle]] = {}
        for cycle in _cycles(units):
            found.setdefault(cycle.edges[0].owner, []).append(cycle)
        _Cache.units, _Cache.found = units, found
    return _Cache.found.get(unit.name, [])


def _cycles(units: Mapping[str, Unit]) -> Iterator[Cycle]:
    graph: dict[Node, dict[Node, Edge]] = {}
    implied: list[Edge] = []
    late: set[Node] = set()
    enemies: set[tuple[Node, Node]] = set()
    for name in units:
        unit = units[name]
        if not unit.has_fragment or unit.masked or unit.name.partition("@")[1]:
            continue  # an instance is not its template
        for edge in _written(unit):
            graph.setdefault(edge.before, {}).setdefault(edge.after, edge)
        enemies.update((_node(unit, unit.name), _node(unit, one.name)) for one in references(unit, "Conflicts"))
        if _has_defaults(unit):
            late.add(_node(unit, unit.name))
            implied += _implied(unit)
    for edge in implied:
        if edge.before in late and edge.before not in graph.get(edge.after, {}):
            graph.setdefault(edge.before, {}).setdefault(edge.after, edge)
    for node in [after for edges in graph.values() for after in edges]:
        graph.setdefault(node, {})
    _add_boot(graph)
    for group in _strongly_connected(graph):
        cycle = _shortest(group, graph)
        members = [edge.before for edge in cycle.edges]
        if not any((one, two) in enemies for one in members for two in members):
            yield cycle  # units that stop each other are never started together


def _written(unit: Unit) -> Iterator[Edge]:
    """After=, Before=, and what no DefaultDependencies= takes away."""
    me = _node(unit, unit.name)
    for one in references(unit, "After", "Before"):
        other = _node(unit, one.name)
        if other != me and "%" not in one.name:
            pair = (other, me) if one.line.directive == "After" else (me, other)
            yield Edge(*pair, unit.name, one.line, f"{one.line.directive}={one.name}", written=True)
    if unit.type in ACTIVATORS:
        started = unit.value(unit.type.capitalize(), ACTIVATORS[unit.type]) or f"{stem_of(unit.name)}.service"
        reason = f"a {unit.type} comes before the unit it starts"
        yield Edge(me, _node(unit, started), unit.name, header_place(unit, "Unit"), reason)
    early = "basic.target" if unit.type == "service" else "sysinit.target"
    if unit.type in ("service", *ACTIVATORS) and _has_defaults(unit) and unit.scope == "system" and not _is_early(unit):
        reason = "by default, as DefaultDependencies=no is not set"
        for target in {early, "sysinit.target"}:
            yield Edge(_node(unit, target), me, unit.name, header_place(unit, "Unit"), reason)


def _implied(unit: Unit) -> Iterator[Edge]:
    """Targets wait for what they pull in, unless that is ordered after them (unit_add_default_target_dependency)."""
    me = _node(unit, unit.name)
    if unit.type == "target":
        for one in references(unit, "Wants", "Requires"):
            reason = f"a target waits for what it pulls in ({one.line.directive}={one.name})"
            yield Edge(_node(unit, one.name), me, unit.name, one.line, reason)
    for directive in ("WantedBy", "RequiredBy"):
        for one in references(unit, directive, section="Install"):
            if one.name.endswith(".target"):
                reason = f"once enabled, {one.name} waits for it ({directive}=)"
                yield Edge(me, _node(unit, one.name), unit.name, one.line, reason)


def _add_boot(graph: dict[Node, dict[Node, Edge]]) -> None:
    for home in {node[0] for node in graph}:
        for first, second in BOOT:
            one, two = (home, first), (home, second)
            if one in graph and two in graph:
                graph[one].setdefault(two, Edge(one, two, "", None, "by systemd's own units"))


def _node(unit: Unit, name: str) -> Node:
    return f"{unit.scope}:{tree_of(unit.path)}", name


def _has_defaults(unit: Unit) -> bool:
    return boolean(unit.value("Unit", "DefaultDependencies", "yes")) is not False


def _is_early(unit: Unit) -> bool:
    """True where UL706 speaks of it."""
    from unitlint.checks.dependencies.early_with_default_dependencies import check
    from unitlint.rules.model import Context

    return next(check(unit, Context(0, {})), None) is not None


def _strongly_connected(graph: dict[Node, dict[Node, Edge]]) -> Iterator[set[Node]]:
    """Groups in which each node reaches every other one (Tarjan's algorithm, without recursion)."""
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    stack: list[Node] = []
    on_stack: set[Node] = set()
    for root, first in graph.items():
        if root in index:
            continue
        work = [(root, iter(first))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, successors = work[-1]
            for successor in successors:
                if successor not in index:
                    index[successor] = low[successor] = len(index)
                    stack.append(successor)
                    on_stack.add(successor)
                    work.append((successor, iter(graph[successor])))
                    break
                if successor in on_stack:
                    low[node] = min(low[node], index[successor])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    group = _popped(stack, node)
                    on_stack -= group
                    if len(group) > 1:
                        yield group


def _popped(stack: list[Node], last: Node) -> set[Node]:
    group: set[Node] = set()
    while not group or last not in group:
        group.add(stack.pop())
    return group


def _shortest(group: set[Node], graph: dict[Node, dict[Node, Edge]]) -> Cycle:
    """A shortest cycle through the first unit in alphabetical order, turned so that it begins with a written line."""
    edges = _path(min(group, key=lambda node: (node[1].endswith(".target"), node)), group, graph)
    first = min(range(len(edges)), key=lambda at: (not edges[at].written, edges[at].at is None, edges[at].owner))
    return Cycle((*edges[first:], *edges[:first]))


def _path(start: Node, group: set[Node], graph: dict[Node, dict[Node, Edge]]) -> list[Edge]:
    """The shortest way from ``start`` back to it, breadth first."""
    came_by: dict[Node, Edge] = {}
    queue = [start]
    for node in queue:
        for successor in sorted(graph[node].keys() & group):
            edge = graph[node][successor]
            if successor == start:
                way = [edge]
                while way[0].before != start:
                    way.insert(0, came_by[way[0].before])
                return way
            if successor not in came_by:
                came_by[successor] = edge
                queue.append(successor)
    return []
