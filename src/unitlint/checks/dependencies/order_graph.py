"""Who is started before whom in the checked set, and the cycles in it.

Built once for a set, in time and space linear in the set's dependencies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from unitlint.checks.dependencies.cycles import strongly_connected, way_back
from unitlint.checks.dependencies.names import references, stem_of, tree_of
from unitlint.record import NamedTuple
from unitlint.rules.places import header_place
from unitlint.rules.typed import boolean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.rules.model import Place
    from unitlint.syntax.document import Assignment
    from unitlint.units.unit import Unit

Graph = dict[str, dict[str, "Edge"]]
"""The unit names of one tree and manager: units of different trees never start together."""
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


WITH_DEFAULTS = ("service", *ACTIVATORS)
"""Types that by default come after what is early in the boot."""


class Edge(NamedTuple):
    """``before`` is started before ``after``, because of a line or a default of a unit."""

    before: str
    after: str
    unit: Unit | None
    """The unit that says so; None for what systemd's own units say."""
    line: Assignment | None
    why: str

    @property
    def owner(self) -> str:
        """The name of the unit that says so."""
        return self.unit.name if self.unit is not None else ""

    @property
    def written(self) -> bool:
        """True for After= and Before=, False for what systemd adds."""
        return self.why in WRITTEN

    @property
    def at(self) -> Place | None:
        """The line, or the section in which it could be switched off."""
        if self.line is not None or self.unit is None:
            return self.line
        return header_place(self.unit, "Unit")

    @property
    def reason(self) -> str:
        """Why this order holds, for a reader."""
        if self.line is None:
            return self.why
        other = self.before if self.after == self.owner else self.after
        return self.why.format(directive=self.line.directive, other=other)


WRITTEN = ("{directive}={other}",)
STARTS = {one: f"a {one} comes before the unit it starts" for one in ACTIVATORS}
BY_DEFAULT = "by default, as DefaultDependencies=no is not set"
PULLED = "a target waits for what it pulls in ({directive}={other})"
INSTALLED = "once enabled, {other} waits for it ({directive}=)"
SHIPPED = "by systemd's own units"


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


class _Tree(NamedTuple):
    """What is known of one tree and manager before its graph is whole."""

    graph: Graph
    implied: list[Edge]
    late: set[str]
    """Units with DefaultDependencies=, for which targets wait."""
    enemies: set[tuple[str, str]]


def _cycles(units: Mapping[str, Unit]) -> Iterator[Cycle]:
    trees: dict[str, _Tree] = {}
    for name in units:
        unit = units[name]
        if not unit.has_fragment or unit.masked or "@" in unit.name:
            continue  # an instance is not its template
        home = f"{unit.scope}:{tree_of(unit.path)}"
        if home not in trees:
            trees[home] = _Tree({}, [], set(), set())
        _add_unit(trees[home], unit)
    for tree in trees.values():
        _add_implied(tree)
        for group in strongly_connected(tree.graph):
            cycle = _shortest(group, tree.graph)
            members = [edge.before for edge in cycle.edges]
            if not any((one, two) in tree.enemies for one in members for two in members):
                yield cycle  # units that stop each other are never started together


def _add_unit(tree: _Tree, unit: Unit) -> None:
    for edge in _written(unit):
        tree.graph.setdefault(edge.before, {}).setdefault(edge.after, edge)
    for one in references(unit, "Conflicts"):
        tree.enemies.add((unit.name, one.name))
    if _has_defaults(unit):
        tree.late.add(unit.name)
        tree.implied.extend(_implied(unit))


def _add_implied(tree: _Tree) -> None:
    graph = tree.graph
    for edge in tree.implied:
        if edge.before in tree.late and edge.before not in graph.get(edge.after, ()):
            graph.setdefault(edge.before, {}).setdefault(edge.after, edge)
    for node in [after for edges in graph.values() for after in edges if after not in graph]:
        graph.setdefault(node, {})
    for first, second in BOOT:
        if first in graph and second in graph:
            graph[first].setdefault(second, Edge(first, second, None, None, SHIPPED))


def _written(unit: Unit) -> Iterator[Edge]:
    """After=, Before=, and what no DefaultDependencies= takes away."""
    me = unit.name
    for one in references(unit, "After", "Before"):
        other = one.name
        if other != me and "%" not in other:
            before, after = (other, me) if one.line.directive == "After" else (me, other)
            yield Edge(before, after, unit, one.line, WRITTEN[0])
    if unit.type in ACTIVATORS:
        started = unit.value(unit.type.capitalize(), ACTIVATORS[unit.type]) or f"{stem_of(me)}.service"
        yield Edge(me, started, unit, None, STARTS[unit.type])
    early = "basic.target" if unit.type == "service" else "sysinit.target"
    if unit.type in WITH_DEFAULTS and unit.scope == "system" and _has_defaults(unit) and not _is_early(unit):
        for target in {early, "sysinit.target"}:
            yield Edge(target, me, unit, None, BY_DEFAULT)


def _implied(unit: Unit) -> Iterator[Edge]:
    """Targets wait for what they pull in, unless that is ordered after them (unit_add_default_target_dependency)."""
    me = unit.name
    if unit.type == "target":
        for one in references(unit, "Wants", "Requires"):
            yield Edge(one.name, me, unit, one.line, PULLED)
    for one in references(unit, "WantedBy", "RequiredBy", section="Install"):
        if one.name.endswith(".target"):
            yield Edge(me, one.name, unit, one.line, INSTALLED)


def _has_defaults(unit: Unit) -> bool:
    given = unit.last("Unit", "DefaultDependencies")
    return given is None or boolean(given.value) is not False


def _is_early(unit: Unit) -> bool:
    """True where UL706 speaks of it."""
    from unitlint.checks.dependencies.early_with_default_dependencies import check
    from unitlint.rules.model import Context

    return ("Unit", "Before") in unit.effective and next(check(unit, Context(0, {})), None) is not None


def _shortest(group: set[str], graph: Graph) -> Cycle:
    """A shortest cycle through the first unit in alphabetical order, turned so that it begins with a written line."""
    start = min(group, key=lambda name: (name.endswith(".target"), name))
    names = way_back(start, group, graph)
    edges = [graph[one][two] for one, two in zip(names, (*names[1:], start), strict=True)]
    first = min(range(len(edges)), key=lambda at: (not edges[at].written, edges[at].at is None, edges[at].owner))
    return Cycle((*edges[first:], *edges[:first]))
