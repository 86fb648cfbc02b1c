"""The facts about directives, release by release, as data."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from unitlint.base.json_rows import parsed
from unitlint.catalogue._directives import ENTRIES, MEASURED, NEWEST, OLDEST, TABLES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    CatalogueEntry = dict[str, Any]
else:
    CatalogueEntry = dict

__all__ = ["MEASURED", "NEWEST", "OLDEST", "RELEASES"]
RELEASES = range(OLDEST, NEWEST + 1)
"""The releases that can be targeted. The verdicts of those in MEASURED are recorded; a release between two of
these behaves as the dates in the catalogue say."""
UNIT_TYPES = (
    "service", "socket", "timer", "target", "mount", "automount", "path", "slice", "swap", "scope", "device",
)  # fmt: skip
QUADLET_TYPES = ("container", "volume", "network", "pod", "kube", "image", "build")
"""Files out of which Podman's generator makes services; their keys stand in catalogue/quadlet.py."""
QUADLET_SECTIONS = (*[name.capitalize() for name in QUADLET_TYPES], "Quadlet")
"""Sections that Podman's generator reads, and systemd does not get to see."""


def lookup(kind: str, section: str, directive: str) -> CatalogueEntry | None:
    """The entry of a directive, of whichever release; None where no release ever knew it.

    ``kind`` is ``unit`` or a conf's name such as ``journald.conf``.
    """
    number = _numbers(kind, section).get(directive)
    if number is not None:
        return _entry(number)
    return _of_quadlets(section).get(directive) if kind == "unit" and section in QUADLET_SECTIONS else None


def _numbers(kind: str, section: str) -> dict[str, int]:
    """The numbers of the entries of a section's directives, by name."""
    found = _tables.get((kind, section))
    if found is None:
        text = TABLES[kind].get(section) if kind in TABLES else None
        if text is None:
            return _NOTHING
        words = text.split()
        found = _tables[kind, section] = dict(zip(words[::2], map(int, words[1::2]), strict=True))
    return found


_NOTHING: dict[str, int] = {}
_tables: dict[tuple[str, str], dict[str, int]] = {}
"""Those that were looked into."""


def _entry(number: int) -> CatalogueEntry:
    entry = _entries.get(number)
    if entry is None:
        entry = _entries[number] = parsed(ENTRIES[number])
    return entry


_entries: dict[int, CatalogueEntry] = {}
"""Those that were looked up; a unit needs a few of a thousand."""


def all_entries() -> Iterable[CatalogueEntry]:
    """The entries of all directives; of directives that are alike in several kinds of files there is one."""
    return map(_entry, range(len(ENTRIES)))


def known(entry: CatalogueEntry, release: int) -> bool:
    """True where systemd of ``release`` has the directive in its table (even if it does nothing)."""
    if release < entry.get("since", 0) and not _was_backported(entry, release):
        return False
    removed = entry.get("removed_in")
    return removed is None or release < removed or entry.get("removed_effect") != "unknown_key"


def _was_backported(entry: CatalogueEntry, release: int) -> bool:
    return release in entry.get("backported", ())


def parser_of(entry: CatalogueEntry, release: int) -> str | None:
    """The name of the systemd function that parses the value at ``release``."""
    removed = entry.get("removed_in")
    if removed is not None and release >= removed:
        return "config_parse_warn_compat"
    parser: str | None = entry.get("parser")
    for until, before in entry.get("parser_before", ()):
        if release < until:
            return str(before)
    return parser


def sections_of(kind: str) -> frozenset[str]:
    """The sections that systemd reads in a unit of this type, or in this conf."""
    found = _sections.get(kind)
    if found is None:
        if kind in UNIT_TYPES:
            found = frozenset(("Unit", "Install", kind.capitalize()))
        elif kind in QUADLET_TYPES:
            found = _quadlet_sections(kind)
        else:
            found = frozenset(TABLES.get(kind, ()))
        _sections[kind] = found
    return found


_sections: dict[str, frozenset[str]] = {}


def _of_quadlets(section: str) -> dict[str, CatalogueEntry]:
    """The keys of a section of Quadlet files; no run without such a file pays for them."""
    from unitlint.catalogue.quadlet import entries_of

    return entries_of(section)


def _quadlet_sections(kind: str) -> frozenset[str]:
    from unitlint.catalogue.quadlet import sections_of_quadlet

    return sections_of_quadlet(kind)


def directives_of(kind: str, section: str) -> Iterable[str]:
    """Every directive that any release knew in the section."""
    if kind == "unit" and section in QUADLET_SECTIONS:
        return _of_quadlets(section)
    return _numbers(kind, section)


def known_directives(kind: str, section: str, release: int) -> tuple[str, ...]:
    """Every directive that ``release`` knows in the section."""
    key = (kind, section, release)
    found = _known_directives.get(key)
    if found is None:
        names = directives_of(kind, section)
        found = tuple([name for name in names if known(lookup(kind, section, name) or {}, release)])
        _known_directives[key] = found
    return found


_known_directives: dict[tuple[str, str, int], tuple[str, ...]] = {}


@lru_cache(maxsize=1000)
def sections_with(kind: str, directive: str) -> tuple[str, ...]:
    """The sections of ``kind`` in which ``directive`` stands."""
    found = [section for section in TABLES.get(kind, ()) if directive in _numbers(kind, section)]
    if kind == "unit":
        found += [section for section in QUADLET_SECTIONS if directive in _of_quadlets(section)]
    return tuple(found)


def confs_with(directive: str) -> tuple[tuple[str, str], ...]:
    """The confs that have ``directive``, each with its section; user.conf is left out where system.conf has it."""
    found = [
        (conf, section)
        for conf, sections in TABLES.items()
        for section in sections
        if conf.endswith(".conf") and directive in _numbers(conf, section)
    ]
    has_system = any(conf == "system.conf" for conf, _ in found)
    return tuple(place for place in found if place[0] != "user.conf" or not has_system)


def facts(name: str) -> Any:
    """A table of names and numbers: ``capabilities``, ``signals``, ``syscall_groups``, ``specifiers``…"""
    if name in ("shipped_units", "special_units"):
        # Every run with a dependency in a unit asks for these, and for none of the others.
        from unitlint.catalogue._unit_names import FACTS as UNIT_NAMES

        return UNIT_NAMES[name]
    if name not in _parsed_facts:
        from unitlint.catalogue._facts import FACTS

        _parsed_facts[name] = parsed(FACTS[name])
    return _parsed_facts[name]


_parsed_facts: dict[str, Any] = {}
"""The tables that were asked for."""


@lru_cache(maxsize=1)
def package_units() -> frozenset[str]:
    """Names of units that packages of distributions bring, of either manager."""
    from unitlint.catalogue._package_units import NAMES

    return frozenset([name.removeprefix("user/") for name in NAMES.split()])


def targets() -> dict[str, dict[str, Any]]:
    """What distributions ship, by name: ``release``, ``os``, ``source``, perhaps ``backports`` (data/releases.toml)."""
    from unitlint.catalogue._targets import FACTS

    found: Any = FACTS["targets"]
    return dict(found)


def build_of(release: int) -> str:
    """The build of a measured release that was asked, in words; "" for the others."""
    from unitlint.catalogue._targets import FACTS

    builds: Any = FACTS["builds"]
    return str(builds.get(release, ""))
