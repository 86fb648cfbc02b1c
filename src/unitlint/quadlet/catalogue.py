"""Quadlet's keys as entries of the catalogue, where the grammars and the rules look directives up."""

from __future__ import annotations

from unitlint.grammar.table import PARSERS
from unitlint.quadlet.keys import COMMON, LISTS, SECTIONS, keys_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.catalogue import Entry

FREE = ("text", "texts", "mount", "network-name")
"""Of these values no grammar is certain."""
TYPES = {"flag": "bool", "number": "integer"}
"""What keys hold in the words of the catalogue, for those whose values compare."""


def entries() -> dict[str, dict[str, Entry]]:
    """The entries by section and name."""
    return {section: _entries(section) for section in (*SECTIONS.values(), COMMON)}


def sections_of_quadlet(quadlet: str) -> frozenset[str]:
    """The sections that a file of this type may have: its own, and those that go into the service as they are."""
    return frozenset((SECTIONS[quadlet], COMMON, "Unit", "Service", "Install"))


def _entries(section: str) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for name, holds in keys_of(section).items():
        parser = f"quadlet-{holds}"
        if holds not in FREE:
            PARSERS[parser] = f"unitlint.quadlet.values:{holds.replace('-', '_')}"
        entry: Entry = {
            "name": name, "section": section, "since": 0, "parser": parser, "man": "podman-systemd.unit(5)",
            "empty_resets": True, "repeatable": holds in LISTS,
        }  # fmt: skip
        if holds in TYPES:
            entry["type"] = TYPES[holds]
        found[name] = entry
    return found
