"""The unit names in dependency directives, and the units of the checked set that they mean."""

from __future__ import annotations

from unitlint.base.records import NamedTuple
from unitlint.files.names import template_of
from unitlint.files.search_path import tree_of_folder
from unitlint.values.words import RETAIN_ESCAPE, UNQUOTE, split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.rules.model import Context
    from unitlint.syntax.document import Assignment
    from unitlint.units.unit import Unit

REQUIRING = ("Requires", "Requisite", "BindsTo", "BindTo", "RequiresOverridable", "RequisiteOverridable")
"""Directives of [Unit] without whose units this one does not start or stay."""

STARTS_BY = {"timer": "Unit", "path": "Unit", "socket": "Service"}
"""The types of units that start another one, each with the directive of its own section that names it."""

DEPENDENCIES = frozenset((
    "After", "Before", "Requires", "Requisite", "Wants", "BindsTo", "PartOf", "Upholds", "Conflicts", "OnFailure",
    "OnSuccess", "WantedBy", "RequiredBy",
))  # fmt: skip
"""Directives of [Unit] and [Install] that name units."""


class Reference(NamedTuple):
    """A unit name in an assignment: the name with %n, %N and %p expanded, and its stretch of the value."""

    line: Assignment
    name: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """The stretch of the line's value."""
        return self.start, self.end


def references(unit: Unit, *directives: str, section: str = "Unit") -> list[Reference]:
    """The names in all effective assignments of ``directives``, in the order of the directives."""
    found: list[Reference] = []
    effective, memo = unit.effective, unit.memo
    for directive in directives:
        key = (section, directive)
        if key in effective:
            if key not in memo:
                memo[key] = [one for line in effective[key] for one in names_in(unit, line)]
            found += memo[key]
    return found


def all_references(unit: Unit) -> list[Reference]:
    """The names in every dependency directive of [Unit] and [Install], in the order of the files."""
    memo = unit.memo
    if "all references" not in memo:
        found: list[Reference] = []
        for key, lines in unit.effective.items():
            if key[1] in DEPENDENCIES and key[0] in ("Unit", "Install"):
                if key not in memo:
                    memo[key] = [one for line in lines for one in names_in(unit, line)]
                found += memo[key]
        memo["all references"] = found
    known: list[Reference] = memo["all references"]
    return known


def names_in(unit: Unit, line: Assignment) -> list[Reference]:
    """The names of one assignment (load-fragment.c: config_parse_unit_deps)."""
    value = line.value
    if " " not in value and "\t" not in value and '"' not in value and "'" not in value:
        return [Reference(line, with_unit_names(value, unit), 0, len(value))]
    words = split_words(value, flags=UNQUOTE | RETAIN_ESCAPE)
    return [Reference(line, with_unit_names(text, unit), start, end) for text, start, end in words]


def with_unit_names(text: str, unit: Unit) -> str:
    """%n, %N and %p in place; the instance of a template is not known and stays as it is written.

    In a Quadlet the name of another one stands for its service (quadlet.go: translateUnitDependencies).
    """
    if unit.quadlet:
        from unitlint.files.names import quadlet_type, service_of

        text = service_of(text) if quadlet_type(text) else text
    if "%" not in text:
        return text
    stem = unit.name.rpartition(".")[0]
    prefix, at, _ = stem.partition("@")
    text = text.replace("%p", prefix)
    if not at:
        text = text.replace("%n", unit.name).replace("%N", stem)
    return text


def neighbour(unit: Unit, name: str, context: Context) -> Unit | None:
    """The unit ``name`` of the same tree and manager, or the template of which it is an instance."""
    for one in (name, template_of(name)):
        if one is not None and one in context.units:
            other = context.units[one]
            if other.scope == unit.scope and tree_of(other.path) == tree_of(unit.path):
                return other
    return None


def socket_of(unit: Unit, context: Context) -> Unit | None:
    """The socket unit of the same name beside a service."""
    return neighbour(unit, f"{stem_of(unit.name)}.socket", context)


def tree_of(path: str) -> str:
    """The part of a path before the search path's folder, or else the folder of the file."""
    return tree_of_folder(path.replace("\\", "/").rpartition("/")[0])


def stem_of(name: str) -> str:
    """``web@`` of ``web@.service``."""
    return name.rpartition(".")[0]
