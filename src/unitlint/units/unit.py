"""A unit after all drop-ins: every effective value knows the file and line it came from."""

from __future__ import annotations

import os

from unitlint.base.records import NamedTuple
from unitlint.files.names import is_unit_file_name
from unitlint.files.search_path import is_of_a_home, is_of_a_manager
from unitlint.syntax.document import Assignment, Document
from unitlint.values.typed import parse_boolean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.units.looks import Looks

DirectiveName = tuple[str, str]
"""Section and directive."""

NO_VALUES: tuple[Assignment, ...] = ()
IGNORED = "ignored"
"""What a unit remembers the identities of its ignored assignments by."""


class OddLink(NamedTuple):
    """A link, or what stands in place of one: ``directive`` is ``Wants`` and the like, empty for an alias."""

    document: Document
    """Stands for the link; nothing was read of it."""
    directive: str
    name: str
    target: str
    """What the link leads to; empty where the file is no link."""


class Unit:
    """The merged form of a fragment and its drop-ins.

    ``documents`` stand in the order in which systemd reads them; ``has_fragment`` is False where
    only drop-ins are known, so nothing can be called missing.  ``scope`` is "system" or "user"; ``aliases`` are the
    unit's other names.  ``assignments`` maps (section, directive) to everything assigned, ``effective`` to what is
    left of it after resets and overrides, with what ``links`` in ``.wants`` and the like add; ``ignored`` to the
    values that systemd does not take.  ``shadowed`` are the paths of files of its name that
    another folder hides, ``odd_links`` are links to it and in its folders that do not say what they are named for,
    ``hidden_drop_ins`` those of type-level drop-ins that one of its own replaces.
    ``masked_by_link`` tells that the file is a link to /dev/null.
    ``memo`` is where rules keep what several of them ask for.  ``quadlet`` is the type of the Podman
    Quadlet (``container``) that the unit is generated of, empty for all others;
    ``reads_on`` tells that it was read beyond what systemd refuses.  ``generated`` is what the generator adds.
    ``looks`` is None but for templates (units/looks.py).
    """

    __slots__ = (
        "aliases",
        "assignments",
        "documents",
        "effective",
        "generated",
        "has_fragment",
        "hidden_drop_ins",
        "ignored",
        "links",
        "looks",
        "masked",
        "masked_by_link",
        "memo",
        "name",
        "odd_links",
        "path",
        "quadlet",
        "reads_on",
        "scope",
        "shadowed",
        "type",
    )

    def __init__(  # the parts of a unit
        self,
        name: str,
        path: str,
        documents: tuple[Document, ...],
        assignments: dict[tuple[str, str], tuple[Assignment, ...]],
        effective: dict[tuple[str, str], tuple[Assignment, ...]],
        *,
        has_fragment: bool = True,
        masked: bool = False,
        scope: str = "system",
    ) -> None:
        self.name = name
        self.path = path
        self.type = name.rpartition(".")[2]
        self.documents = documents
        self.assignments = assignments
        self.effective = effective
        self.has_fragment = has_fragment
        self.masked = masked
        self.masked_by_link = False
        self.scope = scope
        self.ignored: dict[tuple[str, str], tuple[Assignment, ...]] = {}
        self.aliases: tuple[str, ...] = ()
        self.links: tuple[Assignment, ...] = ()
        self.shadowed: tuple[str, ...] = ()
        self.odd_links: tuple[OddLink, ...] = ()
        self.hidden_drop_ins: tuple[str, ...] = ()
        self.memo: dict[Any, Any] = {}
        self.quadlet = ""
        self.reads_on = False
        self.generated: tuple[Assignment, ...] = ()
        self.looks: Looks | None = None

    @property
    def catalogue_kind(self) -> str:
        """What the catalogue calls it: ``unit``, or the name of a conf."""
        return self.name if self.type == "conf" else "unit"

    @property
    def is_misplaced_unit(self) -> bool:
        """Whether it is a file with a unit's name where systemd reads none, such as a copy in ``x.service.wants``."""
        return self.type == "misplaced" and is_unit_file_name(self.name)

    @property
    def may_be_renamed(self) -> bool:
        """Whether people may install its file elsewhere and under another name: systemd reads no unit in its folder."""
        folder = os.path.dirname(self.path)
        return self.reads_on and not is_of_a_manager(folder) and not is_of_a_home(folder)

    def all(self, section: str, directive: str) -> tuple[Assignment, ...]:
        """The effective assignments of a directive, in order; empty where it is unset."""
        return self.effective.get((section, directive), NO_VALUES)

    def meant(self, section: str, directive: str) -> tuple[Assignment, ...]:
        """The effective assignments, or where there are none the last that systemd ignores: what was to hold."""
        key = (section, directive)
        return self.effective.get(key) or self.ignored.get(key, NO_VALUES)[-1:]

    def last(self, section: str, directive: str) -> Assignment | None:
        """The assignment that decides the value of a one-value directive, if it is set."""
        found = self.effective.get((section, directive))
        return found[-1] if found else None

    def accepts(self, assignment: Assignment) -> bool:
        """False for an assignment of the unit that systemd ignores as a whole."""
        if not self.ignored:
            return True
        ignored = self.memo.get(IGNORED)
        if ignored is None:
            ignored = self.memo[IGNORED] = {id(other) for lines in self.ignored.values() for other in lines}
        return id(assignment) not in ignored

    def is_on(self, section: str, directive: str, *, default: bool = False) -> bool:
        """True where the effective value is one of systemd's words for yes (parse_boolean); ``default`` where unset."""
        found = self.effective.get((section, directive))
        return parse_boolean(found[-1].value) is True if found else default

    def is_off(self, section: str, directive: str, *, default: bool = False) -> bool:
        """True where the effective value is one of systemd's words for no; ``default`` where unset.

        A word of an enum such as ``strict`` is neither on nor off.
        """
        found = self.effective.get((section, directive))
        return parse_boolean(found[-1].value) is False if found else default

    def value(self, section: str, directive: str, default: str = "") -> str:
        """The text of the deciding assignment, or ``default``."""
        found = self.effective.get((section, directive))
        return found[-1].value if found else default
