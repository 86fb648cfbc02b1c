"""Drop-ins whose unit is not there."""

from __future__ import annotations

import os
from collections.abc import Iterator

from unitlint.base.likeness import one_slip_away
from unitlint.checks.dependencies.misspelt import is_known_name
from unitlint.checks.references import tree_of
from unitlint.files.names import template_of
from unitlint.files.search_path import SEARCH_PATH
from unitlint.rules.model import Context, Hit, Place, header_place, line_place
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.root_tree import RootTree

SHORTEST = 4
TYPES = ("service", "socket", "timer", "path", "target")
"""Units of other types come from generators, from the kernel or into being by themselves."""


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Without a root directory only where a unit of nearly that name is in the same tree: others come from packages."""
    stem = unit.name.rpartition(".")[0]
    if (
        unit.type not in TYPES
        or unit.name.startswith("*.")
        or stem.endswith("-")
        or stem.partition("@")[0].endswith("-")
    ):
        return
    names = [name for name in (unit.name, template_of(unit.name)) if name]
    document = unit.documents[0]
    here = line_place(document, document.headers[0].line if document.headers else 1)
    root = context.root
    if root is not None and not _is_in(root, unit, names) and not _is_alias(unit.name, context):
        yield Hit(here, {"unit": unit.name, "where": "the root directory has no such unit"})
    elif root is None and not any(map(is_known_name, names)):
        meant = _nearly(unit, stem, context)
        if len(meant) == 1:
            head = header_place(context.units[meant[0]], "Unit")
            related: tuple[tuple[Place, str], ...] = () if head is None else ((head, "the unit that is there"),)
            where = f"of the checked units only {meant[0]} has a similar name"
            yield Hit(here, {"unit": unit.name, "where": where}, related)


def _is_alias(name: str, context: Context) -> bool:
    """Whether a unit of the set takes this name once it is enabled."""
    units = (context.units[one] for one in context.units)
    return any(name in line.value.split() for unit in units for line in unit.all("Install", "Alias"))


def _nearly(unit: Unit, stem: str, context: Context) -> list[str]:
    """Units of the set whose name is one slip away; a letter more or less at the end makes another real name."""
    prefix, at, _ = stem.partition("@")
    if len(prefix) < SHORTEST:
        return []
    near = one_slip_away(prefix, f"{at}.{unit.type}", context.units)
    others = [one for one in near if not _begins_like(prefix, one.partition(".")[0].rstrip("@"))]
    found = [context.units[one] for one in others]
    here = tree_of(os.path.dirname(unit.path))
    return [one.name for one in found if one.has_fragment and one.scope == unit.scope and tree_of(one.path) == here]


def _begins_like(left: str, right: str) -> bool:
    return left.startswith(right) or right.startswith(left)


def _is_in(root: RootTree, unit: Unit, names: list[str]) -> bool:
    """Whether a file, link or init script of the tree, or a generator's product, makes the unit."""
    places = [
        f"/{part}{unit.scope}{more}/{name}" for part in SEARCH_PATH for more in ("", ".attached") for name in names
    ]
    places += [f"/run/systemd/generator{more}/{name}" for more in ("", ".early", ".late") for name in names]
    if unit.type == "service":
        places.append(f"/etc/init.d/{unit.name.rpartition('.')[0]}")
    return any(root.is_named(place) for place in places)
