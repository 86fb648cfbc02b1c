"""A fragment and its drop-ins to one Unit, by systemd's rules for repeated and empty assignments."""

from __future__ import annotations

from collections.abc import Sequence

from unitlint.catalogue import lookup
from unitlint.syntax.document import Assignment, Document
from unitlint.units.unit import Unit

Key = tuple[str, str]


def build_unit(
    name: str,
    path: str,
    fragment: Document | None,
    drop_ins: Sequence[Document],
    scope: str = "system",
    kind: str = "unit",
) -> Unit:
    """The merged unit; ``kind`` is ``unit`` or a conf's name, for the catalogue.

    An empty value clears what the catalogue calls resettable; an empty condition clears all
    conditions of its family and an empty trigger all triggers (load-fragment.c).
    """
    documents = (fragment, *drop_ins) if fragment is not None else tuple(drop_ins)
    assigned: dict[Key, list[Assignment]] = {}
    simple = True
    for document in documents:
        for assignment in document.assignments:
            key = (assignment.section, assignment.directive)
            if key in assigned:
                assigned[key].append(assignment)
                simple = False
            else:
                assigned[key] = [assignment]
                simple = simple and assignment.value != ""
    assignments = {key: tuple(found) for key, found in assigned.items()}
    # Where nothing is assigned twice or taken back there is nothing to merge.
    effective = assignments if simple else _effective(documents, kind)
    unit = Unit(
        name,
        path,
        documents,
        assignments,
        effective,
        has_fragment=fragment is not None,
        masked=fragment is not None and kind == "unit" and not fragment.text,
        scope=scope,
    )
    if kind != "unit":
        unit.type = "conf"
    return unit


def _effective(documents: Sequence[Document], kind: str) -> dict[Key, tuple[Assignment, ...]]:
    effective: dict[Key, list[Assignment]] = {}
    for document in documents:
        for assignment in document.assignments:
            _apply(effective, (assignment.section, assignment.directive), assignment, kind)
    return {key: tuple(found) for key, found in effective.items() if found}


def _apply(effective: dict[Key, list[Assignment]], key: Key, assignment: Assignment, kind: str) -> None:
    section, directive = key
    if assignment.value:
        if is_list(kind, section, directive):
            effective.setdefault(key, []).append(assignment)
        else:
            effective[key] = [assignment]
        return
    family = _reset_family(section, directive)
    if family:
        for other in [other for other in effective if other[0] == section and _reset_family(*other) == family]:
            del effective[other]
    elif resets(kind, section, directive):
        effective.pop(key, None)


def is_list(kind: str, section: str, directive: str) -> bool:
    """True where a further assignment adds to the earlier ones."""
    return _traits(kind, section, directive)[0]


def resets(kind: str, section: str, directive: str) -> bool:
    """True where an empty assignment takes back the earlier ones."""
    return _traits(kind, section, directive)[1]


_known_traits: dict[tuple[str, str, str], tuple[bool, bool]] = {}


def _traits(kind: str, section: str, directive: str) -> tuple[bool, bool]:
    key = (kind, section, directive)
    found = _known_traits.get(key)
    if found is None:
        entry = lookup(kind, section, directive) or {}
        found = _known_traits[key] = bool(entry.get("repeatable")), bool(entry.get("empty_resets"))
    return found


_TRIGGERS = frozenset(
    ("OnActiveSec", "OnBootSec", "OnStartupSec", "OnUnitActiveSec", "OnUnitInactiveSec", "OnCalendar")
)


def _reset_family(section: str, directive: str) -> str:
    """The name of the group of directives that one empty assignment clears together."""
    if section == "Unit" and directive.startswith("Condition"):
        return "conditions"
    if section == "Unit" and directive.startswith("Assert"):
        return "asserts"
    if section == "Timer" and directive in _TRIGGERS:
        return "triggers"
    if section == "Socket" and directive.startswith("Listen"):
        return "listeners"
    if section == "Path" and (
        directive.startswith("PathE") or directive in ("PathChanged", "PathModified", "DirectoryNotEmpty")
    ):
        return "paths"
    return ""
