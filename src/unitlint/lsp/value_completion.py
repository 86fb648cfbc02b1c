"""What may be written behind the ``=`` of a directive."""

from __future__ import annotations

import re

from unitlint.catalogue import lookup
from unitlint.lsp.cursor import Cursor
from unitlint.lsp.value_items import LISTS, SIZE_UNITS, TIME_UNITS, Item, values_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from unitlint.catalogue import CatalogueEntry
    from unitlint.lsp.documents import TextDocument
    from unitlint.lsp.kinds import Kind
    from unitlint.lsp.session import Session

VALUE, UNIT_OF_MEASURE, REFERENCE, VARIABLE = 12, 11, 18, 6
"""Kinds of items."""
_SPECIFIER = re.compile(r"(?<!%)(?:%%)*%\w?$")
_NUMBER = re.compile(r"(?:^|\s)[0-9]+(?:\.[0-9]+)?$")
_PREFIX = re.compile(r"[~!|+:-]*")
_BEGINNINGS = (":", ":/", "://")
"""What more is to be written behind."""
_NAMES_QUADLETS = {"network-name": ".network", "pod": ".pod", "volume": ".volume"}


def values_at(session: Session, document: TextDocument, kind: Kind, cursor: Cursor) -> list[dict[str, Any]]:
    """The items for a place in a value."""
    entry = lookup(kind.catalogue_kind, cursor.section or "", cursor.directive)
    if entry is None:
        return []
    release = max(session.workspace.settings_of(document).systemd_version)
    if _SPECIFIER.search(cursor.before) and entry.get("specifiers", "none") != "none":
        return _specifiers(document, kind, cursor, entry, release)
    units = _units_of_measure(str(entry.get("type")), cursor.before)
    if units:
        return _items(document, cursor.offset, cursor.offset, units, UNIT_OF_MEASURE)
    start, end = _replaced(document, cursor, entry)
    fixed = accepted_values(entry, cursor.section or "", release)
    return _items(document, start, end, (*fixed, *_names(session, document, entry)), VALUE)


def accepted_values(entry: CatalogueEntry, section: str, release: int) -> Iterator[Item]:
    """The values of a directive to which systemd says nothing at a release."""
    from unitlint.catalogue import parser_of
    from unitlint.values.problem import ValueContext
    from unitlint.values.table import check_value

    context = ValueContext(release, section, str(entry["name"]), entry)
    parser = parser_of(entry, release) or ""
    for value, detail in values_of(entry, release):
        if value.endswith(_BEGINNINGS) or not check_value(parser, value, context):
            yield value, detail


def _names(session: Session, document: TextDocument, entry: CatalogueEntry) -> Iterator[Item]:
    """The names of units, users and groups that a value may hold."""
    kind = str(entry.get("type"))
    if kind in ("unit_list", "unit_name"):
        from unitlint.lsp.unit_index import unit_names

        suffix = ".slice" if entry["name"] == "Slice" else ""
        yield from unit_names(session, document, suffix)
    elif kind in ("user", "group", "group_list"):
        yield from _accounts(session, document, kind)
    quadlet = _NAMES_QUADLETS.get(str(entry.get("parser")).removeprefix("quadlet-"))
    if quadlet:
        from unitlint.lsp.unit_index import unit_names

        yield from unit_names(session, document, quadlet)


def _accounts(session: Session, document: TextDocument, kind: str) -> Iterator[Item]:
    """The users or groups of the root directory; without one, none: those of this machine may not be the unit's."""
    root = session.workspace.settings_of(document).root
    if root is not None:
        from unitlint.files.root_tree import RootTree

        tree = RootTree(root)
        if kind == "user":
            yield from ((name, f"user {user.uid}") for name, user in tree.users.items())
        else:
            yield from ((name, f"group {number}") for name, number in tree.groups.items())


def _replaced(document: TextDocument, cursor: Cursor, entry: CatalogueEntry) -> tuple[int, int]:
    """The stretch that an item takes the place of: the word of a list, or the whole value on this line."""
    text = document.text
    is_list = entry.get("type") in LISTS or str(entry.get("parser")) == "quadlet-capability"
    start = cursor.offset
    while start > cursor.start and not (is_list and text[start - 1] in " \t"):
        start -= 1
    found = _PREFIX.match(text, start, cursor.offset)
    start = found.end() if found and _takes_prefix(entry) else start
    end = cursor.offset
    while end < cursor.line_end and not (is_list and text[end] in " \t"):
        end += 1
    return start, end - (len(text[start:end]) - len(text[start:end].rstrip(" \t"))) if end > cursor.offset else end


def _takes_prefix(entry: CatalogueEntry) -> bool:
    return str(entry.get("type")) in (
        "condition", "condition_path", "capability_set", "syscall_filter", "address_family_list", "namespace_flags",
        "path_list_prefixed", "path_dash", "exec",
    )  # fmt: skip


def _units_of_measure(kind: str, before: str) -> tuple[Item, ...]:
    """Behind a number: the units of sizes and times."""
    if not _NUMBER.search(before):
        return ()
    if kind.startswith("timespan"):
        return TIME_UNITS
    if kind.startswith("size"):
        percent: tuple[Item, ...] = (("%", "of the memory"),) if "percent" in kind else ()
        return (*SIZE_UNITS, *percent)
    return (("%", "percent"),) if "percent" in kind else ()


def _specifiers(
    document: TextDocument, kind: Kind, cursor: Cursor, entry: CatalogueEntry, release: int
) -> list[dict[str, Any]]:
    from unitlint.lsp.specifier_words import MEANINGS, known_at, value_of

    start = document.text.rindex("%", 0, cursor.offset)
    where = str(entry["specifiers"])
    items = []
    for letter in known_at(release, where):
        value = value_of(letter, kind.name, release, where=where)
        label = f"%{letter}"
        items.append(
            {
                "label": label,
                "kind": VARIABLE,
                "filterText": label,
                "sortText": letter.lower() + letter,
                "detail": MEANINGS.get(letter, "") + (f": {value}" if value else ""),
                "textEdit": {"range": document.positions.range(start, cursor.offset), "newText": label},
            }
        )
    return items


def _items(document: TextDocument, start: int, end: int, values: Iterable[Item], kind: int) -> list[dict[str, Any]]:
    span = document.positions.range(start, end)
    written = document.text[start:end] if kind == UNIT_OF_MEASURE else ""
    found: dict[str, dict[str, Any]] = {}
    for number, (value, detail) in enumerate(values):
        item: dict[str, Any] = {
            "label": value,
            "kind": kind,
            "sortText": f"{number:04}",
            "textEdit": {"range": span, "newText": written + value},
        }
        if detail:
            item["detail"] = detail
        found.setdefault(value, item)
    return list(found.values())
