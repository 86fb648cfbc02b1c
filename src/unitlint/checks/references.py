"""The unit names in dependency directives, and the units of the checked set that they mean."""

from __future__ import annotations

from functools import lru_cache

from unitlint.base.records import NamedTuple
from unitlint.files.names import template_of
from unitlint.files.search_path import tree_of_folder
from unitlint.values.words import RETAIN_ESCAPE, UNQUOTE, bare_words, split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from unitlint.rules.model import Context
    from unitlint.syntax.document import Assignment
    from unitlint.units.unit import DirectiveName, Unit

REQUIRING = ("Requires", "Requisite", "BindsTo", "BindTo", "RequiresOverridable", "RequisiteOverridable")
"""Directives of [Unit] without whose units this one does not start or stay."""

STARTS_BY = {"timer": "Unit", "path": "Unit", "socket": "Service"}
"""The types of units that start another one, each with the directive of its own section that names it."""

DEPENDENCIES = frozenset((
    "After", "Before", "Requires", "Requisite", "Wants", "BindsTo", "PartOf", "Upholds", "Conflicts", "OnFailure",
    "OnSuccess", "WantedBy", "RequiredBy",
))  # fmt: skip
"""Directives of [Unit] and [Install] that name units."""
_FLAGS = UNQUOTE | RETAIN_ESCAPE
Names = tuple[str, ...]


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
    return [one for (section, directive), _ in all_names(unit) for one in references(unit, directive, section=section)]


def names_in(unit: Unit, line: Assignment) -> list[Reference]:
    """The names of one assignment (load-fragment.c: config_parse_unit_deps)."""
    value = line.value
    if " " not in value and "\t" not in value and '"' not in value and "'" not in value:
        return [Reference(line, with_unit_names(value, unit), 0, len(value))]
    words = split_words(value, flags=_FLAGS)
    return [Reference(line, with_unit_names(text, unit), start, end) for text, start, end in words]


def all_names(unit: Unit) -> list[tuple[DirectiveName, Names]]:
    """What :func:`all_references` finds, as names alone: all that is asked of most units."""
    memo = unit.memo
    found: list[tuple[DirectiveName, Names]] | None = memo.get("all names")
    if found is None:
        found = memo["all names"] = [
            (key, _names_in(unit, key))
            for key in unit.effective
            if key[1] in DEPENDENCIES and key[0] in ("Unit", "Install")
        ]
    return found


def names_of(unit: Unit, keys: Iterable[DirectiveName]) -> Names:
    """What :func:`references` finds, as names alone."""
    effective = unit.effective
    found: Names = ()
    for key in keys:  # few, so that adding up is no waste
        if key in effective:
            found += _names_in(unit, key)
    return found


def keys_of(directives: Iterable[str], section: str = "Unit") -> tuple[DirectiveName, ...]:
    """The directives of a section, as :func:`names_of` is to be asked for them."""
    return tuple([(section, directive) for directive in directives])


def _names_in(unit: Unit, key: DirectiveName) -> Names:
    lines = unit.effective[key]
    if len(lines) == 1:
        return _names_in_line(unit, lines[0])
    memo, kept_as = unit.memo, ("names", key)
    if kept_as not in memo:
        memo[kept_as] = tuple([name for line in lines for name in _names_in_line(unit, line)])
    names: Names = memo[kept_as]
    return names


def _names_in_line(unit: Unit, line: Assignment) -> Names:
    value = line.value
    names = _known.get(value)
    return _names_of_value(unit, value) if names is None or unit.quadlet else names


_known: dict[str, Names] = {}
"""The names in values that mean the same in every unit: those of a repository name the same few others."""
_MOST_KNOWN = 4096


def _names_of_value(unit: Unit, value: str) -> Names:
    if '"' in value or "'" in value:
        names: Names = tuple([text for text, _, _ in split_words(value, flags=_FLAGS)])
    else:
        names = tuple(bare_words(value))
    if "%" in value or unit.quadlet:
        return tuple([with_unit_names(name, unit) for name in names])
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
    _known[value] = names
    return names


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
    units = context.units
    if name in units:
        other = units[name]
        if home_of(other) == home_of(unit):
            return other
    template = template_of(name) if "@" in name else None
    if template is not None and template in units:
        other = units[template]
        if home_of(other) == home_of(unit):
            return other
    return None


def socket_of(unit: Unit, context: Context) -> Unit | None:
    """The socket unit of the same name beside a service."""
    return neighbour(unit, f"{stem_of(unit.name)}.socket", context)


def tree_of(path: str) -> str:
    """The part of a path before the search path's folder, or else the folder of the file."""
    return tree_of_folder(_folder_of(path))


def _folder_of(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[0]


def home_of(unit: Unit) -> str:
    """The unit's tree and manager: what is in another one is never started together with it."""
    return _home(unit.scope, _folder_of(unit.path))


@lru_cache(maxsize=1024)
def _home(scope: str, folder: str) -> str:
    return f"{scope}:{tree_of_folder(folder)}"


def stem_of(name: str) -> str:
    """``web@`` of ``web@.service``."""
    return name.rpartition(".")[0]
